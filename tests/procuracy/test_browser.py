"""The frame in a real browser: reachable, within its policy, on every monitor and in both languages."""

from __future__ import annotations

import pytest
from playwright import sync_api as playwright

from accounts.models import Role
from tests.support import database
from tests.support.browser import (
    WIDTHS,
    accessibility_faults,
    check_page,
    give_password,
    width_faults,
)
from tests.support.people import make_user
from tests.support.processes import serial

pytestmark = pytest.mark.browser


_number = serial()


@pytest.fixture(scope="module")
def house(stage, django_db_setup, django_db_blocker):
    """One database for this module: its tests change nothing but the person each has of its own."""
    with database.clone(stage.name) as name, database.used(name, django_db_blocker):
        yield name


@pytest.fixture
def committed_db(house):
    return house


@pytest.fixture(scope="module")
def site(house, server):
    """The server on that database, all through this module."""
    with server.serving(house) as running:
        yield running


@pytest.fixture
def prosecutor(committed_db, cast):
    """A person no other test knows."""
    name = f"wangzhe{next(_number)}"
    user = make_user(cast.office, Role.PROSECUTOR, name="王喆", username=name)
    give_password(user)
    return user


def speak(page, language: str) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = false; })")
    button = page.locator(f"button[name=language][value={language}]")
    if button.count():
        button.click()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_login_page_is_accessible_and_keeps_its_policy(site, page, language):
    page.goto(f"{site.url}/login/")
    speak(page, language)
    assert page.locator("html").get_attribute("lang") == ("en" if language == "en" else "zh-Hans")
    check_page(page)


def test_what_breaks_a_rule_of_access_or_a_width_is_found(page):
    page.set_content("""<!doctype html><html lang="en"><title>x</title><main><h1>x</h1>
        <img src="x.png"><p style="color: #ddd; background: #fff">pale</p>
        <div style="width: 1500px">wide</div></main></html>""")
    faults = accessibility_faults(page)
    assert {fault.split(":")[0] for fault in faults} == {"image-alt", "color-contrast"}
    assert [fault.split()[-2] for fault in width_faults(page)] == ["1366", "390"]
    assert page.viewport_size["width"] == 1366
    with pytest.raises(AssertionError, match="image-alt"):
        check_page(page)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_component_is_accessible_and_keeps_the_policy(site, page, prosecutor, language):
    site.login(page, prosecutor.username)
    page.goto(f"{site.url}/styleguide/")
    speak(page, language)
    check_page(page)
    for path in ("/", "/help/", "/no-such-page/"):
        page.goto(f"{site.url}{path}")
        check_page(page)


def test_the_comfortable_density_and_dark_colours_stay_readable(site, page, prosecutor):
    prosecutor.density = "comfortable"
    prosecutor.save()
    site.login(page, prosecutor.username)
    page.goto(f"{site.url}/styleguide/")
    page.locator("details.person summary").click()
    page.locator("button[name=theme][value=dark]").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    check_page(page, widths=(1366,))


def test_the_navigation_is_reachable_on_a_narrow_window_without_scripts(
    site, chromium_browser, prosecutor
):
    context = chromium_browser.new_context(
        java_script_enabled=False, viewport={"width": 800, "height": 900}
    )
    page = context.new_page()
    site.login(page, prosecutor.username)
    assert not page.locator("nav.side").is_visible()
    page.locator("details.narrow summary").click()
    page.locator("details.narrow nav a").first.click()
    assert page.url == f"{site.url}/"
    context.close()


def test_a_typed_day_is_said_back_and_keys_open_pages(site, page, prosecutor):
    site.login(page, prosecutor.username)
    page.goto(f"{site.url}/styleguide/")
    page.locator("#id_day").fill("20261123")
    assert "星期一" in page.locator("#id_day ~ .echo").inner_text()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#main").focus()
    page.keyboard.press("?")
    page.wait_for_url(f"{site.url}/help/")


def test_a_formset_grows_and_marked_rows_are_counted(site, page, prosecutor):
    site.login(page, prosecutor.username)
    page.goto(f"{site.url}/styleguide/")
    page.locator("[data-add-another]").click()
    assert page.locator("#lines .row-group").count() == 2
    assert page.locator("#id_line-TOTAL_FORMS").input_value() == "2"
    page.locator("[data-select-all]").check()
    assert page.locator("[data-select-count]").inner_text() == "2"


def test_a_refused_form_leads_from_the_summary_to_the_field(site, page, prosecutor):
    site.login(page, prosecutor.username)
    page.goto(f"{site.url}/styleguide/")
    assert page.evaluate("document.activeElement.className") == "errsum"
    page.locator(".errsum a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_title"
    described = page.locator("#id_title").get_attribute("aria-describedby").split()
    assert described == ["id_title_helptext", "id_title_error"]


def test_leaving_with_unsaved_entries_asks_first(site, page, prosecutor):
    site.login(page, prosecutor.username)
    page.goto(f"{site.url}/styleguide/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill("#id_title", "x")
    page.goto(f"{site.url}/help/")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_may_be_created_unfolds_in_the_top_bar_at_every_width(
    site, page, prosecutor, language
):
    site.login(page, prosecutor.username)
    page.goto(f"{site.url}/help/")
    speak(page, language)
    page.locator("details.new > summary").click()
    assert page.locator("details.new a").count() == 2
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        box = page.locator("details.new .sheet").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert page.locator("details.new a").first.is_visible()
    check_page(page)


def test_the_menu_of_what_may_be_created_needs_no_script(site, chromium_browser, prosecutor):
    context = chromium_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    site.login(page, prosecutor.username)
    page.locator("details.new > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/leads/new/")
    context.close()


def test_a_key_opens_the_menu_where_the_page_offers_nothing_itself(site, page, prosecutor):
    site.login(page, prosecutor.username)
    page.goto(f"{site.url}/help/")
    page.keyboard.press("n")
    assert page.locator("details.new").get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert page.locator("details.new").get_attribute("open") is None
    page.goto(f"{site.url}/leads/")
    page.keyboard.press("n")
    page.wait_for_url("**/leads/new/")


def test_keys_can_be_switched_off(site, page, prosecutor):
    site.login(page, prosecutor.username)
    page.goto(f"{site.url}/help/")
    page.locator("[data-hotkeys-switch]").uncheck()
    page.reload()
    assert not page.locator("[data-hotkeys-switch]").is_checked()
    page.keyboard.press("g")
    page.keyboard.press("q")
    assert page.url == f"{site.url}/help/"


def test_the_end_of_the_session_is_announced_and_can_be_put_off(site, page, prosecutor):
    site.login(page, prosecutor.username)
    page.clock.install()
    page.goto(f"{site.url}/help/")
    notice = page.locator("[data-idle-warning]")
    page.clock.fast_forward("12:00")
    playwright.expect(notice).to_be_hidden()
    page.clock.fast_forward("01:20")
    playwright.expect(notice).to_be_visible()
    check_page(page, widths=(390,))
    notice.get_by_role("button").click()
    playwright.expect(notice).to_be_hidden()
    page.clock.fast_forward("15:20")
    playwright.expect(page.locator("[data-idle-over]")).to_be_visible()


def test_a_draft_is_sent_while_one_types_and_a_failure_is_said(site, page, prosecutor):
    site.login(page, prosecutor.username)
    page.clock.install()
    page.goto(f"{site.url}/styleguide/")
    answers = iter([500, 204])
    page.route("**/draft/", lambda route: route.fulfill(status=next(answers)))
    status = page.locator("#form [data-autosave-status]")
    page.evaluate("document.querySelector('#form form').dataset.autosave = '/draft/'")
    page.fill("#id_title", "x")
    page.clock.fast_forward(20_000)
    playwright.expect(status).to_have_text(status.get_attribute("data-failed"))
    page.clock.fast_forward(20_000)
    playwright.expect(status).to_contain_text(status.get_attribute("data-saved"))
    page.goto(f"{site.url}/help/")
    assert page.url.endswith("/help/")
