from __future__ import annotations

from datetime import date, datetime

import pytest

from audit.clock import BEIJING
from deadlines import services
from tests.support.browser import LONGER_WORDS, check_page, give_password
from tests.support.days import on
from tests.support.matters import announce, make_case

pytestmark = pytest.mark.browser
QUESTION = "/deadlines/calculator/?start=2026-03-05&rule=P-01"


@pytest.mark.slow
def test_answers_of_the_calculator_and_lapsed_deadlines_can_be_read_by_everybody(site, page, cast):
    cast.handler.language = LONGER_WORDS
    give_password(cast.handler)
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    with on(2026, 4, 8):
        services.lapse_due()
        services.set_manual(
            actor=cast.handler, matter=case, title="回访被害人", day=date(2026, 4, 20)
        )
    site.set_clock(datetime(2026, 4, 8, 10, tzinfo=BEIJING))
    site.login(page, cast.handler.username)
    paths = (
        QUESTION,
        "/deadlines/calculator/?start=2026-03-05",
        f"/deadlines/of/{case.key}/",
    )
    for path in paths:
        page.goto(f"{site.url}{path}")
        check_page(page)


def test_the_calculator_needs_no_script(site, chromium_browser, cast):
    cast.handler.language = "en"
    give_password(cast.handler)
    context = chromium_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    site.login(page, cast.handler.username)
    page.goto(f"{site.url}/deadlines/calculator/")
    page.fill("input[name=start]", "2026-03-05")
    page.select_option("select[name=rule]", "P-01")
    page.click("main form.card button.primary")
    assert "Last day: 2026-04-07." in page.inner_text("main")
    context.close()
