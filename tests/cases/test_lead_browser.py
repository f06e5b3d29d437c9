"""The pages of leads and proposals in a real browser: readable by all, within the policy, on every screen."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from audit import clock
from audit.clock import BEIJING
from cases.models import Proposal
from cases.services import leads, proposals, tasks, work
from tests.support import matters
from tests.support.browser import LONGER_WORDS, check_page, give_password
from tests.support.people import Cast

pytestmark = pytest.mark.browser
# Set to a folder, the pages are kept there as pictures for people to look at.
PICTURES = os.environ.get("SCREENSHOTS", "")
NOW = datetime(2026, 3, 5, 10, 0, tzinfo=BEIJING)
SUMMARY = (
    "群众反映某通讯软件群组设立三个频道，收集并公开他人姓名、住址、电话一千二百余条，涉及八百余人。"
)
REASONS = "经评估，线索真实、可查，且两条线索反映同一群组的同一事实，并案评估更为适当。"


def keep(page, name: str) -> None:
    for width in (390, 1366) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)


def make_leads(cast: Cast) -> Proposal:
    """Leads in several states, one of them with everything on its page and a submitted proposal."""
    matters.make_lead(cast, title="某健身房泄露会员人脸信息线索", source="complaint")
    matters.make_lead(cast, title="某快递网点倒卖面单信息线索", source="transfer", major=True)
    target = matters.assign(cast, matters.make_lead(cast, title="同一群组的另一线索"))
    lead = matters.make_lead(
        cast,
        title="某群组收集公开他人个人信息线索",
        summary=SUMMARY,
        suspected_processor="江州某网络科技有限公司",
        reporter_name="欧阳举报",
        reporter_contact="13800000001",
        major=True,
    )
    matters.assess(cast, matters.assign(cast, lead))
    leads.mark_major(actor=cast.handler, lead=target)
    tasks.add_task(
        actor=cast.handler, matter=lead, title="调取工商登记", owner=cast.handler, due_on=NOW.date()
    )
    work.add_comment(actor=cast.head, matter=lead, text="请注意固定频道网页证据。")
    work.add_note(actor=cast.handler, matter=lead, text="先查群主身份。")
    contact = {"day": date(2026, 3, 4), "person": "网信办李某", "medium": "telephone"}
    work.record_contact(
        actor=cast.handler, matter=lead, facts=contact | {"content": "对方同意提供备案信息。"}
    )
    draft = proposals.draft_proposal(
        actor=cast.handler,
        matter=lead,
        code="M01",
        data={"into": target.pk, "reason": "同一群组、同一时段、同一批信息。"},
        reasons=REASONS,
    )
    return proposals.submit_proposal(actor=cast.handler, proposal=draft)


@pytest.mark.slow
def test_a_lead_with_a_proposal_under_way_is_accessible(site, page, cast):
    site.set_clock(NOW)
    with clock.frozen(NOW):
        assert cast.colleague
        proposal = make_leads(cast)
        cast.head.language = LONGER_WORDS
        give_password(cast.head)
    lead = proposal.matter
    site.login(page, cast.head.username)
    for name, address in {
        "lead_detail": lead.get_absolute_url(),
        "proposal_detail": proposal.get_absolute_url(),
        "proposal_decide": f"{proposal.get_absolute_url()}decide/",
    }.items():
        page.goto(site.url + address)
        keep(page, f"{name}")
        check_page(page)


def test_the_head_approves_with_the_keyboard_alone(site, page, cast):
    site.set_clock(NOW)
    with clock.frozen(NOW):
        proposal = make_leads(cast)
        give_password(cast.head)
    site.login(page, cast.head.username)
    page.goto(site.url + proposal.get_absolute_url())
    page.focus("#decision input[value=approve]")
    page.keyboard.press("Space")
    page.focus("#decision textarea")
    page.keyboard.type("同意并案")
    page.focus("#decision button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".msg.ok")
    proposal.refresh_from_db()
    assert proposal.status == "carried_out"
