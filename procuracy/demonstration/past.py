"""Cases that ran before the office kept them here: entered by back-entry, each step on its day (design 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role, User
from cases.models import Case, Lead
from cases.services import acts, back_entry, parties
from cases.services.on_paper import Paper, PaperApproval, record_on_paper
from deadlines.models import Deadline
from evidence.facts import FactGroup
from evidence.services.facts import state_fact
from litigation.models import Court, Judgment
from litigation.package import REQUIRED
from litigation.selectors import court_case_number, last_day_to_appeal
from notices.catalogue import TYPES
from notices.services.registering import Filing, register_document
from procuracy.demonstration import steps
from procuracy.demonstration.matters import days_ago, filing, open_lead
from procuracy.demonstration.staff import Staff

# How many days before today the complaint of a case reached the court; what came before lies further back.
BEFORE_SUIT = 130
_numbers = count(1)


@dataclass(frozen=True)
class PastCase:
    """A case being entered: who handles it and the day on which its suit was brought.

    Attributes:
        sued: days before today on which the complaint reached the court.
    """

    staff: Staff
    handler: User
    case: Case
    sued: int

    def day(self, after: int) -> date:
        """Return the day so many days after the suit was brought."""
        return days_ago(self.sued - after)

    def record(self, code: str, after: int, *, file: str = "", **facts: Any) -> None:
        """Record a step that needs no approval, with its paper."""
        files = {file: [_scan(f"{code}.pdf")]} if file else None
        data = facts | {"legal_day": self.day(after).isoformat()}
        acts.record_directly(
            actor=self.handler, matter=self.case, code=code, data=data, files=files
        )
        self.case.refresh_from_db()

    def decide(self, code: str, after: int, *, file: str = "", **facts: Any) -> None:
        """Enter a step that head and chief decided on paper."""
        day = self.day(after)
        record_on_paper(
            actor=self.handler,
            matter=self.case,
            code=code,
            data=facts | {"legal_day": day.isoformat()},
            paper=_paper(self.staff, day),
            files={file: [_scan(f"{code}.pdf")]} if file else None,
        )
        self.case.refresh_from_db()

    def file(self, code: str, after: int, number: str = "") -> None:
        """File a finished document of a past day."""
        _file(self.staff, self.handler, self.case, code, self.day(after), number)


def _scan(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, f"%PDF-1.7 {name}（演示）".encode(), "application/pdf")


def _paper(staff: Staff, day: date) -> Paper:
    signers = ((Role.DEPARTMENT_HEAD, "sunmin"), (Role.CHIEF, "zhaojian"))
    approvals = [PaperApproval(role, staff[name], day, "同意。") for role, name in signers]
    return Paper(approvals, _scan("审批表.pdf"), "事实清楚，提请审批。")


def _file(
    staff: Staff, actor: User, matter: Lead | Case, code: str, day: date, number: str = ""
) -> None:
    kind = TYPES[code]
    filing_of = Filing(
        code=code,
        signed_day=day,
        number=f"江云检民公{number}〔{day.year}〕{90 + next(_numbers)}号" if number else "",
        signer=staff["zhaojian"] if kind.signed_by_chief else None,
        confirmed=[item.name for item in kind.contents],
    )
    register_document(actor=actor, matter=matter, filing=filing_of, upload=_scan(f"{code}.pdf"))


def announced(staff: Staff, handler: User, title: str, processor: str, sued: int) -> PastCase:
    """Enter a case from its lead to the expiry of its announcement, before its suit."""
    start = sued + BEFORE_SUIT
    lead = open_lead(staff, handler, f"{title}线索", start)
    back_entry.ask_for_back_entry(actor=handler, matter=lead, reason="系统启用前办理。")
    back_entry.agree_to_back_entry(actor=staff["sunmin"], matter=lead)
    filed = days_ago(start - 5)
    _file(staff, handler, lead, "D-05", filed)
    record_on_paper(
        actor=handler,
        matter=lead,
        code="T06",
        data=filing(title, processor),
        paper=_paper(staff, filed),
    )
    case = Case.objects.get(lead=lead)
    steps.set_team(staff, case, handler)
    past = PastCase(staff, handler, case, sued)
    _investigate(past)
    past.file("D-41", -85, "告")
    past.decide(
        "T12",
        -85,
        file="proof",
        medium_planned="《正义日报》",
        medium="《正义日报》",
        national_influence="on",
    )
    expired = Deadline.objects.get(case=case, rule="P-01").effective_day
    past.record("T16", sued - (days_ago(0) - expired).days)
    return past


def _investigate(past: PastCase) -> None:
    past.file("D-09", -120)
    past.record("T08", -119)
    for group in FactGroup:
        state_fact(actor=past.handler, case=past.case, group=group.value, text="已查明。")
    past.record("T10", -95, proposal="announce", conclusion="违法事实与公共利益受损事实均已查明。")
    past.file("D-40", -95)


def sue(past: PastCase) -> None:
    """Review, decision to sue, claims, complaint at the internet court."""
    past.record("S03", -20, outcome="sue", conclusion="公共利益仍受侵害，应当起诉。")
    past.file("D-43", -20)
    finding = {"harm_found_on": past.day(-20).isoformat(), "harm_finding": "信息仍可检索。"}
    past.decide("T21", -15, **finding)
    past.record("S10", -10, kind="K4", text="删除非法收集的全部个人信息。")
    past.record("S10", -10, kind="K8", text="支付公益损害赔偿款五万元。", amount="50000")
    past.file("D-45", -5, "诉")
    past.file("D-46", -5)
    past.decide(
        "T22",
        0,
        file="receipt",
        court=Court.objects.get(name="杭州互联网法院").pk,
        court_ground="网络侵权行为实施地。",
        copies=1,
        pieces=[str(piece) for piece in REQUIRED],
    )
    past.record("S28", 2, file="paper", recipient="江州市人民检察院")


def prepare(past: PastCase, number: int) -> None:
    """Registration by the court under its `number`, service, preparation, notice of the hearing."""
    defendant = past.case.parties.get()
    kept = f"（{past.day(4).year}）浙0192民初{number}号"
    past.record("T24", 4, file="paper", court_case_number=kept)
    past.record("S12", 6, file="paper", defendant=defendant.pk)
    past.record("S14", 8, file="paper", departments="江州市互联网信息办公室")
    past.record("T25", 8, file="paper", evidence_until=past.day(28).isoformat())
    past.record("S13", 20, file="paper", defendant=defendant.pk, content="辩称已取得用户同意。")
    hearing = past.day(45).isoformat()
    past.record("T29", 35, file="paper", hearing_on=hearing, place="第一法庭", **staff_of(past))
    past.file("D-50", 36, "出")
    past.record("S17", 37, file="receipt", **staff_of(past))


def staff_of(past: PastCase) -> dict[str, Any]:
    """Return who attends the hearing."""
    return {"staff": [past.handler.pk], "duties": "检察官，宣读起诉书，举证、质证、辩论"}


def judge(past: PastCase) -> None:
    """Hearing, judgment with its paragraphs, service on both parties."""
    hearing = {"judges": 3, "assessors": 4, "debate_closed": "on", "course": "举证、质证、辩论。"}
    past.record("S18", 45, file="record", **hearing, **staff_of(past))
    past.record(
        "T36",
        50,
        file="paper",
        judgment_number=court_case_number(past.case),
        result="granted",
        pronounced_publicly="on",
        operative_part="删除全部个人信息；支付公益损害赔偿款五万元。",
    )
    row = Judgment.objects.get(case=past.case)
    for item in _items():
        given = item | {"judgment": row.pk, "obligee": "社会公众", "due_days": 30}
        acts.record_directly(actor=past.handler, matter=past.case, code="S20", data=given)
    for party in ("office", str(past.case.parties.get().pk)):
        past.record("S19", 52, file="paper", party=party)
    past.record("S29", 54, file="paper", recipient="江州市人民检察院")


def _items() -> Iterator[dict[str, Any]]:
    yield {"kind": "K4", "text": "删除非法收集的全部个人信息。"}
    yield {"kind": "K8", "text": "支付公益损害赔偿款五万元。", "amount": "50000"}


def take_effect(past: PastCase) -> None:
    """Nobody appealed; what the judgment orders is owed since the day after the last period to appeal."""
    last = last_day_to_appeal(past.case)
    assert last is not None  # both parties were served
    effect = past.sued - (days_ago(0) - last).days + 1
    past.record("T38", effect)
    past.record("T41", effect + 1)


def build_past_cases(staff: Staff) -> None:
    """A case in review, one in trial, one judged that can be appealed against, one to be performed."""
    zhou, chen = staff["zhouming"], staff["chensheng"]
    announced(staff, zhou, "游园通App违规收集位置信息案", "江州游园通科技有限公司", 1)
    trial = announced(staff, chen, "优课网泄露学生信息案", "江州优课网络有限公司", 41)
    judged = announced(staff, zhou, "快递面单信息倒卖案", "江州速运有限公司", 56)
    owed = announced(staff, chen, "房产中介交换业主信息案", "江州安居经纪有限公司", 100)
    for past, number in ((trial, 31), (judged, 17), (owed, 9)):
        sue(past)
        prepare(past, number)
    for past in (judged, owed):
        judge(past)
    take_effect(owed)
    parties_known(trial, judged, owed)


def parties_known(*cases: PastCase) -> None:
    """Enter how the defendants are reached."""
    for past in cases:
        party = past.case.parties.get()
        facts = {"address": "江州市云湖区", "no_code_reason": "待核对营业执照"}
        parties.change_party(actor=past.handler, party=party, facts=facts, version=party.version)
