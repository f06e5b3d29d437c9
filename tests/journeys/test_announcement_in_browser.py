"""A real case from lead to published announcement, in the browser, on its days in 2024.

Public reports: in April 2024 a procuratorate found that a group ran three channels on a foreign messenger that
collected and published over 1,200 items of information on more than 800 people, with more than four
million views. The case was filed and announced on 24 June 2024; the announcement ends on 24 July 2024.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime

import pytest

from audit import clock
from cases.models import Case, Event, Lead, Proposal
from deadlines import services as deadline_services
from deadlines.models import Deadline, Notification
from notices.models import Document
from tests.journeys.desk import Desk
from tests.support.browser import _WATCH, check_page, give_password

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SUMMARY = "某群组在境外即时通讯软件上设立三个频道，收集并公开八百余人的个人信息一千二百余条，浏览量四百余万次。"
FILING = {
    "case_title": "某群组开盒侵害公民个人信息案",
    "processor": "某开盒群组运营人",
    "harm": "八百余人的个人信息被公开，社会公共利益受到损害。",
    "unlawful_act": "未取得个人同意收集、公开个人信息，可能违反个人信息保护法第十条。",
    "numerous_individuals": "涉及八百余人，浏览量四百余万次，影响不特定多数人。",
    "legal_bases": ["PIPL 70", "CPL 58"],
    "persons_concerned": 800,
    "items_concerned": 1200,
    "act_place": "互联网",
    "harm_place": "浙江省",
}


class Office:
    """The people of the case, each at a desk of his own, and the one clock."""

    def __init__(self, browser, site, cast, stack: ExitStack) -> None:
        self.browser, self.site, self.cast, self.stack = browser, site, cast, stack
        self.desks: dict[str, Desk] = {}

    def __getitem__(self, name: str) -> Desk:
        if name not in self.desks:
            person = getattr(self.cast, name)
            context = self.browser.new_context(
                viewport={"width": 1366, "height": 768}, locale="zh-CN"
            )
            context.add_init_script(_WATCH)
            self.stack.callback(context.close)
            page = context.new_page()
            self.site.login(page, person.username)
            self.desks[name] = Desk(page, self.site.url)
        return self.desks[name]

    def on(self, *instant: int) -> None:
        """Set the clock of the server and of the test."""
        moment = datetime(*instant, tzinfo=clock.BEIJING)
        self.site.set_clock(moment)
        self.stack.enter_context(clock.frozen(moment))


@pytest.fixture
def office(chromium_browser, site, cast):
    for name in ("intake", "head", "handler", "chief", "assistant", "clerk"):
        give_password(getattr(cast, name))
    with ExitStack() as stack:
        yield Office(chromium_browser, site, cast, stack)


def register_and_assess(office) -> Lead:
    """Intake, assignment, assessment."""
    intake = office["intake"]
    intake.open("/leads/new/")
    intake.fill(
        title="某群组公开他人信息线索",
        source="own_casework",
        source_detail="办理刑事案件中发现",
        received_on="2024-04-16",
        summary=SUMMARY,
    )
    intake.press()
    lead = Lead.objects.get()
    head = office["head"]
    head.open(f"/leads/{lead.key}/assign/")
    head.fill(handler=str(office.cast.handler.pk), conflict_checked=True, legal_day="2024-04-16")
    head.press()
    head.press("button[value=record]")
    handler = office["handler"]
    handler.open(f"/leads/{lead.key}/assess/")
    handler.fill(
        truthfulness="5",
        truthfulness_reason="频道公开可见，已作网页固定。",
        feasibility="4",
        feasibility_reason="运营人已由公安机关查明。",
    )
    handler.press()
    return lead


def file_case(office, lead: Lead) -> Case:
    """Filing form, proposal, head, chief, filing decision with its number."""
    handler = office["handler"]
    handler.make_final(lead.key, "D-05", "经审查，符合立案条件。")
    path = handler.propose(lead.key, "T06", "事实清楚，建议立案。", **FILING)
    office["head"].approve(path)
    office["chief"].approve(path)
    case = Case.objects.get(lead=lead)
    decision = Document.objects.get(case=case, code="D-06")
    issue(office, decision)
    return case


def issue(office, document: Document) -> None:
    """Complete a drafted document if it needs it, and issue it signed by the chief."""
    handler = office["handler"]
    if document.status == "draft":
        handler.open(f"/documents/{document.pk}/edit/")
        handler.fill_what_is_missing("详见卷宗。")
        handler.press()
    handler.open(f"/documents/{document.pk}/issue/")
    handler.press()
    document.refresh_from_db()
    assert document.status == "issued"


def investigate(office, case: Case) -> None:
    """Team, plan, exhibit, the seven groups of facts, closing report."""
    head, handler, cast = office["head"], office["handler"], office.cast
    head.open(f"/cases/{case.key}/people/set/")
    positions = {"handler": "lead", "assistant": "assistant", "clerk": "clerk"}
    chosen = {f"person_{getattr(cast, name).pk}": position for name, position in positions.items()}
    head.fill(reason="组成办案组", **chosen)
    head.press()
    handler.make_final(case.key, "D-09", "收集频道内容，固定电子数据，询问相关人员。")
    handler.record(case.key, "T08", legal_day="2024-06-24")
    add_exhibit(office, case)
    for group in ("violator", "act", "harm", "causation", "fault", "exemption", "other"):
        handler.open(f"/cases/{case.key}/facts/")
        handler.fill(group=group, text="由频道内容固定记录证明。")
        handler.page.locator("main [name=exhibits]").first.check()
        handler.press("main form .btn.primary")
    handler.record(
        case.key,
        "T10",
        legal_day="2024-06-24",
        proposal="announce",
        conclusion="违法事实和公共利益受损的事实已经查明。",
    )


def add_exhibit(office, case: Case) -> None:
    handler, cast = office["handler"], office.cast
    handler.open(f"/cases/{case.key}/exhibits/new/")
    record = {
        "name": "频道内容.txt",
        "mimeType": "text/plain",
        "buffer": "频道内容固定记录".encode(),
    }
    handler.fill(
        uploads=record,
        name="三个频道内容固定记录",
        kind="electronic",
        source="境外即时通讯软件公开频道",
        method="collect",
        obtained_on="2024-06-24",
        place="本院电子数据实验室",
        first_collector=str(cast.handler.pk),
        second_collector=str(cast.assistant.pk),
        copy_reason="原始数据存放于境外服务器，无法取得原件。",
        copy_process="通过网页固定软件提取，存入本院专用存储介质。",
    )
    handler.press()


def announce(office, case: Case) -> None:
    """Announcement: report, document, proposal, both approvals, number, publication with proof."""
    handler = office["handler"]
    report = Document.objects.get(case=case, code="D-40")
    handler.make_final(case.key, "D-40", "七项事实均已查明，建议发布诉前公告。", draft=report.pk)
    handler.make_final(case.key, "D-41", "详见本院案卷。")
    path = handler.propose(case.key, "T12", "建议发布诉前公告。", medium_planned="《检察日报》")
    office["head"].approve(path)
    office["chief"].approve(path)
    issue(office, Document.objects.get(case=case, code="D-41"))
    handler.open(f"{path}carry-out/")
    proof = {
        "name": "版面.txt",
        "mimeType": "text/plain",
        "buffer": "检察日报公告版面".encode(),
    }
    handler.fill(
        legal_day="2024-06-24", medium="《检察日报》", national_influence=True, proof=proof
    )
    handler.press()


def test_from_lead_to_published_announcement_and_its_reminder(office):
    office.on(2024, 4, 16, 10)
    lead = register_and_assess(office)
    office.on(2024, 6, 24, 9)
    case = file_case(office, lead)
    assert case.filed_on.isoformat() == "2024-06-24"
    investigate(office, case)
    announce(office, case)
    case.refresh_from_db()
    assert case.state == "announcing"
    published = Event.objects.get(case=case, kind="announcement_published")
    assert published.legal_day.isoformat() == "2024-06-24"
    assert len(published.facts["proofs"]) == 1
    assert Proposal.objects.filter(status="carried_out").count() == 2
    period = Deadline.objects.get(case=case, rule="P-01")
    assert period.effective_day.isoformat() == "2024-07-24"
    handler = office["handler"]
    handler.open(f"/cases/{case.key}/")
    assert "2024" in handler.page.locator("main").inner_text()
    check_page(handler.page)
    office.on(2024, 7, 24, 9)
    deadline_services.sweep()
    assert Notification.objects.filter(recipient=office.cast.handler).exists()
