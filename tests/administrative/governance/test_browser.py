"""A recommendation on governance in a browser, from its beginning to its end, and its pages in both languages."""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest

from administrative.models import GovernanceRecommendation
from audit.clock import BEIJING
from notices.models import Document
from tests.administrative.governance import scenes
from tests.journeys.desk import Desk
from tests.support.browser import _WATCH, LONGER_WORDS, check_page, give_password
from tests.support.days import on

pytestmark = pytest.mark.browser
# Set to a folder, the pages are kept there as pictures for people to look at.
PICTURES = os.environ.get("SCREENSHOTS", "")
NOW = datetime(2026, 6, 24, 10, 0, tzinfo=BEIJING)
PROOF = {"name": "附件.txt", "mimeType": "text/plain", "buffer": b"proof"}
TODAY = "2026-06-24"


def keep(page, name: str) -> None:
    for width in (390, 1366) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)


@pytest.mark.parametrize("language", ["zh-hans", LONGER_WORDS])
def test_its_pages_can_be_read_by_everybody(site, page, cast, case, unit, language):
    cast.handler.language = language
    give_password(cast.handler)
    row = scenes.object_to(cast, scenes.answer(cast, scenes.served(cast, case, unit)))
    site.set_clock(NOW)
    site.login(page, cast.handler.username)
    base = f"{site.url}/cases/{case.key}"
    for name in (f"governance/{row.number}", "governance", ""):
        page.goto(f"{base}/{name}/" if name else f"{base}/")
        check_page(page)
        keep(page, f"{name.replace('/', '-') or 'case'}-{language}")
    page.goto(f"{site.url}/governance/")
    check_page(page)
    keep(page, f"governance-{language}")
    for code in ("G-1", "G-1-4", "G-9"):
        page.goto(f"{site.url}/matters/{case.key}/transitions/{code}/")
        check_page(page)
        keep(page, f"{code}-{language}")


@pytest.fixture
def desks(chromium_browser, site, cast):
    """Each person of the journey in a browser of his own."""
    with ExitStack() as stack:
        found = {}
        for name in ("handler", "head", "chief"):
            give_password(getattr(cast, name))
            context = chromium_browser.new_context(
                viewport={"width": 1366, "height": 768}, locale="zh-CN"
            )
            context.add_init_script(_WATCH)
            stack.callback(context.close)
            found[name] = Desk(context.new_page(), site.url)
        yield found


def approved(desks, path: str) -> None:
    for name in ("head", "chief"):
        desks[name].approve(path)


def issue(handler: Desk, paper: Document) -> None:
    """Complete the drafted paper, and issue it signed by the chief."""
    handler.open(f"/documents/{paper.pk}/issue/")
    handler.press()
    paper.refresh_from_db()
    assert paper.status == "issued"


def test_from_the_first_step_to_the_last_in_a_browser(desks, site, cast, case, unit):
    reviewer = scenes.reviewer(cast)
    site.set_clock(NOW)
    for name, desk in desks.items():
        site.login(desk.page, getattr(cast, name).username)
    handler = desks["handler"]
    handler.record(
        case.key, "G-1", body=str(unit.pk), situation="unit_management", reason="管理漏洞。",
        relation="own_level", legal_day=TODAY,
    )  # fmt: skip
    row = GovernanceRecommendation.objects.get(case=case)
    named = {"recommendation": str(row.pk), "legal_day": TODAY}
    handler.open(row.get_absolute_url())
    check_page(handler.page)
    handler.page.click("a[href*='/G-1-4/?recommendation=']")
    handler.page.wait_for_load_state()
    handler.fill(legal_day=TODAY, **scenes.CONTENTS)
    handler.press()
    handler.press("button[value=record]")
    handler.record(
        case.key, "G-2", reviewer=str(reviewer.pk), outcome="agrees", necessity="有必要。",
        legality="合法。", reasoning="充分。", paper=PROOF, **named,
    )  # fmt: skip
    row_only = {"recommendation": str(row.pk)}
    approved(desks, handler.propose(case.key, "G-3", "应当提出。", **row_only))
    row.refresh_from_db()
    issue(handler, row.document)
    handler.record(case.key, "G-4", document=str(row.document_id), way="service", **named)
    with on(2026, 6, 24):
        scenes.serve(cast, scenes.again(row))
    for department in ("record_same_business", "record_legal_policy"):
        handler.record(case.key, "G-5", department=department, paper=PROOF, **named)
    handler.record(case.key, "G-6", raised_by="总经理", grounds="事实有误。", paper=PROOF, **named)
    path = handler.propose(
        case.key, "G-7", "复核完毕。", outcome="upheld", findings="事实清楚。", **row_only
    )
    approved(desks, path)
    handler.record(case.key, "G-8-2", account="书面告知。", paper=PROOF, **named)
    handler.record(case.key, "G-9", text="已建立制度。", letter=PROOF, **named)
    handler.record(case.key, "G-10", adoption="adopted", findings="实地查看。", **named)
    handler.record(case.key, "G-12", ending="adopted", result="已采纳。", **named)
    row.refresh_from_db()
    assert row.state == "closed"
    handler.open(row.get_absolute_url())
    check_page(handler.page)
    keep(handler.page, "closed")
