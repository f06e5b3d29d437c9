"""Cases against an authority with a recommendation, for the tests of its pages and its API.

Steps are forced: what guards them is tested elsewhere.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import User
from administrative.models import Body, BodyKind, BodyLevel, CaseAuthority, Measure, Recommendation
from administrative.services import preparing
from cases.models import Case, Event, TeamMember, TeamPosition
from tests.support.matters import force, happen, paper
from tests.support.people import Cast
from tests.support.processes import serial

_serial = serial()
FILED = date(2026, 3, 2)
DECIDED = date(2026, 3, 20)
SERVED = date(2026, 3, 23)
ANSWERED = date(2026, 5, 20)
LOOKED = date(2026, 5, 27)

TERMS: dict[str, Any] = {
    "period": 2,
    "unit": "months",
    "urgency": "",
    "relation": "own_level",
    "relation_shown": "",
}
PUNISH: dict[str, Any] = {
    "text": "对某科技有限公司违法收集个人信息的行为依法查处，责令其限期删除非法收集的人脸信息。",
    "basis": "个人信息保护法第六十一条、第六十六条",
    "expected_proof": "行政处罚决定书、删除证明",
}
INSPECT: dict[str, Any] = {
    "text": "对辖区内小区人脸识别门禁开展专项检查，督促物业服务企业提供替代的身份验证方式。",
    "basis": "个人信息保护法第六十条",
    "expected_proof": "检查台账、现场照片",
}
REPEATED = (
    "我局已对某科技有限公司违法收集个人信息的行为依法查处，已责令其限期删除非法收集的人脸信息。"
)
OWN_WORDS = "2026年4月2日，我局派两名执法人员到该公司机房现场检查，扣押服务器三台，该公司于4月8日删除全部数据并出具证明。"
LETTER = (
    "我局收到检察建议后，由分管领导任组长成立工作专班，逐项研究并制定方案，现将办理情况函告你院。"
)


def make_body(**facts: Any) -> Body:
    """Enter a body in the directory: by default of the level of a grassroots office."""
    given: dict[str, Any] = {
        "name": f"江州市云山区网络安全和信息化委员会办公室{next(_serial)}",
        "kind": BodyKind.CYBERSPACE,
        "level": BodyLevel.COUNTY,
        "region": "330106",
    }
    return Body.objects.create(**given | facts)


def case_against(cast: Cast, body: Body | None = None, *, handler: User | None = None) -> Case:
    """Make a case of the track in the office of its handler, with its authority and a full team."""
    lead = handler or cast.handler
    number = 5000 + next(_serial)
    case = Case.objects.create(
        key=f"{lead.office.code}-2026-{number:05}",
        office=lead.office,
        department=lead.department,
        year=2026,
        serial=number,
        title="云山区网信办不依法履行个人信息保护监管职责案",
        created_by=lead,
        legal_bases=["APL 25"],
        filed_on=FILED,
        summary="摘要",
        rulebook="2024-01-01",
        track="administrative",
        state="adm_filed",
    )
    CaseAuthority.objects.create(case=case, body=body or make_body())
    team = [(lead, TeamPosition.LEAD)]
    if lead.office == cast.office:
        team += [(cast.assistant, TeamPosition.ASSISTANT), (cast.clerk, TeamPosition.CLERK)]
    for person, position in team:
        TeamMember.objects.create(case=case, user=person, position=position)
    return case


def prepared(case: Case, *measures: dict[str, Any], actor: User, **terms: Any) -> Recommendation:
    """Prepare the recommendation of a case with these measures, by default two."""
    row = preparing.prepare(actor=actor, case=case, facts=TERMS | terms)
    for facts in measures or (PUNISH, INSPECT):
        preparing.add_measure(actor=actor, case=case, facts=facts)
    case.refresh_from_db()
    row.refresh_from_db()
    return row


def decided(case: Case, actor: User, day: date = DECIDED) -> Event:
    """Decide the prepared recommendation."""
    force(case, "A-4", day, actor=actor, proposal="recommend", conclusion="未依法履职。")
    return force(case, "A-5", day, actor=actor, why="行政机关未依法履职。")


def received(case: Case, actor: User, day: date = SERVED) -> None:
    """Serve the recommendation; the clocks of the authority and of the record begin."""
    happen(
        case,
        "document_served",
        day,
        actor=actor,
        facts={"code": "D-70", "calls_for": "performance"},
    )
    force(case, "A-6", day, actor=actor, rectification_ends="2026-05-25", urgent=False)


def waiting(cast: Cast, body: Body | None = None, *, handler: User | None = None) -> Case:
    """Make a case whose recommendation is decided and received."""
    actor = handler or cast.handler
    case = case_against(cast, body, handler=handler)
    prepared(case, actor=actor)
    decided(case, actor)
    received(case, actor)
    return case


def measure(case: Case, number: int) -> Measure:
    return Measure.objects.get(recommendation__case=case, number=number)


def replied(
    case: Case,
    actor: User,
    answers: dict[int, str],
    *,
    proven: tuple[int, ...] = (),
    text: str = LETTER,
    day: date = ANSWERED,
) -> Event:
    """Log a letter with what it says to the measures of these numbers."""
    facts: dict[str, Any] = {"text": text, "number": "云网信函〔2026〕8号"}
    facts |= {f"answer_{measure(case, number).pk}": said for number, said in answers.items()}
    facts |= {f"proven_{measure(case, number).pk}": True for number in proven}
    proofs = [paper(actor, case, "复函.txt")]
    return force(case, "A-6-2", day, actor=actor, proofs=proofs, **facts)


def assessed(
    case: Case,
    actor: User,
    number: int,
    result: str = "partly",
    *,
    again: str = "",
    day: date = LOOKED,
) -> Event:
    """Record what was found of a measure, with a photograph."""
    return force(
        case,
        "S80",
        day,
        actor=actor,
        proofs=[paper(actor, case, "现场照片.txt")],
        measure=measure(case, number).pk,
        result=result,
        findings="现场检查，仍有两处门禁未提供替代方式。",
        next_test_on=again or None,
    )


def read_case(cast: Cast) -> Case:
    """Make a case with a letter that gives cause for doubt, and an assessment with its next test."""
    case = waiting(cast)
    replied(case, cast.clerk, {1: REPEATED, 2: OWN_WORDS}, proven=(2,))
    assessed(case, cast.handler, 1, again="2026-06-30")
    return case
