"""The composer and the pages around it in a real browser."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from audit.clock import BEIJING
from notices import services
from tests.documents.samples import FACTS, OPENING
from tests.notices.matters import approve_text
from tests.support.browser import LONGER_WORDS, check_page, give_password
from tests.support.days import on

pytestmark = pytest.mark.browser
NOW = datetime(2026, 6, 24, 11, tzinfo=BEIJING)


@pytest.fixture
def case(cast, case):
    give_password(cast.clerk)
    give_password(cast.chief)
    with on(2026, 6, 24):
        services.draft_document(actor=cast.handler, matter=case, code="D-41")
        services.void_unused_number(
            actor=cast.chief, code="D-06", number="江云检民公立〔2026〕1号", reason="纸张作废"
        )
    return case


@pytest.mark.slow
def test_drafts_and_their_sheets_are_accessible_and_keep_the_policy(site, page, cast, case):
    cast.clerk.language = LONGER_WORDS
    cast.clerk.save()
    site.set_clock(NOW)
    site.login(page, cast.clerk.username)
    decision = case.documents.get(code="D-06")
    announcement = case.documents.get(code="D-41")
    for address in (
        reverse("document_list", args=[case.key]),
        f"{reverse('document_register', args=[case.key])}?code=D-41",
        *(
            reverse(f"document_{name}", args=[row.pk])
            for row in (decision, announcement)
            for name in ("detail", "edit")
        ),
        reverse("document_issue", args=[decision.pk]),
    ):
        assert page.goto(f"{site.url}{address}").status == 200, address
        check_page(page)


def test_the_sheet_follows_the_typing_and_the_document_is_issued(site, page, cast, case):
    site.set_clock(NOW)
    site.login(page, cast.clerk.username)
    decision = case.documents.get(code="D-06")
    page.goto(f"{site.url}{reverse('document_edit', args=[decision.pk])}")
    page.fill("textarea[name=facts]", "经调查查明的新事实")
    page.wait_for_selector("#sheet >> text=经调查查明的新事实")
    decision.refresh_from_db()
    assert "新事实" not in decision.values["facts"]
    page.click("form.card .sticky button.primary")
    page.wait_for_load_state()
    approve_text(decision, cast)
    page.goto(f"{site.url}{reverse('document_issue', args=[decision.pk])}")
    page.click("form.card .sticky button.primary")
    page.wait_for_url(f"**{decision.get_absolute_url()}")
    decision.refresh_from_db()
    assert decision.number == "江云检民公立〔2026〕2号"
    assert page.locator("main").get_by_text(decision.number).count()
    check_page(page)


# The printed lines as the window shows them: whether one became two, and how far they miss the margin.
PRINTED_LINES = """[...document.querySelectorAll(".doc-line")].map((line) => {
  const edge = (index) => {
    const range = document.createRange();
    range.setStart(line.firstChild, index);
    range.setEnd(line.firstChild, index + 1);
    return range.getBoundingClientRect();
  };
  const last = edge(line.textContent.length - 1);
  return {
    text: line.textContent,
    full: line.classList.contains("doc-full"),
    apart: Math.abs(last.top - edge(0).top),
    beyond: last.right - line.getBoundingClientRect().right,
  };
})"""


def test_the_sheet_has_the_lines_of_the_pdf_wherever_they_can_be_read(site, page, cast, case):
    site.set_clock(NOW)
    site.login(page, cast.clerk.username)
    decision = case.documents.get(code="D-06")
    with on(2026, 6, 24):
        services.edit_document(
            actor=cast.clerk,
            document=decision,
            values={"facts": f"{FACTS}\n{OPENING}", "harm": OPENING},
            version=decision.version,
        )
    page.goto(f"{site.url}{reverse('document_edit', args=[decision.pk])}")
    for width in (1366, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        lines = page.evaluate(PRINTED_LINES)
        full = [line for line in lines if line["full"]]
        assert len(full) > 15
        assert all(line["apart"] < 2 for line in lines)
        assert all(abs(line["beyond"]) < 1 for line in full), full
        assert not page.locator(".doc-hint").is_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.locator(".doc-hint").is_visible()
    check_page(page)
