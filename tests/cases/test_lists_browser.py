"""The list of cases in the browser: the filter it opens with, columns, labels and assigning several."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from cases.models import ListColumns
from cases.services import tags, tasks
from cases.states import CaseState
from tests.cases.test_case_browser import keep
from tests.support.browser import LONGER_WORDS, check_page, give_password
from tests.support.matters import bring, make_case

pytestmark = pytest.mark.browser


def enter(site, page, person) -> None:
    person.language = LONGER_WORDS
    give_password(person)
    site.login(page, person.username)
    page.goto(f"{site.url}/cases/")


def test_a_filter_is_kept_opens_the_list_and_everything_is_one_click_away(site, page, cast):
    make_case(cast, title="银杏案")
    make_case(cast, title="国槐案")
    enter(site, page, cast.handler)
    page.fill("main input[name=q]", "银杏")
    page.press("main input[name=q]", "Enter")
    page.wait_for_selector("text=国槐案", state="detached")
    page.click("text=Save the present filter")
    page.fill("#save_name", "银杏")
    page.check("#save_opens_list")
    page.click("button:has-text('Save the filter')")
    page.wait_for_selector("text=opens the list")
    check_page(page)
    keep(page, "list-kept")
    page.goto(f"{site.url}/cases/")
    assert page.url.endswith("?q=%E9%93%B6%E6%9D%8F")
    assert page.locator("text=国槐案").count() == 0
    page.click("main a:has-text('Show all')")
    page.wait_for_selector("text=国槐案")
    assert page.url.endswith("?all=1")
    page.click("a.btn:has-text('Change')")
    page.uncheck("input[name=opens_list]")
    check_page(page)
    page.click("main button.primary")
    page.goto(f"{site.url}/cases/")
    page.wait_for_selector("text=国槐案")


def test_columns_are_chosen_without_a_script(site, chromium_browser, cast):
    make_case(cast)
    context = chromium_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(site, page, cast.handler)
    page.goto(f"{site.url}/cases/columns/")
    page.fill("input[name=updated_at]", "1")
    page.click("button:has-text('Keep these columns')")
    assert page.locator("thead th").nth(1).inner_text() == "Latest entry"
    assert ListColumns.objects.get(user=cast.handler).columns[0] == "updated_at"
    # Nothing is hidden from who has no script: the bar stands there, its boxes are sent.
    page.check("input[name=case]")
    page.click("button:has-text('Put labels on')")
    assert "case=" in page.url
    context.close()


def test_the_head_marks_cases_and_assigns_them(site, page, cast):
    cases = [make_case(cast, title=f"第{number}案") for number in range(3)]
    tag = tags.create_tag(actor=cast.head, facts={"name": "人脸识别", "use": "field"})
    tags.tag_matter(actor=cast.handler, matter=cases[0], put_on=[tag])
    enter(site, page, cast.head)
    bar = page.locator("[data-select-bar]")
    assert bar.is_hidden()
    page.check("input[data-select-all]")
    assert bar.locator("[data-select-count]").inner_text() == "3"
    check_page(page)
    keep(page, "list-marked")
    page.uncheck(f"input[value='{cases[1].key}']")
    page.click("button:has-text('Assign')")
    page.wait_for_selector("text=2 cases")
    check_page(page)
    keep(page, "list-assign")
    page.select_option("select[name=successor]", label=cast.colleague.name)
    page.fill("textarea[name=reason]", "工作调整")
    page.click("main button.primary")
    page.wait_for_selector("text=Done: 2. Not done: 0.")
    check_page(page)
    keep(page, "list-assigned")
    page.click("main a.primary")
    page.wait_for_selector(f"tr:has-text('{cases[0].title}') >> text={cast.colleague.name}")
    leads = [case.team.get(position="lead", until=None).user for case in cases]
    assert leads == [cast.colleague, cast.handler, cast.colleague]


def test_the_board_counts_by_stage_and_leads_to_the_list_without_a_script(
    site, chromium_browser, cast
):
    make_case(cast, title="银杏案")
    for state in (CaseState.TRIAL, CaseState.TRIAL, CaseState.CLOSED):
        bring(make_case(cast), state)
    context = chromium_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(site, page, cast.handler)
    page.click("main .views a:has-text('By stage')")
    assert page.url.endswith("layout=board")
    page.click("main .kpi a:has-text('Trial')")
    assert page.locator("tbody tr").count() == 2
    page.click("main .views a:has-text('By stage')")
    assert page.locator("main .kpi a").count() == 1
    context.close()


def test_the_board_keeps_its_layout_through_filter_and_chips(site, page, cast):
    make_case(cast, title="银杏案")
    for state in (CaseState.TRIAL, CaseState.CLOSED, CaseState.SUIT_DECIDED):
        bring(make_case(cast), state)
    enter(site, page, cast.handler)
    page.goto(f"{site.url}/cases/?layout=board")
    check_page(page)
    page.fill("main input[name=q]", "银杏")
    page.press("main input[name=q]", "Enter")
    page.wait_for_selector("main .kpi a:has-text('Trial')", state="detached")
    assert page.locator("main .kpi a").count() == 1
    check_page(page)
    keep(page, "board-narrowed")
    page.click("main .chips a")
    page.wait_for_selector("main .kpi a:has-text('Trial')")
    assert "layout=board" in page.url
    page.click("main .views a:has-text('List')")
    page.wait_for_selector("main tbody tr")
    assert page.locator("tbody tr").count() == 4


def test_the_overdue_tasks_of_a_person_are_one_click_from_the_figures(site, page, cast):
    case, late = make_case(cast, title="银杏案"), clock.today() - timedelta(days=3)
    for title in ("核对镜像", "补正送达回证"):
        tasks.add_task(
            actor=cast.handler, matter=case, title=title, owner=cast.handler, due_on=late
        )
    enter(site, page, cast.head)
    page.goto(f"{site.url}/assignment/load/")
    page.click("main td a:has-text('2')")
    page.wait_for_selector("main tbody tr >> nth=1")
    assert page.locator("main tbody tr").count() == 2
    check_page(page)
    keep(page, "person-tasks")
    page.click("main .views a:has-text('All open')")
    page.wait_for_selector("main .views a[aria-current]:has-text('All open')")
    assert page.url.endswith("?show=all")


def test_what_the_cards_lack_is_listed_beside_the_board(site, page, cast):
    case = make_case(cast, title="银杏案")
    bring(make_case(cast), CaseState.CLOSED)
    enter(site, page, cast.head)
    page.click("main .views a:has-text('Completeness of the cards')")
    page.wait_for_selector("main td:has-text('Violator')")
    assert page.locator("main tbody tr").count() == 1
    check_page(page)
    page.click("main td.num a")
    page.wait_for_url(f"**/cases/{case.key}/card/")
