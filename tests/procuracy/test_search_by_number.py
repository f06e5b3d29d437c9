"""A whole number opens what bears it; parties are found by themselves; what was looked for is marked."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from administrative.models import Body
from cases.models import Case, Party, TeamMember
from exchange.models import Paper
from litigation.workplace import cases_at_court
from procuracy.search import MOST, numbered, search, spellings
from procuracy.templatetags.components import marking
from tests.exchange.conftest import register
from tests.notices import matters
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import happen, make_case, make_lead, set_full_team, stand_aside

pytestmark = pytest.mark.django_db
PAGE = reverse("search")
NUMBER = "江云检民公立〔2026〕7号"
COURT = "（2026）浙0192民初12号"
AT_COURT = [COURT, "(2026)浙0192民初12号", "〔2026〕浙0192民初12号"]
CODE = "91330106MA2ABCDE0X"


@pytest.fixture
def case(cast):
    case = make_case(cast, title="某平台公开住址案")
    Case.objects.filter(pk=case.pk).update(official_number=NUMBER)
    return case


def party(cast, case, **facts):
    given = {"role": "violator", "kind": "organisation", "name": "云山数据有限公司"}
    return Party.objects.create(case=case, created_by=cast.handler, **given | facts)


def of_another_office(cast) -> Case:
    case = make_case(cast)
    TeamMember.objects.filter(case=case).delete()
    Case.objects.filter(pk=case.pk).update(office=cast.stranger.office, department=None)
    return case


def accepted(cast, case, number=COURT, kind="suit_accepted"):
    """A court keeps the case under this number."""
    facts = {"court_case_number": number}
    return happen(case, kind, date(2026, 6, 5), actor=cast.handler, facts=facts)


def corrected(case, event, **facts):
    day = date(2026, 6, 5)
    return happen(case, "event_corrected", day, corrects=event, facts=facts, reason="误录")


def links_of(person, words):
    return [row.link for group in search(person, words) for row in group.rows]


def numbers_of(person, words):
    return [row.number for group in search(person, words) for row in group.rows]


def found_by_program(person, words):
    (group,) = program_of(person).ask("search/", q=words)
    return group["results"]


def page_of(person, words):
    one = numbered(person, words)
    return one.link if one else ""


# --- what opens at once ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["江云检民公立[2026]7号", "江云检民公立（2026） 7号", " 江云检民公立【２０２６】７号", NUMBER],
)
def test_the_number_of_a_case_opens_it_however_its_brackets_are_typed(cast, case, typed):
    assert page_of(cast.handler, typed) == case.get_absolute_url()


@pytest.mark.parametrize("dash", "-－﹣‐‑‒–—―−─")
def test_a_key_opens_its_case_whatever_dash_is_typed(client, cast, case, dash):
    typed = case.key.replace("-", dash)
    assert page_of(cast.handler, typed) == case.get_absolute_url()
    client.force_login(cast.handler)
    assert client.get(PAGE, {"q": typed})["Location"] == case.get_absolute_url()


def test_a_number_kept_with_another_dash_opens_what_bears_it(cast, case):
    set_full_team(cast, case)
    paper: Paper = register(cast.clerk, matter=case, their_number="江消委函〔2026〕3—1号")
    assert page_of(cast.handler, "江消委函[2026]3—1号") == paper.get_absolute_url()


def test_a_key_opens_its_case_or_lead(cast, case):
    lead = make_lead(cast)
    assert page_of(cast.handler, case.key) == case.get_absolute_url()
    assert page_of(cast.head, lead.key.lower()) == lead.get_absolute_url()


@pytest.mark.parametrize("typed", AT_COURT)
def test_the_number_of_the_court_opens_the_case(cast, case, typed):
    accepted(cast, case)
    assert page_of(cast.handler, typed) == case.get_absolute_url()


@pytest.mark.parametrize("typed", AT_COURT)
def test_a_number_of_the_court_that_several_cases_bear_lists_them(client, cast, case, typed):
    other, foreign = make_case(cast), of_another_office(cast)
    for one in (case, other, foreign):
        accepted(cast, one)
    client.force_login(cast.handler)
    page = client.get(PAGE, {"q": typed})
    (group,) = page.context["groups"]
    assert [row.link for row in group.rows] == [one.get_absolute_url() for one in (other, case)]
    assert [row["title"] for row in found_by_program(cast.handler, typed)] == [
        *(other.title, case.title)
    ]


@pytest.mark.parametrize("typed", ["民初12号", "浙0192", "住址 民初12号"])
def test_a_part_of_the_number_of_the_court_finds_the_case(client, cast, case, typed):
    accepted(cast, case)
    assert page_of(cast.handler, typed) == ""
    assert links_of(cast.handler, typed) == [case.get_absolute_url()]
    assert numbers_of(cast.handler, typed) == [f"{case.key} {NUMBER} {COURT}"]
    assert links_of(cast.stranger, typed) == []
    client.force_login(cast.handler)
    listed = client.get(reverse("case_list"), {"q": typed}).context["page"].items
    assert [row.pk for row in listed] == [case.pk]


def test_a_number_of_the_court_that_was_corrected_finds_the_case_and_the_old_one_does_not(
    cast, case
):
    event = accepted(cast, case, "（2026）浙0192民初21号")
    corrected(case, event, court_case_number="（2026）浙0192民初13号")
    corrected(case, event, court_case_number=COURT)
    # What corrects something else leaves the number as it stands.
    corrected(case, event, remark="补录")
    assert page_of(cast.handler, COURT) == case.get_absolute_url()
    assert links_of(cast.handler, "民初12号") == [case.get_absolute_url()]
    assert numbers_of(cast.handler, "民初12号") == [f"{case.key} {NUMBER} {COURT}"]
    for old in ("13", "21"):
        assert page_of(cast.handler, f"（2026）浙0192民初{old}号") == ""
        assert links_of(cast.handler, f"民初{old}号") == []


def test_a_number_of_the_court_that_was_annulled_finds_nothing(cast, case):
    event = accepted(cast, case)
    corrected(case, event, court_case_number="（2026）浙0192民初13号")
    kept = accepted(cast, case, "（2026）浙01民终5号", kind="court_changed")
    happen(case, "transition_annulled", date(2026, 6, 6), annuls=event, reason="误录")
    for number in ("12", "13"):
        assert page_of(cast.handler, f"（2026）浙0192民初{number}号") == ""
        assert links_of(cast.handler, f"民初{number}号") == []
    assert page_of(cast.handler, kept.facts["court_case_number"]) == case.get_absolute_url()
    assert links_of(cast.handler, "浙01民终5号") == [case.get_absolute_url()]
    assert numbers_of(cast.handler, case.key) == [f"{case.key} {NUMBER} （2026）浙01民终5号"]


def test_the_cases_of_a_number_of_a_court_are_read_from_indexes(cast, case):
    accepted(cast, case)
    with CaptureQueriesContext(connection) as asked:
        assert [row["case"] for row in cases_at_court(spellings(COURT))] == [case.pk]
    plans = [plan_of(query["sql"]) for query in asked]
    assert "event_court_case_number" in plans[0]
    assert not any("Seq Scan" in plan for plan in plans)


def plan_of(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}")
        return "\n".join(row[0] for row in cursor.fetchall())


def test_the_code_of_a_party_opens_its_only_case_and_lists_several(cast, case):
    party(cast, case, credit_code=CODE)
    assert page_of(cast.handler, CODE.lower()) == case.get_absolute_url()
    party(cast, make_case(cast), credit_code=CODE)
    assert page_of(cast.handler, CODE) == ""


def test_a_party_taken_out_opens_nothing(cast, case):
    party(cast, case, credit_code=CODE, removed_at="2026-02-01T00:00Z", removed_reason="误列")
    assert page_of(cast.handler, CODE) == ""


def test_the_number_of_a_document_a_paper_and_a_body_opens_it(cast, case):
    set_full_team(cast, case)
    with on(2026, 6, 25):
        document = matters.register(cast, case, "江云检民公立〔2026〕9号")
    assert page_of(cast.handler, document.number) == document.get_absolute_url()
    paper: Paper = register(cast.clerk, matter=case, their_number="江消委函〔2026〕3号")
    assert page_of(cast.handler, "江消委函[2026]3号") == paper.get_absolute_url()
    body = Body.objects.create(
        name="云山区网信办", kind="cyberspace", level="county", credit_code=CODE
    )
    assert page_of(cast.handler, CODE) == body.get_absolute_url()


@pytest.mark.parametrize(
    "typed", ["某平台", "2026", "江云检民公立〔2026〕", "江云检民公立〔2026〕70号", ""]
)
def test_a_part_of_a_number_and_words_open_nothing(cast, case, typed):
    assert page_of(cast.handler, typed) == ""


def test_nothing_opens_for_who_may_not_see_it(cast, case):
    party(cast, case, credit_code=CODE)
    accepted(cast, case)
    stand_aside(cast, case, cast.colleague)
    for words in (case.key, NUMBER, CODE, COURT):
        assert page_of(cast.stranger, words) == ""
        assert page_of(cast.colleague, words) == ""


def test_another_case_of_the_same_party_that_is_not_seen_does_not_count(cast, case):
    party(cast, case, credit_code=CODE)
    foreign = of_another_office(cast)
    party(cast, foreign, credit_code=CODE)
    assert page_of(cast.handler, CODE) == case.get_absolute_url()


def test_the_page_leads_there_and_a_program_is_told(client, cast, case):
    client.force_login(cast.handler)
    answer = client.get(PAGE, {"q": "江云检民公立[2026]7号"})
    assert (answer.status_code, answer["Location"]) == (302, case.get_absolute_url())
    program = program_of(cast.handler)
    (one,) = program.ask("search/numbered/", q=NUMBER)
    assert (one["number"], one["link"]) == (f"{case.key} {NUMBER}", case.get_absolute_url())
    assert program.ask("search/numbered/", q="平台") == []
    assert program_of(cast.stranger).ask("search/numbered/", q=NUMBER) == []


def test_every_spelling_is_written_once():
    ways = spellings("ab[1]")
    assert len(ways) == len(set(ways))
    assert {"ab〔1〕", "AB（1）", "ab(1)"} <= set(ways)


# --- parties, counts, marks --------------------------------------------------------------------------


def test_a_party_is_found_with_its_case(cast, case):
    party(cast, case, aliases="云数", credit_code=CODE)
    groups = {group.source.code: group for group in search(cast.handler, "云山数据")}
    (row,) = groups["parties"].rows
    assert (row.title, row.number, row.link) == ("云山数据有限公司", CODE, case.get_absolute_url())
    assert case.title in str(row.text)
    assert [row.link for row in groups["cases"].rows] == [case.get_absolute_url()]
    assert search(cast.stranger, "云山数据") == []


def test_what_was_found_is_counted_up_to_a_thousand(cast, case):
    for number in range(MOST + 2):
        party(cast, case, name=f"云山数据{number}")
    groups = {group.source.code: group for group in search(cast.handler, "云山数据")}
    assert (len(groups["parties"].rows), str(groups["parties"].count)) == (MOST, str(MOST + 2))
    assert groups["parties"].more
    assert not groups["cases"].more


def test_what_is_not_seen_is_not_counted(cast, case):
    foreign = of_another_office(cast)
    for number in range(MOST + 2):
        party(cast, foreign, name=f"云山数据{number}")
    party(cast, case, name="云山数据")
    groups = {group.source.code: group for group in search(cast.handler, "云山数据")}
    assert {code: group.count.number for code, group in groups.items()} == {
        "cases": 1,
        "parties": 1,
    }


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("云山数据", "山数", "云<mark>山数</mark>据"),
        ("App 与 app", "APP", "<mark>App</mark> 与 <mark>app</mark>"),
        ("<b>云</b>", "b", "&lt;<mark>b</mark>&gt;云&lt;/<mark>b</mark>&gt;"),
        ("a.c abc", "a.c", "<mark>a.c</mark> abc"),
        ("云山", "", "云山"),
        ("云山 数据", "数据 云", "<mark>云</mark>山 <mark>数据</mark>"),
        ("<script>", "云", "&lt;script&gt;"),
        ("云山数据有限公司", "YSsj", "<mark>云山数据</mark>有限公司"),
        ("重庆云山、云数", "cqys", "<mark>重庆云山</mark>、云数"),
        ("云山", "y", "云山"),
        ("云山数据", "数据 数", "云山<mark>数据</mark>"),
    ],
)
def test_what_was_looked_for_is_marked_and_nothing_else_becomes_markup(text, words, shown):
    assert marking(text, words) == shown
