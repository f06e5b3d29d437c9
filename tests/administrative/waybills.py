"""A real case by its public reports: postal waybills leaking addresses, a district of 2023 (law 9).

Filed on 28 June 2023, recommended on 30 June 2023; the postal administration did not mend it, and was sued.
The reports name these two days. Every other day is assumed, in the order the Rules ask for.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from administrative.models import Body, BodyKind, BodyLevel
from administrative.services import preparing
from cases.models import Case, Event
from notices.models import Document
from tests.administrative.scenes import MEASURE, PREPARED, measures
from tests.notices.serving import end, send
from tests.support.days import on
from tests.support.documents import filed, final
from tests.support.matters import (
    approve,
    assess,
    assign,
    make_lead,
    propose,
    record,
    set_full_team,
    upload,
)
from tests.support.people import Cast

LEAD, FILED, RECOMMENDED = date(2023, 6, 20), date(2023, 6, 28), date(2023, 6, 30)
SERVED = date(2023, 7, 3)
AUTHORITY = "茅箭区邮政管理部门"
FILING = {
    "case_title": "督促整治快递运单泄露个人信息行政公益诉讼案",
    "duty": "对辖区快递企业保护收件人信息负有监督管理职责（快递暂行条例、个人信息保护法第六十条）。",
    "conduct": "inaction",
    "failure": "快递运单未隐去收件人姓名、电话和地址，未依法监管。",
    "harm": "不特定多数收件人的姓名、电话和地址公开，社会公共利益受到侵害。",
    "legal_bases": ["APL 25", "PIPL 70"],
}
ASKED = ("督促快递企业使用隐私运单。", "对泄露收件人信息的企业依法处理。")


def day(moment: date) -> str:
    return moment.isoformat()


def authority() -> Body:
    return Body.objects.create(
        name=AUTHORITY,
        kind=BodyKind.POSTAL,
        level=BodyLevel.COUNTY,
        competence="快递市场监督管理。",
    )


def decide(cast: Cast, matter: Any, code: str, data: dict[str, Any]) -> None:
    """Propose a step, and let head and chief approve it."""
    approve(propose(matter, code, data, cast.handler), cast.head, cast.chief)
    matter.refresh_from_db()


def file_it(cast: Cast) -> Case:
    """Register the lead on 20 June 2023 and file the case on 28 June."""
    with on(2023, 6, 20):
        lead = make_lead(cast, title="快递运单泄露个人信息线索", received_on=LEAD)
        assess(cast, assign(cast, lead))
    with on(2023, 6, 28):
        final(lead, "D-05", cast.handler)
        decide(cast, lead, "A-1", FILING | {"authority": authority().pk})
        case = Case.objects.get(lead=lead)
        set_full_team(cast, case)
        case.refresh_from_db()
    return case


def issue_and_serve(cast: Cast, case: Case, code: str, when: date, **values: Any) -> Document:
    """File the signed paper and serve it on the authority on that day."""
    paper = filed(case, code, cast.handler, cast.chief, without="urgency")
    sent = send(cast, paper, actor=cast.handler, name=AUTHORITY, started_on=when)
    end(cast, sent, day=when, **values)
    case.refresh_from_db()
    return paper


def consult(cast: Cast, case: Case) -> None:
    """Meet the authority on 29 June and keep the minutes."""
    with on(2023, 6, 29):
        begun = {"way": "meeting", "subject": "快递运单的监管职责。", "legal_day": "2023-06-29"}
        record(cast.handler, case, "A-2", begun)
        final(case, "D-32", cast.handler)
        said = {"persons": "该部门负责人", "positions": "认可监管职责。", "legal_day": "2023-06-29"}
        record(cast.handler, case, "A-2-2", said)


def investigate(cast: Cast, case: Case) -> None:
    """Record the four findings and close the investigation on 29 June."""
    with on(2023, 6, 29):
        for finding in ("harm", "duty", "failure", "cause"):
            found = {
                "finding": finding,
                "text": "已查明。",
                "rests_on": "运单照片、权责清单。",
                "legal_day": "2023-06-29",
            }
            record(cast.handler, case, "A-3", found)
        closed = {"proposal": "recommend", "conclusion": "应当建议。", "legal_day": "2023-06-29"}
        record(cast.handler, case, "A-4", closed)


def recommend(cast: Cast, case: Case) -> None:
    """Prepare two measures and decide them on 30 June."""
    with on(2023, 6, 30):
        preparing.prepare(actor=cast.handler, case=case, facts=PREPARED)
        for text in ASKED:
            preparing.add_measure(actor=cast.handler, case=case, facts=MEASURE | {"text": text})
        case.refresh_from_db()
        final(case, "D-40", cast.handler)
        decide(cast, case, "A-5", {"why": "未依法履行监管职责。"})


def leave_in(cast: Cast, case: Case) -> Document:
    """Serve the recommendation on 3 July: its receipt is refused, it is left in with a photograph."""
    with on(2023, 7, 3):
        paper = filed(case, "D-70", cast.handler, cast.chief, without="urgency")
        first = send(cast, paper, actor=cast.handler, name=AUTHORITY, started_on=SERVED)
        end(cast, first, "refused", day=SERVED, reason="前台拒绝签收")
        again = send(
            cast, paper, actor=cast.handler, method="leave_in", name=AUTHORITY, started_on=SERVED
        )
        end(cast, again, day=SERVED, recording=upload("留置送达.jpg"))
        case.refresh_from_db()
        record(cast.handler, case, "A-6", {"legal_day": day(SERVED)})
    return paper


def reply_in_part(cast: Cast, case: Case) -> Event:
    """The authority answers on 28 August that it has held a meeting; nothing shows more."""
    first, second = measures(case)
    with on(2023, 8, 28):
        return record(
            cast.handler,
            case,
            "A-6-2",
            {
                "number": "邮管函〔2023〕8号",
                "text": "已召开会议部署。",
                f"answer_{first.pk}": ASKED[0],
                f"answer_{second.pk}": "已口头提醒企业。",
                "legal_day": "2023-08-28",
            },
            {"letter": [upload("回复函.pdf")]},
        )


def find_it_undone(cast: Cast, case: Case) -> None:
    """Follow up in September: the waybills show everything as before."""
    with on(2023, 9, 5):
        record(cast.handler, case, "A-7", {"plan": "抽查网点。", "legal_day": "2023-09-05"})
        seen = {
            "persons": [cast.handler.pk, cast.assistant.pk],
            "place": "三个快递网点",
            "findings": "运单仍载明收件人全部信息。",
            "legal_day": "2023-09-05",
        }
        record(cast.handler, case, "S82", seen, {"report": [upload("现场照片.jpg")]})
        for measure, result in zip(measures(case), ("not_done", "paper_only"), strict=True):
            told = {
                "measure": measure.pk,
                "result": result,
                "findings": "三个网点均未使用隐私运单。",
                "legal_day": "2023-09-05",
            }
            record(cast.handler, case, "S80", told)
        over = {"overview": "两项措施均未落实。", "legal_day": "2023-09-05"}
        record(cast.handler, case, "A-8", over)


def sue(cast: Cast, case: Case) -> None:
    """Decide on 20 September to sue, and deliver the complaint on the 25th."""
    from litigation.models import Court

    first = measures(case)[0]
    court = Court.objects.order_by("pk")[0].pk
    with on(2023, 9, 20):
        final(case, "D-43", cast.handler)
        facts = {
            "ground": "not_carried_out",
            "explanation": "仅召开会议，未实质执行。",
            "harm_goes_on": "收件人信息仍随运单公开。",
            "court": court,
            f"claim_{first.pk}": "perform",
            f"text_{first.pk}": "判令被告对快递企业保护收件人信息依法履行监督管理职责。",
        }
        decide(cast, case, "A-9", facts)
    with on(2023, 9, 25):
        filed(case, "D-45", cast.handler, cast.chief)
        told = {"court": court, "pre_suit_proof": "on", "legal_day": "2023-09-25"}
        record(cast.handler, case, "A-9-2", told, {"receipt": [upload("收件回执.pdf")]})
