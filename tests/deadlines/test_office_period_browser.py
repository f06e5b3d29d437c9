"""An office's own periods in a browser: for everybody, and without script."""

from __future__ import annotations

import pytest

from deadlines.models import OfficePeriod
from tests.deadlines.own_periods import BASIS, TITLE
from tests.support.browser import LONGER_WORDS, check_page, give_password

pytestmark = pytest.mark.browser


@pytest.mark.slow
def test_a_period_is_entered_and_read_by_everybody(site, page, cast):
    cast.chief.language = LONGER_WORDS
    give_password(cast.chief)
    site.login(page, cast.chief.username)
    page.goto(f"{site.url}/deadlines/own-periods/new/")
    page.fill("input[name=title_zh]", TITLE)
    page.fill("input[name=title_en]", "Assessment of a lead")
    page.fill("input[name=basis]", BASIS)
    page.fill("input[name=length]", "15WD")
    page.select_option("select[name=start]", "lead_registered")
    page.select_option("select[name=met_by]", ["case_filed", "filing_refused"])
    page.select_option("select[name=duty]", "handler")
    page.click("main form button.primary")
    check_page(page)
    page.click("main form button[name=enter]")
    assert OfficePeriod.objects.get().basis == BASIS
    check_page(page)
    page.goto(f"{site.url}/deadlines/periods/")
    check_page(page)


def test_a_period_is_entered_and_ended_without_script(site, chromium_browser, cast):
    cast.head.language = "en"
    give_password(cast.head)
    context = chromium_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    site.login(page, cast.head.username)
    page.goto(f"{site.url}/deadlines/own-periods/new/")
    page.fill("input[name=title_zh]", TITLE)
    page.fill("input[name=basis]", BASIS)
    page.fill("input[name=length]", "P10D")
    page.select_option("select[name=start]", "lead_registered")
    page.click("main form button.primary")
    assert "Nothing moves at once" in page.inner_text("main")
    page.click("main form button[name=enter]")
    page.click("main a.btn.sm")
    page.fill("textarea[name=reason]", "办法修订")
    page.click("main form button.danger")
    assert "办法修订" in page.inner_text("main")
    context.close()
