"""From a figure to the list behind it, to the event, in a real browser."""

from __future__ import annotations

from datetime import datetime

import pytest

from audit.clock import BEIJING
from tests.support.browser import check_page, give_password

pytestmark = pytest.mark.browser


def test_a_mark_of_the_drawing_and_a_cell_of_the_table_lead_to_the_list_and_on_to_the_event(
    committed_db, inside, site, page
):
    cast = inside.cast
    site.set_clock(datetime(2026, 8, 3, 10, tzinfo=BEIJING))
    give_password(cast.chief)
    site.login(page, cast.chief.username)
    page.goto(f"{site.url}/statistics/?first=2026-03-01")
    check_page(page)
    mark = page.locator("#items svg a").first
    number = mark.get_attribute("aria-label").rpartition("：")[2]
    mark.locator("rect").click()
    assert page.url.startswith(f"{site.url}/statistics/figures/items.")
    assert "first=2026-03-01" in page.url
    assert page.locator("table tbody tr").count() == int(number)
    check_page(page)
    page.locator("table tbody tr a.t").first.click()
    assert "/events/" in page.url
    page.go_back()
    page.go_back()
    page.locator("#ageing details summary").click()
    page.locator("#ageing table a").first.click()
    assert page.url.startswith(f"{site.url}/statistics/figures/ageing.")
    assert page.locator("table tbody tr").count() >= 1
