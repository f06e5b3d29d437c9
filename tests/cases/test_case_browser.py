from __future__ import annotations

import os
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from audit.clock import BEIJING
from cases.models import Case
from cases.services import parties, tasks, work
from deadlines import services
from tests.support import matters
from tests.support.browser import LONGER_WORDS, check_page, give_password
from tests.support.days import on
from tests.support.matters import announce, ask_to_stand_aside, happen, make_case
from tests.support.people import Cast

pytestmark = pytest.mark.browser
# Set to a folder, the pages are kept there as pictures for people to look at.
PICTURES = os.environ.get("SCREENSHOTS", "")


def keep(page, name: str) -> None:
    for width in (390, 1366) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)


def make_full_case(cast: Cast) -> Case:
    """A case with something on every tab."""
    with on(2026, 1, 5):
        lead = matters.assess(cast, matters.assign(cast, matters.make_lead(cast)))
    case = make_case(cast, title="某群组收集公开他人信息民事公益诉讼案")
    Case.objects.filter(pk=case.pk).update(
        lead=lead,
        sensitive=True,
        severe=True,
        minors_concerned=True,
        persons_concerned=800,
        items_concerned=1200,
        act_place="江州市云山区",
        harm_place="全国",
        summary="有人在境外通讯软件上设立三个频道，收集并公开他人个人信息一千二百余条。",
    )
    case.refresh_from_db()
    with on(2026, 3, 5):
        happen(
            case,
            "case_opened",
            date(2026, 2, 2),
            actor=cast.handler,
            machine="case",
            object_id=case.pk,
            transition="T06",
            to_state="filed",
        )
        announce(case, date(2026, 3, 5))
        _people_and_work(cast, case)
    case.refresh_from_db()
    return case


def _people_and_work(cast: Cast, case: Case) -> None:
    matters.set_full_team(cast, case)
    organisation = {"role": "violator", "kind": "organisation", "name": "江州某网络科技有限公司"}
    parties.add_party(
        actor=cast.handler, case=case, facts=organisation | {"credit_code": "91110000600037341L"}
    )
    parties.add_party(
        actor=cast.handler,
        case=case,
        facts={
            "role": "authority",
            "kind": "public_body",
            "name": "江州市网信办",
            "no_code_reason": "未登记",
        },
    )
    services.set_manual(actor=cast.handler, matter=case, title="回访被害人", day=date(2026, 3, 9))
    tasks.add_task(
        actor=cast.handler,
        matter=case,
        title="补充调取后台日志",
        owner=cast.handler,
        due_on=date(2026, 3, 10),
    )
    facts = {
        "day": date(2026, 3, 4),
        "person": "刘某",
        "organisation": "平台",
        "medium": "telephone",
    }
    work.record_contact(
        actor=cast.handler, matter=case, facts=facts | {"content": "询问日志保存期限。"}
    )
    work.add_note(actor=cast.handler, matter=case, text="先固定后台数据。")
    work.add_comment(actor=cast.head, matter=case, text="注意未成年人信息。")
    other = make_case(cast, title="另一群组案")
    work.link_cases(actor=cast.handler, source=case, target=other, kind="same_violator")
    ask_to_stand_aside(cast, case, cast.assistant)


@pytest.mark.slow
def test_a_case_with_something_everywhere_can_be_read_by_everybody(site, page, cast):
    cast.handler.language = LONGER_WORDS
    give_password(cast.handler)
    case = make_full_case(cast)
    site.set_clock(datetime(2026, 3, 8, 10, tzinfo=BEIJING))
    site.login(page, cast.handler.username)
    below = f"/cases/{case.key}/"
    paths = {
        "list-filtered": "/cases/?q=群组&state=filed&deadline=near",
        "list-empty": "/cases/?q=没有这样的案件",
        "overview": below,
        "parties": f"{below}parties/",
        "people": f"{below}people/",
        "contacts": f"{below}contacts/",
    }
    for name, path in paths.items():
        page.goto(f"{site.url}{path}")
        for folded in page.query_selector_all("main details:not(.menu) > summary"):
            folded.click()
        check_page(page)
        keep(page, f"{name}")


def test_filtering_and_paging_load_only_the_list_and_keep_the_address(site, page, cast):
    cast.handler.language = "en"
    give_password(cast.handler)
    make_case(cast, title="银杏案")
    make_case(cast, title="梧桐案")
    site.login(page, cast.handler.username)
    page.goto(f"{site.url}/cases/")
    page.evaluate("window.stays = true")
    page.fill("main input[name=q]", "银杏")
    page.press("main input[name=q]", "Enter")
    page.wait_for_selector("text=梧桐案", state="detached")
    assert "q=" in page.url
    assert page.evaluate("window.stays") is True
    page.click("ul.chips a.chip")
    page.wait_for_selector("text=梧桐案")
    page.click("text=银杏案")
    page.wait_for_selector("ol.track")
    assert page.evaluate("window.stays") is None


def test_the_list_and_the_conflict_page_need_no_script(site, chromium_browser, cast):
    cast.handler.language = "en"
    give_password(cast.handler)
    case = make_case(cast, title="银杏案")
    make_case(cast, title="梧桐案")
    context = chromium_browser.new_context(java_script_enabled=False)
    page, second = context.new_page(), context.new_page()
    site.login(page, cast.handler.username)
    page.goto(f"{site.url}/cases/")
    page.fill("main input[name=q]", "银杏")
    page.click("main form[role=search] button.primary >> nth=0")
    assert "梧桐案" not in page.inner_text("main")
    for tab in (page, second):
        tab.goto(f"{site.url}/cases/{case.key}/edit/")
    for tab, text in ((page, "先改"), (second, "后改")):
        tab.fill("textarea[name=summary]", text)
        tab.click("main form.card button.primary")
    assert "What is different" in second.inner_text("main")
    assert "先改" in second.inner_text("#differences")
    second.click("main form.card button.primary")
    assert "后改" in second.inner_text("#summary")
    context.close()


def test_the_summary_for_print_fits_on_one_sheet(site, page, cast):
    give_password(cast.handler)
    case = make_full_case(cast)
    site.set_clock(datetime(2026, 3, 8, 10, tzinfo=BEIJING))
    site.login(page, cast.handler.username)
    page.goto(f"{site.url}/cases/{case.key}/print/")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    if PICTURES:
        (Path(PICTURES) / "print.pdf").write_bytes(printed)
    reader = PdfReader(BytesIO(printed))
    assert len(reader.pages) == 1
    assert "Menu" not in reader.pages[0].extract_text()


def test_the_refusal_of_a_step_that_comes_too_early_can_be_read_by_everybody(site, page, cast):
    cast.handler.language = LONGER_WORDS
    give_password(cast.handler)
    with on(2026, 4, 1):
        case = matters.announced_case(cast, date(2026, 3, 2))
    site.set_clock(datetime(2026, 4, 1, 10, tzinfo=BEIJING))
    site.login(page, cast.handler.username)
    page.goto(f"{site.url}/matters/{case.key}/proposals/new/T21/")
    page.fill("[name=harm_found_on]", "2026-04-01")
    page.fill("[name=harm_finding]", "群组仍在公开信息。")
    page.fill("[name=reasons]", "理由充分。")
    page.click("main form button.primary")
    assert "2026-04-01" in page.inner_text(".msg.bad")
    check_page(page)
    keep(page, "refused-too-early")
