"""The list of leads in the browser: columns, a filter that is kept, giving several to a prosecutor, taking out."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.models import AuditEvent
from cases.models import Lead, ListColumns
from cases.services import tags
from tests.cases.test_lead_browser import keep
from tests.support.browser import LONGER_WORDS, check_page, give_password
from tests.support.matters import assign, make_lead

pytestmark = pytest.mark.browser


def enter(site, page, person) -> None:
    person.language = LONGER_WORDS
    give_password(person)
    site.login(page, person.username)
    page.goto(f"{site.url}/leads/")


def test_the_head_finds_keeps_marks_and_gives_leads_and_takes_them_out(site, page, cast):
    leads = [make_lead(cast, title=f"第{number}号银杏线索") for number in range(3)]
    assign(cast, leads[2])
    make_lead(cast, title="国槐线索", major=True, suspected_processor="某网络公司")
    enter(site, page, cast.head)
    check_page(page)
    keep(page, "leads")
    page.fill("main input[name=q]", "银杏")
    page.press("main input[name=q]", "Enter")
    page.wait_for_selector("text=国槐线索", state="detached")
    page.click("th a:has-text('Received on')")
    page.wait_for_selector("th[aria-sort=ascending]")
    page.click("text=Save the present filter")
    page.fill("#save_name", "银杏")
    page.check("#save_opens_list")
    page.click("button:has-text('Save the filter')")
    page.wait_for_selector("text=opens the list")
    page.goto(f"{site.url}/leads/")
    assert page.locator("text=国槐线索").count() == 0
    page.click("details.more-filters summary")
    page.check("input[data-select-all]")
    assert page.locator("[data-select-count]").inner_text() == "3"
    check_page(page)
    keep(page, "leads-marked")
    page.click("button:has-text('Assign')")
    page.wait_for_selector("text=3 leads")
    page.select_option("select[name=successor]", label=cast.colleague.name)
    page.check("input[name=conflict_checked]")
    page.fill("textarea[name=reason]", "工作调整")
    check_page(page)
    keep(page, "leads-assign")
    page.click("main button.primary")
    page.wait_for_selector("text=Done: 3. Not done: 0.")
    check_page(page)
    page.click("main a.primary")
    page.wait_for_selector(f"tr:has-text('{leads[0].title}') >> text={cast.colleague.name}")
    assert {Lead.objects.get(pk=lead.pk).handler for lead in leads} == {cast.colleague}
    page.check(f"input[value='{leads[1].key}']")
    with page.expect_download() as download:
        page.click("button:has-text('Export (csv)')")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert leads[1].key in text
    assert leads[0].key not in text
    assert AuditEvent.objects.filter(action="lead.exported").count() == 1


def test_the_head_labels_marked_leads_and_finds_them_by_the_label(site, page, cast):
    leads = [make_lead(cast, title=f"第{number}号银杏线索") for number in range(3)]
    for name, use in (("人脸识别", "field"), ("重点督办", "work")):
        tags.create_tag(actor=cast.head, facts={"name": name, "use": use})
    enter(site, page, cast.head)
    page.check(f"input[value='{leads[0].key}']")
    page.check(f"input[value='{leads[1].key}']")
    page.click("button:has-text('Put labels on')")
    page.wait_for_selector("text=2 leads")
    put_on = page.get_by_role("group", name="Put on")
    for name in ("人脸识别", "重点督办"):
        put_on.get_by_label(name).check()
    check_page(page)
    keep(page, "leads-label")
    page.click("main button.primary")
    page.wait_for_selector("text=Done: 2. Not done: 0.")
    page.click("main a.primary")
    page.click("details.more-filters summary")
    page.get_by_role("group", name="Labels").get_by_label("人脸识别").check()
    page.press("main input[name=q]", "Enter")
    page.wait_for_selector(f"text={leads[2].title}", state="detached")
    check_page(page)
    keep(page, "leads-labelled")
    page.click(f"a:has-text('{leads[0].title}')")
    page.click("a:has-text('Choose labels')")
    page.get_by_label("重点督办").uncheck()
    check_page(page)
    page.click("main button.primary")
    page.wait_for_selector("text=The labels are saved.")
    check_page(page)
    keep(page, "lead-labels")
    assert list(leads[0].lead_tags.values_list("tag__name", flat=True)) == ["人脸识别"]


def test_columns_are_chosen_without_a_script(site, chromium_browser, cast):
    make_lead(cast)
    context = chromium_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(site, page, cast.head)
    page.goto(f"{site.url}/leads/columns/")
    page.fill("input[name=department]", "1")
    page.click("button:has-text('Keep these columns')")
    assert page.locator("thead th").nth(1).inner_text() == "Department"
    assert ListColumns.objects.get(user=cast.head).list_name == "leads"
    # Nothing is hidden from who has no script: the bar stands there, its boxes are sent.
    page.check("input[name=lead]")
    page.click("button:has-text('Assign')")
    assert "lead=" in page.url
    context.close()
