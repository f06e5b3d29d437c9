"""Looking for something from the box above every page: what a person types, and where it leads him.

The head of a department looks for a case by its number, by two characters, by the initials of a party; a
prosecutor of another office types the same and finds nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright import sync_api as playwright

from cases.models import Case, Lead, Party
from tests.support.browser import _WATCH, check_page, give_password
from tests.support.matters import make_case, make_lead
from tests.support.people import Cast

pytestmark = pytest.mark.browser
NUMBER = "江云检民公立〔2026〕7号"
# As it comes from a keyboard: with other brackets and a space.
TYPED = "江云检民公立(2026) 7号"
MANY = 1001


@pytest.fixture
def case(committed_db, cast) -> Case:
    """A case with a number and a party, a lead of the same company, more other leads than are counted."""
    case = make_case(cast, title="某平台公开住址案")
    Case.objects.filter(pk=case.pk).update(official_number=NUMBER)
    Party.objects.create(
        case=case, role="violator", kind="organisation", name="云山数据有限公司",
        created_by=cast.handler,
    )  # fmt: skip
    lead = make_lead(cast, title="刷脸进门线索", suspected_processor="云山数据有限公司")
    _add_leads(lead)
    for person in (cast.head, cast.stranger):
        give_password(person)
    return case


def _add_leads(lead: Lead) -> None:
    """Register `MANY` leads of one title at once; nobody needs what the service does besides."""
    given = {field.attname: getattr(lead, field.attname) for field in Lead._meta.concrete_fields}
    del given["id"]
    same = {"title": "同类线索", "suspected_processor": "", "initials": ""}
    Lead.objects.bulk_create(
        Lead(
            **given
            | same
            | {"serial": lead.serial + number, "key": f"{lead.key[:-5]}{lead.serial + number:05}"}
        )
        for number in range(1, MANY + 1)
    )


@contextmanager
def at(browser, site, person, language: str, *, scripts: bool) -> Iterator[playwright.Page]:
    """A window of a person who has logged in, in a language, with or without scripts."""
    context = browser.new_context(
        java_script_enabled=scripts, viewport={"width": 1366, "height": 768}
    )
    if scripts:
        context.add_init_script(_WATCH)
    page = context.new_page()
    site.login(page, person.username)
    context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
    yield page
    context.close()


def look_for(page: playwright.Page, words: str) -> None:
    """Type into the box above the page and press Enter."""
    page.fill("header input[name=q]", words)
    with page.expect_navigation():
        page.press("header input[name=q]", "Enter")


def marked(page: playwright.Page) -> set[str]:
    return set(page.locator("main mark").all_inner_texts())


def groups(page: playwright.Page) -> list[str]:
    return [heading.get_attribute("id") for heading in page.locator("main section h2").all()]


def journey(page: playwright.Page, case: Case, *, scripts: bool) -> None:
    def check() -> None:
        if scripts:
            check_page(page, (390, 1366))

    # A whole number opens what bears it, however it is typed.
    for words in (TYPED, case.key.lower()):
        look_for(page, words)
        assert page.url.endswith(case.get_absolute_url()), words
    # Two characters are enough; what was looked for is marked.
    look_for(page, "住址")
    assert groups(page) == ["found-cases"]
    assert marked(page) == {"住址"}
    # Initials find the company: its case, itself, the lead; the characters they stand for are marked.
    look_for(page, "yssj")
    assert groups(page) == ["found-cases", "found-parties", "found-leads"]
    assert "云山数据" in marked(page)
    check()
    page.locator("main nav a[href='#found-leads']").click()
    assert page.url.endswith("#found-leads")
    # More than a thousand are not counted to the end; the list shows all of them.
    look_for(page, "同类")
    assert page.locator("#found-leads .count").inner_text() == "1000+"
    assert page.locator("main tbody tr").count() == 20
    check()
    with page.expect_navigation():
        page.locator("main section > header a").click()
    assert page.locator("main input[name=q]").input_value() == "同类"


@pytest.mark.parametrize(("language", "scripts"), [("zh-hans", True), ("en", True), ("en", False)])
def test_what_is_typed_leads_to_the_case_and_the_stranger_finds_nothing_of_it(
    chromium_browser, site, cast: Cast, case, language, scripts
):
    with at(chromium_browser, site, cast.head, language, scripts=scripts) as page:
        journey(page, case, scripts=scripts)
    with at(chromium_browser, site, cast.stranger, language, scripts=scripts) as page:
        for words in (TYPED, case.key, "住址", "yssj", "云山", "同类"):
            look_for(page, words)
            assert "/search/" in page.url, words
            assert groups(page) == [], words
            said = page.locator("main .empty").inner_text()
            assert words in said.replace("\n", " ")
        if scripts:
            check_page(page, (390, 1366))
