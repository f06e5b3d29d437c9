"""The record of the suit in a browser: no fault of width, policy or accessibility, in both languages."""

from __future__ import annotations

from datetime import datetime

import pytest

from audit.clock import BEIJING
from tests.litigation import suit
from tests.litigation.test_records import fill
from tests.support.browser import LONGER_WORDS, check_page, give_password
from tests.support.days import on

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["zh-hans", LONGER_WORDS])
def test_a_record_of_every_kind_can_be_read_by_everybody(site, page, cast, language):
    cast.handler.language = language
    give_password(cast.handler)
    with on(2026, 8, 3):
        case = suit.on_appeal(cast)
        fill(cast, case)
    site.set_clock(datetime(2026, 8, 3, 10, 0, tzinfo=BEIJING))
    site.login(page, cast.handler.username)
    for part in ("suit", "suit/record"):
        page.goto(f"{site.url}/cases/{case.key}/{part}/")
        check_page(page)
    assert len(page.query_selector_all("main table.record")) == 10
