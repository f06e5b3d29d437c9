"""Every page in Chromium: no rule of access broken, the policy kept, no sideways scroll, in both languages.

The pages come from the resolver by way of `tests/procuracy/tour.py`; a page the tour does not reach fails
its own test. Here each is opened once a language, its answer is 200, axe reads it at 1366 pixels, and it
is made narrow and wide.
"""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from audit.clock import BEIJING
from tests.procuracy.tour import LANGUAGES
from tests.support.browser import (
    accessibility_faults,
    loose_sources,
    policy_faults,
    width_faults,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOW = datetime(2026, 6, 24, 11, tzinfo=BEIJING)


def faults_of(page, url: str, *, contrast: bool) -> list[str]:
    """Open `url` and return what is wrong with the screen."""
    answer = page.goto(url)
    if answer is None or answer.status != 200:
        return [f"answers {answer and answer.status}"]
    page.wait_for_load_state()
    if loose := loose_sources(answer.headers.get("content-security-policy", "")):
        return [f"policy lets in {sorted(loose)}"]
    faults = accessibility_faults(page, contrast=contrast)
    return faults + policy_faults(page) + width_faults(page)


def let_in(page, site, person, cookie: str) -> None:
    """Give the browser the session of `person` and the language."""
    page.context.clear_cookies()
    cookies = {"django_language": cookie}
    if person is not None:
        client = Client()
        client.force_login(person)
        cookies["sessionid"] = client.cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": name, "value": value, "url": site.url} for name, value in cookies.items()]
    )


@pytest.mark.parametrize(("language", "cookie"), LANGUAGES)
def test_every_screen_is_accessible_keeps_the_policy_and_fits(
    furniture, site, page, language, cookie
):
    site.set_clock(NOW)
    wrong = {}
    inside: object = page  # nobody yet
    # The colours are the same in every language, so they are measured in one.
    contrast = cookie == LANGUAGES[0][1]
    for stop in sorted(furniture.stops, key=lambda stop: str(stop.person)):
        if stop.person != inside:
            let_in(page, site, inside := stop.person, cookie)
        faults = faults_of(page, f"{site.url}{stop.address}", contrast=contrast)
        if page.locator("html").get_attribute("lang") != language:
            faults.append("speaks another language")
        if faults:
            wrong[stop.name, stop.address] = faults
    assert wrong == {}, "\n".join(f"{place}: {faults}" for place, faults in wrong.items())
