"""The pages of a recommendation in a browser: no fault of width, policy or accessibility."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from django.urls import reverse

from audit.clock import BEIJING
from tests.administrative import track
from tests.support.browser import LONGER_WORDS, check_page, give_password
from tests.support.days import on

pytestmark = pytest.mark.browser
# Set to a folder, the pages are kept there as pictures for people to look at.
PICTURES = os.environ.get("SCREENSHOTS", "")
NOW = datetime(2026, 5, 28, 10, 0, tzinfo=BEIJING)


def keep(page, name: str) -> None:
    for width in (390, 1366) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh-hans", LONGER_WORDS])
def test_the_recommendation_and_its_preparation_can_be_read_by_everybody(
    site, page, cast, language
):
    cast.handler.language = language
    give_password(cast.handler)
    with on(2026, 5, 28):
        read = track.read_case(cast)
        being, empty = track.case_against(cast), track.case_against(cast)
        track.prepared(being, actor=cast.handler)
        first = track.measure(being, 1).pk
    site.set_clock(NOW)
    site.login(page, cast.handler.username)
    for title, name, arguments in (
        ("recommendation", "case_recommendation", [read.key]),
        ("overview", "case_detail", [read.key]),
        ("nothing-prepared", "case_recommendation", [empty.key]),
        ("being-prepared", "case_recommendation", [being.key]),
        ("begin", "recommendation_prepare", [empty.key]),
        ("prepare", "recommendation_prepare", [being.key]),
        ("measure-add", "measure_add", [being.key]),
        ("measure-change", "measure_change", [being.key, first]),
        ("measure-remove", "measure_remove", [being.key, first]),
    ):
        assert page.goto(f"{site.url}{reverse(name, args=arguments)}").status == 200, title
        check_page(page)
        keep(page, f"{title}-{language}")
    refused = page.goto(f"{site.url}{reverse('recommendation_prepare', args=[read.key])}")
    assert refused.status == 409
    check_page(page)
    keep(page, f"impossible-{language}")


@pytest.mark.slow
def test_a_recommendation_is_prepared_measure_by_measure(site, page, cast):
    give_password(cast.handler)
    with on(2026, 5, 28):
        case = track.case_against(cast)
    site.set_clock(NOW)
    site.login(page, cast.handler.username)
    page.goto(f"{site.url}{reverse('case_recommendation', args=[case.key])}")
    page.click(f"main a[href='{reverse('recommendation_prepare', args=[case.key])}']")
    page.fill("input[name=period]", "0")
    page.check("input[name=relation][value=superior]")
    page.click("main .sticky button.primary")
    assert page.locator(".field.wrong").count() == 2
    check_page(page)
    page.fill("input[name=period]", "2")
    page.check("input[name=relation][value=own_level]")
    page.click("main .sticky button.primary")
    for facts in (track.PUNISH, track.INSPECT):
        page.click(f"main a[href='{reverse('measure_add', args=[case.key])}']")
        page.fill("textarea[name=text]", facts["text"])
        page.fill("input[name=basis]", facts["basis"])
        page.fill("textarea[name=expected_proof]", facts["expected_proof"])
        page.click("main .sticky button.primary")
    one = track.measure(case, 1)
    page.click(f"main a[href='{reverse('measure_remove', args=[case.key, one.pk])}']")
    page.click("main .sticky button.danger")
    page.wait_for_url("**/prepare/")
    assert track.measure(case, 1).text == track.INSPECT["text"]
