"""The real case of April 2024 goes on in the browser, its clock set: from the announcement to the archived file.

Public reports: the complaint reached an internet court on 11 April 2025; heard and judged on 28 August 2025: stop
and delete, 100,000 yuan jointly, a public apology in national media. How it came to its announcement is walked in
`test_announcement_in_browser`.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date

import pytest

from cases.models import Case
from cases.services import parties
from enforcement.models import LedgerEntry, Obligation
from litigation.models import Court, Judgment
from litigation.services.expiry import expire_announcements
from notices.catalogue import TYPES
from notices.models import Document
from tests.enforcement.situations import NO_INJUNCTION
from tests.journeys.test_announcement_in_browser import Office
from tests.litigation.suit import PIECES
from tests.support.browser import check_page, give_password
from tests.support.matters import announced_case, set_full_team

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PEOPLE = ("head", "handler", "chief", "assistant", "clerk", "case_manager")
CLAIMS = (
    {"kind": "K1", "text": "停止侵害、删除非法公开的全部个人信息。"},
    {"kind": "K8", "text": "连带支付公益损害赔偿款十万元。", "amount": "100000"},
    {"kind": "K6", "text": "在国家级媒体公开赔礼道歉。"},
)
LAPSED = "审查起诉期限已于2024-10-24届满。规定未因此限制起诉；予以记录。"
EVIDENCE = {"EI-2": ["test"], "EI-3": ["publication"], "EI-4": ["bank_receipt", "payee"]}


@pytest.fixture
def office(chromium_browser, site, server, cast, settings):
    # What is stored before the first click lies where the server looks for it.
    settings.EVIDENCE_STORAGE = str(server.folder / "home" / "evidence")
    for name in PEOPLE:
        give_password(getattr(cast, name))
    with ExitStack() as stack:
        yield Office(chromium_browser, site, cast, stack)


def paper(name: str) -> dict:
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 paper"}


def announced(office) -> Case:
    """The case on the day its announcement was published, with its two defendants."""
    office.on(2024, 6, 24, 15)
    case = announced_case(office.cast, date(2024, 6, 24), title="某群组开盒侵害公民个人信息案")
    Case.objects.filter(pk=case.pk).update(filed_on=date(2024, 6, 24))
    set_full_team(office.cast, case)
    facts = {"role": "violator", "kind": "person", "name": "张某"}
    parties.add_party(actor=office.cast.handler, case=case, facts=facts)
    return case


def decide(office, case: Case, code: str, **facts) -> str:
    """Propose a step, let head and chief approve it; return the path of the proposal."""
    path = office["handler"].propose(case.key, code, "事实清楚，建议批准。", **facts)
    office["head"].approve(path)
    office["chief"].approve(path)
    return path


def register(office, case: Case, code: str, day: str, number: str = "") -> None:
    """File a finished document with its number, every content confirmed."""
    clerk = office["clerk"]
    clerk.open(f"/documents/of/{case.key}/file/?code={code}")
    clerk.fill(
        file=paper(code),
        signed_day=day,
        signer=str(office.cast.chief.pk),
        confirmed=[item.name for item in TYPES[code].contents],
        **({"number": number} if number else {}),
    )
    clerk.press()


def sue(office, case: Case) -> None:
    """The review has lapsed long ago: that is shown and keeps nothing back."""
    handler, court = office["handler"], Court.objects.get(name="杭州互联网法院")
    office.on(2024, 7, 25, 9)
    assert expire_announcements() == 1
    office.on(2025, 4, 8, 9)
    handler.record(
        case.key, "S03", legal_day="2025-04-08", outcome="sue", conclusion="公益持续受损。"
    )
    draft = Document.objects.get(case=case, code="D-43")
    handler.make_final(case.key, "D-43", "公益仍受侵害，建议起诉。", draft=draft.pk)
    decide(office, case, "T21", harm_found_on="2025-04-08", harm_finding="信息仍可检索。")
    office.on(2025, 4, 11, 9)
    for claim in CLAIMS:
        handler.record(case.key, "S10", legal_day="2025-04-11", **claim)
    register(office, case, "D-45", "2025-04-11", "江云检民公诉〔2025〕1号")
    register(office, case, "D-46", "2025-04-11")
    handler.open(f"/cases/{case.key}/")
    assert LAPSED in handler.page.locator("#step-T22").inner_text()
    path = decide(office, case, "T22", court=str(court.pk), court_ground="互联网公益诉讼。")
    chief = office["chief"]
    chief.open(path)
    assert LAPSED in chief.page.locator("main").inner_text()
    handler.open(f"{path}carry-out/")
    handler.fill(
        legal_day="2025-04-11",
        copies="2",
        pieces=PIECES,
        receipt=paper("回执"),
    )
    handler.press()
    case.refresh_from_db()
    assert case.state == "suit_submitted"


def try_case(office, case: Case) -> None:
    """Registration, service, preparation, hearing, judgment with its paragraphs, service on every party."""
    handler, cast = office["handler"], office.cast
    defendants = [str(party.pk) for party in case.parties.order_by("pk")]
    staff = {"staff": [str(cast.handler.pk)], "duties": "检察官，宣读起诉书"}
    number = "（2025）浙0192民初3号"
    office.on(2025, 8, 28, 17)
    steps = (
        ("S28", {"legal_day": "2025-04-14", "recipient": "江州市人民检察院"}, "paper"),
        ("T24", {"legal_day": "2025-04-15", "court_case_number": number}, "paper"),
        ("S12", {"legal_day": "2025-04-18", "defendant": defendants[0]}, "paper"),
        ("S12", {"legal_day": "2025-04-18", "defendant": defendants[1]}, "paper"),
        ("T25", {"legal_day": "2025-04-18", "evidence_until": "2025-05-12"}, "paper"),
        (
            "T29",
            staff | {"legal_day": "2025-08-18", "hearing_on": "2025-08-28", "place": "第一法庭"},
            "paper",
        ),
    )
    for code, facts, field in steps:
        handler.record(case.key, code, **facts | {field: paper(code)})
    register(office, case, "D-50", "2025-08-20", "江云检民公出〔2025〕1号")
    handler.record(case.key, "S17", **staff, legal_day="2025-08-20", receipt=paper("回执"))
    handler.record(
        case.key,
        "S18",
        **staff,
        legal_day="2025-08-28",
        judges="3",
        assessors="4",
        debate_closed=True,
        course="举证、质证、辩论。",
        record=paper("庭审笔录"),
    )
    handler.record(
        case.key,
        "T36",
        legal_day="2025-08-28",
        judgment_number=number,
        result="granted",
        pronounced_publicly=True,
        operative_part="停止侵害、删除；连带赔偿十万元；公开赔礼道歉。",
        paper=paper("判决书"),
    )
    judgment = Judgment.objects.get(case=case)
    for claim in CLAIMS:
        facts = {"judgment": str(judgment.pk), "obligee": "社会公众", "due_days": "10"}
        handler.record(case.key, "S20", **claim, **facts)
    for day, party in ((1, "office"), (1, defendants[0]), (5, defendants[1])):
        office.on(2025, 9, day, 9)
        facts = {"legal_day": f"2025-09-0{day}", "party": party}
        handler.record(case.key, "S19", **facts, paper=paper("送达回证"))
    handler.record(
        case.key,
        "S29",
        legal_day="2025-09-05",
        recipient="江州市人民检察院",
        paper=paper("判决备案"),
    )
    handler.open(f"/cases/{case.key}/suit/")
    text = handler.page.locator("main").inner_text()
    assert "2025-09-16" in text
    assert "2025-09-22" in text
    check_page(handler.page)
    office.on(2025, 9, 23, 9)
    handler.record(case.key, "T38", legal_day="2025-09-23")


def perform(office, case: Case) -> None:
    """Each performance is logged by the handler and verified by the assistant."""
    handler, assistant = office["handler"], office["assistant"]
    office.on(2025, 10, 20, 9)
    handler.record(case.key, "T41", legal_day="2025-10-20")
    for row in Obligation.objects.filter(case=case).order_by("number"):
        handler.record(
            case.key,
            "S30",
            obligation=str(row.pk),
            legal_day="2025-10-20",
            performed_on="2025-10-10",
            account="已履行。",
            evidence=EVIDENCE[row.type],
            papers=paper("履行证明"),
        )
        assistant.record(
            case.key,
            "S31",
            obligation=str(row.pk),
            legal_day="2025-10-20",
            findings="属实。",
            record=paper("核实笔录"),
        )
    money = Obligation.objects.get(case=case, type="EI-4")
    handler.record(
        case.key,
        "S40",
        obligation=str(money.pk),
        legal_day="2025-10-20",
        moved_on="2025-10-10",
        kind="paid",
        amount="100000",
        account_type="treasury",
        payee="云山区财政局",
        authority="判决第二项",
        receipt=paper("缴款书"),
    )
    entry = LedgerEntry.objects.get(case=case)
    assistant.record(
        case.key, "S41", entry=str(entry.pk), legal_day="2025-10-20", decision="confirm"
    )
    handler.record(
        case.key,
        "T42",
        legal_day="2025-10-20",
        summary="全部履行。",
        record=paper("履行核查记录"),
    )
    handler.open(f"/cases/{case.key}/obligations/")
    check_page(handler.page)


def close(office, case: Case) -> None:
    """Look-back, closing approved by the head, index and receipt of the archive."""
    handler, archivist = office["handler"], office["case_manager"]
    office["head"].record(
        case.key,
        "T48",
        legal_day="2025-10-20",
        plan="三个月后复测。",
        paper=paper("回头看方案"),
        check_1="2026-01-21",
    )
    office.on(2026, 1, 21, 9)
    handler.record(
        case.key,
        "S42",
        legal_day="2026-01-21",
        planned="2026-01-21",
        tested="检索未见。",
        relapse="no",
        report=paper("回头看报告"),
    )
    for code in ("D-67", "D-86", "D-85"):
        draft = Document.objects.filter(case=case, code=code, status="draft").first()
        handler.make_final(case.key, code, "已核实。", draft=draft.pk if draft else None)
    path = handler.propose(
        case.key, "T50", "全部履行，建议结案。", summary="已全部履行。", **NO_INJUNCTION
    )
    office["head"].approve(path)
    archivist.record(case.key, "S43")
    archivist.record(
        case.key,
        "T51",
        legal_day="2026-01-21",
        archive_number="2026-1",
        retention="permanent",
        receipt=paper("归档回执"),
    )


def test_from_the_announcement_to_the_archived_file(office):
    case = announced(office)
    sue(office, case)
    try_case(office, case)
    perform(office, case)
    close(office, case)
    case.refresh_from_db()
    assert case.state == "archived"
    handler = office["handler"]
    handler.open(f"/cases/{case.key}/")
    check_page(handler.page)
