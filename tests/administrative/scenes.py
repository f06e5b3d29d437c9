"""A case against an authority, step by step, for tests of what comes after a step (law 3.9)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from administrative.models import Body, BodyKind, BodyLevel, Measure, Recommendation
from administrative.services import preparing
from cases.models import Case, Lead
from litigation.models import Court
from notices.models import Document
from tests.notices.serving import end, send
from tests.support.days import on
from tests.support.documents import filed
from tests.support.matters import assess, assign, force, make_lead, set_full_team
from tests.support.people import Cast

POSTAL = "江州市云山区邮政管理局"
ASKED = "对辖区快递企业使用隐私面单的情况开展专项检查。"
ASKED_TOO = "对泄露收件人信息的快递企业依法作出处理。"
FILED = date(2026, 3, 2)
CLOSED = date(2026, 3, 16)
DECIDED = date(2026, 3, 18)
RECEIVED = date(2026, 3, 20)
# Two months from the receipt: 20 May 2026, a Wednesday.
RECTIFIED = date(2026, 5, 20)
FOLLOWED = date(2026, 5, 21)
REVIEWED = date(2026, 5, 25)
SUED = date(2026, 6, 1)
PROOFS = {"proofs": ["0" * 64]}


def moment(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 10, 0)


def postal(**values: Any) -> Body:
    """Return the postal administration of the district, entered once."""
    given = {
        "kind": BodyKind.POSTAL,
        "level": BodyLevel.COUNTY,
        "region": "",
        "competence": "监督管理快递市场中的个人信息保护。",
    }
    return Body.objects.get_or_create(name=values.pop("name", POSTAL), defaults=given | values)[0]


def filing(**values: Any) -> dict[str, Any]:
    """Return the facts of a filing against the postal administration."""
    body = values.pop("body", None) or postal()
    return {
        "case_title": "督促保护快递面单个人信息行政公益诉讼案",
        "authority": body.pk,
        "authority_name": body.name,
        "duty": "依法监督管理快递企业的个人信息保护（快递暂行条例）。",
        "conduct": "inaction",
        "failure": "对快递面单泄露收件人信息未依法监管。",
        "harm": "大量收件人姓名、电话、地址随面单公开。",
        "legal_bases": ["APL 25"],
    } | values


def lead_to_file(cast: Cast) -> Lead:
    """Make an assessed lead of a handler."""
    lead = assess(cast, assign(cast, make_lead(cast, title="快递面单泄露个人信息线索")))
    return lead


def filed_case(cast: Cast, day: date = FILED) -> Case:
    """Make a case against the postal administration, filed on `day`, with a full team."""
    lead = lead_to_file(cast)
    force(lead, "A-1", day, actor=cast.chief, **filing())
    case = Case.objects.get(lead=lead)
    set_full_team(cast, case)
    case.refresh_from_db()
    return case


def consulting(cast: Cast) -> Case:
    case = filed_case(cast)
    force(case, "A-2", date(2026, 3, 5), actor=cast.handler, way="meeting", subject="监管职责")
    return case


def found(cast: Cast, case: Case, day: date = date(2026, 3, 10)) -> None:
    """Record the four findings."""
    for finding in ("harm", "duty", "failure", "cause"):
        force(
            case,
            "A-3",
            day,
            actor=cast.handler,
            finding=finding,
            text="已查明。",
            rests_on="证据1至3。",
        )


def investigated(cast: Cast, proposal: str = "recommend") -> Case:
    """Make a case whose investigation is closed."""
    case = filed_case(cast)
    found(cast, case)
    force(case, "A-4", CLOSED, actor=cast.handler, proposal=proposal, conclusion="结论。")
    return case


def to_terminate(cast: Cast) -> Case:
    return investigated(cast, "terminate")


MEASURE = {
    "text": ASKED,
    "basis": "邮政法、快递暂行条例规定的监督管理职责。",
    "expected_proof": "检查记录、整改通知书。",
}
PREPARED = {
    "period": 2,
    "unit": "months",
    "urgency": "",
    "relation": "own_level",
    "relation_shown": "",
}


def prepare(cast: Cast, case: Case, **values: Any) -> Recommendation:
    """Prepare a recommendation of two measures."""
    row = preparing.prepare(actor=cast.handler, case=case, facts=PREPARED | values)
    preparing.add_measure(actor=cast.handler, case=case, facts=MEASURE)
    preparing.add_measure(actor=cast.handler, case=case, facts=MEASURE | {"text": ASKED_TOO})
    row.refresh_from_db()
    case.refresh_from_db()
    return row


def prepared(cast: Cast, **values: Any) -> Case:
    case = investigated(cast)
    prepare(cast, case, **values)
    return case


def decided(cast: Cast, **values: Any) -> Case:
    """Make a case in which the recommendation is decided."""
    case = prepared(cast, **values)
    force(case, "A-5", DECIDED, actor=cast.chief, why="行政机关未依法履行职责。")
    return case


def serve(
    cast: Cast, case: Case, day: date = RECEIVED, *, code: str = "D-70", **values: Any
) -> Document:
    """File a signed paper, the recommendation, and serve it on the authority, both on that day."""
    with on(day.year, day.month, day.day):
        document = filed(case, code, cast.handler, cast.chief, without="urgency")
        sent = send(cast, document, actor=cast.handler, name=POSTAL, started_on=day)
        end(cast, sent, day=day, **values)
    case.refresh_from_db()
    return document


def measures(case: Case) -> list[Measure]:
    return list(Recommendation.objects.get(case=case).measures.all())


def received_facts(day: date = RECEIVED, ends: date = RECTIFIED) -> dict[str, Any]:
    return {"rectification_ends": ends.isoformat(), "urgent": False}


def replied_facts(case: Case) -> dict[str, Any]:
    return {"number": "云邮函〔2026〕1号", "text": "已部署检查。"} | {
        f"answer_{measure.pk}": "已开展检查。" for measure in measures(case)
    }


def assessed(cast: Cast, case: Case, measure: Measure, result: str, day: date, **more: Any) -> None:
    force(
        case,
        "S80",
        day,
        actor=cast.handler,
        measure=measure.pk,
        result=result,
        findings="现场核实。",
        **more,
    )


def any_court() -> Court:
    return Court.objects.order_by("pk")[0]


def issued(cast: Cast, **values: Any) -> Case:
    """Make a case whose recommendation is served; the clock must stand on that day or later."""
    case = decided(cast, **values)
    serve(cast, case)
    return case


def waiting(cast: Cast, **values: Any) -> Case:
    """Make a case that waits for the authority."""
    case = issued(cast, **values)
    force(case, "A-6", RECEIVED, actor=cast.handler, **received_facts())
    return case


def replied(cast: Cast, day: date = date(2026, 5, 18)) -> Case:
    case = waiting(cast)
    force(case, "A-6-2", day, actor=cast.handler, **replied_facts(case))
    return case


def following(cast: Cast) -> Case:
    """Make a case in its follow-up, after the rectification period."""
    case = replied(cast)
    force(case, "A-7", FOLLOWED, actor=cast.handler, plan="查看快递网点。")
    return case


def suspended(cast: Cast) -> Case:
    case = following(cast)
    told = {"obstacle": "汛期网点停业。", "proof_of_obstacle": "停业公告。"}
    force(case, "A-7-2", date(2026, 5, 22), actor=cast.chief, **told)
    return case


def all_assessed(cast: Cast, case: Case, *results: str) -> Case:
    for measure, result in zip(measures(case), results, strict=True):
        assessed(cast, case, measure, result, date(2026, 5, 22))
    return case


def reviewing(cast: Cast, *results: str) -> Case:
    """Make a case in review, each measure with its result (the first done, the second not)."""
    case = all_assessed(cast, following(cast), *(results or ("done", "not_done")))
    force(case, "A-8", REVIEWED, actor=cast.handler, overview="部分落实。")
    return case


def all_done(cast: Cast) -> Case:
    return reviewing(cast, "done", "done")


def sue_facts(case: Case) -> dict[str, Any]:
    """Return the facts of a decision to sue on the second measure."""
    second = measures(case)[1]
    return {
        "ground": "in_part",
        "explanation": "仅采取部分整改措施。",
        "harm_goes_on": "面单仍公开收件人信息。",
        "court": any_court().pk,
        f"claim_{second.pk}": "perform",
        f"text_{second.pk}": "判令被告对快递企业泄露个人信息依法履行监督管理职责。",
    }


def sued(cast: Cast) -> Case:
    case = reviewing(cast)
    force(case, "A-9", SUED, actor=cast.chief, **sue_facts(case))
    return case


def delivered(cast: Cast) -> Case:
    case = sued(cast)
    told = {"court": any_court().pk, "pre_suit_proof": True}
    force(case, "A-9-2", date(2026, 6, 3), actor=cast.handler, **told)
    return case


def registered(cast: Cast) -> Case:
    case = delivered(cast)
    number = "（2026）浙0102行初1号"
    force(case, "A-9-3", date(2026, 6, 8), actor=cast.handler, court_case_number=number)
    return case


JUDGED = {
    "judgment_number": "（2026）浙0102行初1号",
    "instance": "first",
    "result": "granted",
    "operative_part": "责令被告履行职责。",
}


def judged(cast: Cast, **told: Any) -> Case:
    case = registered(cast)
    force(case, "A-9-5", date(2026, 9, 1), actor=cast.handler, **JUDGED | told)
    return case


def both_served(cast: Cast, **told: Any) -> Case:
    case = judged(cast, **told)
    for party, day in (("office", date(2026, 9, 2)), ("authority", date(2026, 9, 4))):
        force(case, "A-9-6", day, actor=cast.handler, party=party, decision="judgment")
    return case


def effective(cast: Cast, **told: Any) -> Case:
    case = both_served(cast, **told)
    force(case, "A-9-7", date(2026, 9, 22), actor=cast.handler, how="双方均未上诉。")
    return case


def performed_in_suit(cast: Cast) -> Case:
    case = registered(cast)
    for measure in measures(case):
        assessed(cast, case, measure, "done", date(2026, 7, 1))
    return case


def terminated(cast: Cast) -> Case:
    case = all_done(cast)
    told = {"ground": "remedied", "explanation": "全部落实。"}
    force(case, "A-8-2", SUED, actor=cast.chief, **told)
    return case


def filed_and_found(cast: Cast) -> Case:
    case = filed_case(cast)
    found(cast, case)
    return case


def following_assessed(cast: Cast) -> Case:
    return all_assessed(cast, following(cast), "done", "not_done")


def effective_and_done(cast: Cast) -> Case:
    """Make a case whose judgment is effective and performed, with every return made."""
    case = effective(cast)
    serve(cast, case, date(2026, 3, 4), code="D-06")
    force(case, "S81", date(2026, 3, 24), actor=cast.handler)
    force(case, "S28", date(2026, 6, 5), actor=cast.handler)
    for measure in measures(case):
        assessed(cast, case, measure, "done", date(2026, 9, 25))
    return case
