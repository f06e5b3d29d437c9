"""The search through every room: what it finds for whom, and how page and API show it."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright import sync_api as playwright

from administrative.models import Body
from cases.models import Case, Lead, Party, TeamMember
from cases.registries import search as sources
from evidence.models import Exhibit
from exchange.models import Paper
from notices.models import Document
from procuracy.search import LONGEST, MOST, search
from tests.exchange.conftest import register
from tests.procuracy.test_every_page import HOSTILE, Tags
from tests.support.api import program_of
from tests.support.browser import check_page, give_password
from tests.support.matters import make_case, make_lead, stand_aside

PAGE = reverse("search")


def ask(client, person, words: str | None, language: str = "en"):
    """Open the page of the search as `person`."""
    person.language = language
    person.save(update_fields=["language"])
    client.force_login(person)
    return client.get(PAGE, {} if words is None else {"q": words})


def links(person, words: str) -> list[str]:
    """Return the pages of everything `person` finds, each once: a case and its party lead to one page."""
    return list(dict.fromkeys(row.link for group in search(person, words) for row in group.rows))


def found(person, words: str) -> dict[str, int]:
    return {group.source.code: len(group.rows) for group in search(person, words)}


# --- what is found ------------------------------------------------------------------------------


def test_a_case_is_found_by_key_official_number_title_and_the_names_of_its_parties(cast):
    case = make_case(cast, title="某平台公开住址案")
    make_case(cast, title="另一案")
    Case.objects.filter(pk=case.pk).update(official_number="江云检公益立〔2026〕7号")
    Party.objects.create(
        case=case, role="violator", kind="organisation", name="云山数据有限公司",
        aliases="云数", credit_code="91330106MA2ABCDE0X", created_by=cast.handler,
    )  # fmt: skip
    for words in (
        *(case.key, case.key.lower(), "立〔2026〕7号", "公开住址"),
        *("云山数据", "云数", "91330106MA2ABCDE0X", "  公开住址 "),
    ):
        assert links(cast.handler, words.strip()) == [case.get_absolute_url()], words


def test_a_party_taken_out_of_the_case_no_longer_finds_it(cast):
    Party.objects.create(
        case=make_case(cast), role="violator", kind="organisation", name="误列有限公司",
        created_by=cast.handler, removed_at="2026-02-01T00:00Z", removed_reason="误列",
    )  # fmt: skip
    assert links(cast.handler, "误列") == []


def test_a_lead_is_found_by_key_title_processor_and_summary_but_never_by_its_reporter(cast):
    lead = make_lead(
        cast, title="门卫登记线索", suspected_processor="青石物业", summary="强制刷脸进门",
        source="complaint", reporter_name="赵告", reporter_contact="13900001111",
    )  # fmt: skip
    for words in (lead.key, "门卫登记", "青石物业", "刷脸"):
        assert links(cast.head, words) == [lead.get_absolute_url()], words
    for words in ("赵告", "13900001111"):
        assert links(cast.head, words) == [], words


def test_bodies_and_papers_are_found_by_the_initials_of_their_names(cast):
    body = Body.objects.create(name="江州市消费者保护委员会", kind="unit", level="city")
    paper = register(cast.clerk, correspondent="云湖区消费者保护委员会", subject="关于移送线索的函")
    (bodies, papers) = (
        [row.link for row in group.rows]
        for code in ("bodies", "papers")
        for group in search(cast.clerk, "xfz")
        if group.source.code == code
    )
    assert (bodies, papers) == ([body.get_absolute_url()], [paper.get_absolute_url()])
    assert links(cast.clerk, "gyysxs") == [paper.get_absolute_url()]


@pytest.mark.slow
def test_every_source_gives_rows_that_page_and_api_can_draw_and_that_open(furniture):
    """Each row of each source has a title, a page and an address in the API, all of which answer."""
    handler, words = furniture.cast.handler, {
        "cases": Case.objects.filter(office=furniture.cast.office).latest("pk").title[:4],
        "parties": Party.objects.filter(case__office=furniture.cast.office).latest("pk").name,
        "leads": Lead.objects.latest("pk").title,
        "documents": Document.objects.exclude(number="").latest("pk").title,
        "exhibits": Exhibit.objects.latest("pk").name,
        "papers": Paper.objects.latest("pk").subject,
        "bodies": Body.objects.latest("pk").name,
    }  # fmt: skip
    assert set(words) == set(sources), "Say what finds something in the new source."
    client, program = Client(), program_of(handler)
    client.force_login(handler)
    for code, source in sources.items():
        rows = [source.show(row) for row in source.find(handler, words[code])]
        assert rows, code
        page = client.get(PAGE, {"q": words[code]}).content.decode()
        for row in rows[:MOST]:
            assert row.title.strip(), code
            assert row.state, code
            assert f'href="{row.link}"' in page
            assert client.get(row.link).status_code == 200
            assert program.get(row.address).status_code == 200
        if source.lists:
            query = urlencode({source.parameter: words[code]})
            listed = client.get(f"{reverse(source.lists[0])}?{query}")
            assert rows[0].link in listed.content.decode(), code
            told = program.get(f"{reverse(source.lists[1])}?{query}").json()
            assert len(told["results"]) == min(len(rows), 25), code


def test_at_most_twenty_of_a_source_are_shown_and_the_list_shows_the_rest(client, cast):
    for number in range(MOST + 1):
        make_case(cast, title=f"系列案{number}")
    page = ask(client, cast.handler, "系列案")
    (group,) = page.context["groups"]
    assert [len(group.rows), group.more] == [MOST, True]
    assert group.rows[0].title == f"系列案{MOST}", "the newest first"
    assert f'href="{group.page}"' in page.content.decode()
    listed = client.get(group.page)
    assert len(listed.context["page"].items) == MOST + 1
    assert ask(client, cast.handler, "系列案20").context["groups"][0].more is False


def test_more_rows_cost_no_more_queries(cast):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            search(cast.handler, "案")
        return len(counted)

    make_case(cast)
    few = queries()
    for _number in range(MOST):
        make_case(cast)
        make_lead(cast, title="一案")
    # The cases are more than are shown: one query counts them.
    assert queries() == few + 1
    assert few <= 30


# --- for whom -----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.norm("C018")
@pytest.mark.norm("C131")
def test_who_may_not_see_a_matter_finds_nothing_of_it_in_any_source(furniture):
    cast, case = furniture.cast, Case.objects.filter(parties__isnull=False).first()
    words = [
        case.key,
        case.title,
        case.parties.first().name,
        "号",
        "2026",
        "镜像",
        cast.office.code,
    ]
    sees = {code for word in words for code in found(cast.handler, word)}
    assert sees == set(sources)
    for person in (cast.stranger, cast.recused, cast.auditor, cast.system_administrator):
        # A paper of no matter yet is open to whoever registers papers in its office; the directory of
        # bodies is shared by all who handle cases.
        open_to_him = {"papers"} if person == cast.recused else set()
        if person in (cast.stranger, cast.recused):
            open_to_him |= {"bodies"}
        for word in words:
            assert found(person, word).keys() <= open_to_him, (person, word)
            told = program_of(person).ask("search/", q=word)
            assert {group["code"] for group in told} <= open_to_him
            linked = Paper.objects.exclude(lead=None, case=None)
            assert not sources["papers"].find(person, word).filter(pk__in=linked).exists()


@pytest.mark.norm("C018")
def test_a_granted_recusal_ends_finding(cast):
    case = make_case(cast)
    TeamMember.objects.create(case=case, user=cast.recused, position="handler")
    assert links(cast.recused, case.title) == [case.get_absolute_url()]
    stand_aside(cast, case, cast.recused)
    assert links(cast.recused, case.title) == []


def test_nobody_searches_without_a_login(client, db):
    assert client.get(PAGE, {"q": "案"}).status_code == 302
    assert client.get("/api/v1/search/", {"q": "案"}).status_code == 401


# --- the page -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"), [(None, "Say what"), ("  ", "Say what"), ("天", "holds")]
)
def test_the_page_says_that_nothing_was_asked_or_nothing_found(client, cast, words, said):
    page = ask(client, cast.handler, words)
    assert page.status_code == 200
    assert page.context["groups"] == []
    assert said in page.content.decode()


def test_nothing_found_repeats_the_words_as_text(client, cast):
    page = ask(client, cast.handler, HOSTILE).content.decode()
    tags = Tags()
    tags.feed(page)
    assert tags.poisoned == []
    assert "&amp;quot;" not in page
    assert page.count("{{ p }}{% p %}") == page.count("u poison=") > 1


@pytest.mark.parametrize("words", ["%", "_", "\\", "%%", "' OR 1=1 --", "100%"])
def test_signs_of_the_database_are_signs_like_others(cast, words):
    make_case(cast, title="普通案件")
    assert links(cast.handler, words) == []
    case = make_case(cast, title=f"名为{words}的案件")
    assert links(cast.handler, words) == [case.get_absolute_url()]


@pytest.mark.parametrize("words", ["案" * (LONGEST + 1), "案" * 100_000, "a\0b"])
def test_words_no_list_could_take_are_refused_with_a_sentence(client, cast, words):
    page = ask(client, cast.handler, words)
    assert page.status_code == 400
    assert page.context["form"].errors["q"]
    assert "errsum" in page.content.decode()
    answer = program_of(cast.handler).get("/api/v1/search/", {"q": words})
    assert answer.status_code == 400
    assert answer.json()["errors"]["q"]


def test_every_page_offers_the_search_with_its_key(client, cast):
    client.force_login(cast.handler)
    page = client.get("/").content.decode()
    form = re.search(r'<form role="search".*?</form>', page, re.DOTALL)[0]
    assert f'action="{PAGE}"' in form
    assert 'method="get"' in form
    assert 'data-hotkey="/"' in form


# --- the API ------------------------------------------------------------------------------------


def test_programs_find_the_same_with_addresses_of_the_api(cast):
    case = make_case(cast, title="接口案")
    (group,) = program_of(cast.handler).ask("search/", q="接口")
    (row,) = group["results"]
    assert {"code": "cases", "title": "Cases", "more": False}.items() <= group.items()
    assert row["title"] == "接口案"
    assert row["number"] == case.key
    assert row["link"] == case.get_absolute_url()
    assert row["url"].endswith(f"/api/v1/cases/{case.key}/")
    assert group["list"].startswith("http://testserver/api/v1/cases/?q=")
    assert program_of(cast.handler).get(group["list"]).json()["results"][0]["key"] == case.key


def test_a_program_that_asks_nothing_is_told_what_is_missing(cast):
    answer = program_of(cast.handler).get("/api/v1/search/")
    assert answer.status_code == 400
    assert answer.json()["errors"] == {"q": ["Say what to look for."]}


# --- in a browser -------------------------------------------------------------------------------


@pytest.fixture
def many(committed_db, cast):
    """More cases than a source shows, one with a long title and a party."""
    for number in range(MOST + 1):
        make_case(cast, title=f"云山系列案{number}" + "长" * 60)
    make_lead(cast, title="云山线索", suspected_processor="云山数据有限公司")
    give_password(cast.head)
    return cast.head


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_results_are_accessible_and_fit_a_narrow_window(site, page, many, language):
    site.login(page, many.username)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
    for words in ("云山", "没有", ""):
        page.goto(f"{site.url}{PAGE}?q={words}")
        check_page(page)


@pytest.mark.browser
def test_the_key_leads_into_the_search_and_enter_searches(site, page, many):
    site.login(page, many.username)
    page.locator("#main").focus()
    page.keyboard.press("/")
    page.keyboard.type("云山线索")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PAGE}?q=*")
    playwright.expect(page.locator("main tbody tr")).to_have_count(1)
    playwright.expect(page.locator("main input[name=q]")).to_have_value("云山线索")


@pytest.mark.browser
def test_one_searches_without_scripts(site, chromium_browser, many):
    context = chromium_browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    site.login(page, many.username)
    page.fill("header input[name=q]", "云山")
    page.press("header input[name=q]", "Enter")
    playwright.expect(page.locator("main tbody tr")).to_have_count(MOST + 1)
    page.locator("main section > header a").click()
    playwright.expect(page.locator("main tbody tr")).to_have_count(MOST + 1)
    context.close()
