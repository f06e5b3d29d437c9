"""Cases against authorities at every stage, for the tests of board, register, figures and guide.

A case is carried from step to step by `force`, so that no test depends on the guards of another one.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import User
from administrative.models import Body, BodyKind, BodyLevel, CaseAuthority, Measure, Recommendation
from cases.models import Case, Event, TeamMember, TeamPosition
from tests.support.matters import force, happen
from tests.support.people import Cast
from tests.support.processes import serial

_serial = serial()

DECIDED = date(2026, 5, 6)
SERVED = date(2026, 5, 8)
# The last day of two months from the receipt.
DUE = date(2026, 7, 8)


def make_body(name: str = "", **facts: Any) -> Body:
    """Enter a cyberspace administration of a district, unless told otherwise."""
    given = {
        "kind": BodyKind.CYBERSPACE,
        "level": BodyLevel.COUNTY,
        "region": "330106",
    } | facts
    return Body.objects.create(name=name or f"某区第{next(_serial)}网信办", **given)


def against(
    cast: Cast,
    body: Body | None = None,
    *,
    handler: User | None = None,
    title: str = "督促履行个人信息保护监管职责案",
) -> Case:
    """Make a case against an authority in its first state, with its lead handler."""
    person = handler or cast.handler
    number = 5000 + next(_serial)
    case = Case.objects.create(
        key=f"{person.office.code}-2026-{number:05}",
        office=person.office,
        department=person.department,
        year=2026,
        serial=number,
        title=title,
        track="administrative",
        state="adm_filed",
        created_by=person,
        legal_bases=["APL 25(4)"],
        filed_on=date(2026, 4, 1),
        summary="摘要",
        rulebook="2024-01-01",
    )
    TeamMember.objects.create(case=case, user=person, position=TeamPosition.LEAD)
    CaseAuthority.objects.create(case=case, body=body or make_body())
    return case


def prepare(case: Case, *, measures: int = 2) -> Recommendation:
    """Prepare the recommendation of a case with some measures and two months to rectify."""
    row = Recommendation.objects.create(
        case=case, body=case.authority_of.body, period=2, created_by=case.created_by
    )
    for number in range(1, measures + 1):
        Measure.objects.create(
            recommendation=row,
            number=number,
            text=f"第{number}项：责令停止违法处理",
            basis="个人信息保护法第六十条",
            expected_proof="处罚决定书",
        )
    return row


def step(case: Case, code: str, day: date, **facts: Any) -> Event:
    """Carry out a step in the name of the one who made the case."""
    return force(case, code, day, actor=case.created_by, **facts)


def close_investigation(case: Case, day: date = DECIDED, proposal: str = "recommend") -> None:
    step(case, "A-4", day, proposal=proposal, conclusion="应当提出检察建议")


def decide(case: Case, day: date = DECIDED, *, measures: int = 2) -> None:
    """Prepare the recommendation and let it be decided."""
    prepare(case, measures=measures)
    close_investigation(case, day)
    step(case, "A-5", day, why="督促履职")


def serve(case: Case, day: date = SERVED) -> Event:
    """Record the valid service of the recommendation; the time to answer begins (P-53)."""
    facts = {"code": "D-70", "calls_for": "performance"}
    return happen(case, "document_served", day, actor=case.created_by, facts=facts)


def wait(case: Case, day: date = SERVED, *, ends: date = DUE) -> None:
    """Decide and serve the recommendation, and enter its receipt."""
    decide(case)
    serve(case, day)
    step(case, "A-6", day, rectification_ends=ends.isoformat(), urgent=False)


def record_with_superior(case: Case, day: date = SERVED) -> None:
    step(case, "S81", day)


def reply(case: Case, day: date) -> Event:
    return step(case, "A-6-2", day, text="已经办理。")


def assess(case: Case, number: int, result: str, day: date, **rest: Any) -> Event:
    """Assess the measure of that number."""
    measure = case.recommendation.measures.get(number=number)
    return step(case, "S80", day, measure=measure.pk, result=result, findings="现场查看。", **rest)


def follow_up(case: Case, day: date) -> None:
    step(case, "A-7", day, plan="现场查看")


def escalate(case: Case, day: date) -> Event:
    return step(case, "A-7-4", day, to=["superior_body"], name="市网信办", why="逾期未回复")


def review(case: Case, day: date) -> None:
    step(case, "A-8", day, overview="已经评估")


def sue(case: Case, day: date) -> None:
    step(case, "A-9", day, ground="no_reply", explanation="逾期", harm_goes_on="仍在")
