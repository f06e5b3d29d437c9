"""The pages about all recommendations in a browser: no fault of width, policy or accessibility."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.urls import reverse

from audit.clock import BEIJING
from tests.administrative import board_rows as rows
from tests.support.browser import LONGER_WORDS, check_page, give_password
from tests.support.days import on

pytestmark = pytest.mark.browser
TODAY = (2026, 7, 15)


@pytest.mark.parametrize("language", ["zh-hans", LONGER_WORDS])
def test_board_register_figures_and_guide_can_be_read_by_everybody(site, page, cast, language):
    cast.handler.language = language
    give_password(cast.handler)
    with on(*TODAY):
        answered, overdue, prepared = (rows.against(cast) for _number in range(3))
        for case in (answered, overdue):
            rows.wait(case)
        rows.reply(answered, date(2026, 6, 1))
        rows.escalate(overdue, date(2026, 7, 13))
        rows.prepare(prepared)
    site.set_clock(datetime(*TODAY, 10, 0, tzinfo=BEIJING))
    site.login(page, cast.handler.username)
    guide = reverse("instrument_guide")
    for address in (
        reverse("recommendation_board"),
        reverse("recommendation_register"),
        reverse("administrative_figures"),
        guide,
        f"{guide}?purpose=track&matter={prepared.key}&body={prepared.authority_of.body.pk}",
    ):
        page.goto(f"{site.url}{address}")
        check_page(page)
