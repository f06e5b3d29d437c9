"""The guide from a purpose to its instrument, and the level rule of the addressee."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from accounts.models import Office
from administrative.instruments import BY_CODE, INSTRUMENTS, LEVEL_RULES
from administrative.models import BodyLevel, Relation
from notices.catalogue import TYPES
from tests.administrative import board_rows as rows
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import assign, make_lead

pytestmark = pytest.mark.django_db
GUIDE = reverse("instrument_guide")


@pytest.fixture(autouse=True)
def today():
    with on(2026, 7, 15), translation.override("en"):
        yield


def opened(client, person, language="en", **chosen):
    person.language = language
    person.save(update_fields=["language"])
    client.force_login(person)
    return client.get(GUIDE, chosen)


def begun(client, person, **chosen):
    return {item.title: item for item in opened(client, person, **chosen).context["begun"]}


# --- purpose, instrument, conditions -----------------------------------------------------------------


def test_the_guide_knows_the_seven_rows_of_the_law(client, cast):
    assert [item.code for item in INSTRUMENTS] == [
        *("track", "governance", "documents", "penalty", "crime", "escalation", "court")
    ]
    page = opened(client, cast.handler).content.decode()
    for item in INSTRUMENTS:
        assert item.purpose.en in page
        assert item.name.zh in page  # the term of law stands on English pages too
    assert set(TYPES) >= {code for item in INSTRUMENTS for code in item.papers}


def test_a_purpose_leads_to_conditions_reply_and_articles(client, cast):
    page = opened(client, cast.handler, purpose="track").content.decode()
    for said in BY_CODE["track"].conditions:
        assert said.zh in page
        assert said.en in page
    assert "2 months from receipt; where it is urgent, a written answer in 15 days" in page
    assert "APL 25(4); JI 21" in page
    assert "is debated" in page


def test_a_chinese_reader_reads_the_law_alone(client, cast):
    page = opened(client, cast.handler, "zh-hans", purpose="governance").content.decode()
    assert "社会治理检察建议" in page
    assert "Social-governance recommendation" not in page


def test_where_the_court_acts_nothing_is_begun_here(client, cast):
    assert begun(client, cast.handler, purpose="court") == {}
    assert "the court does it" in opened(client, cast.handler, purpose="court").content.decode()


@pytest.mark.norm("C032")
@pytest.mark.norm("C115")
def test_of_an_escalation_the_guide_says_who_decides_and_when(client, cast):
    page = opened(client, cast.handler, purpose="escalation").content.decode()
    assert "The chief procurator decides" in page
    assert "before it the step warns" in page
    assert "Rules 45; PRR 20, 25" in page


# --- how it is begun ---------------------------------------------------------------------------------


def test_without_a_matter_the_guide_leads_to_the_list_in_which_one_is_chosen(client, cast):
    found = begun(client, cast.handler, purpose="track")
    links = {title.split()[0]: item.link for title, item in found.items()}
    assert links == {"A-1": reverse("lead_list"), "A-1-2": reverse("case_list")}


def test_on_a_lead_the_handler_is_led_to_the_proposal(client, cast):
    lead = assign(cast, make_lead(cast))
    found = begun(client, cast.handler, purpose="track", matter=lead.key)
    by_code = {title.split()[0]: item for title, item in found.items()}
    assert not by_code["A-1-2"].link
    assert by_code["A-1-2"].why
    # Whether the lead has come so far says its machine, not the guide.
    state_fits = "does not leave" not in str(by_code["A-1"].why)
    assert bool(by_code["A-1"].link) is state_fits


def test_in_a_case_the_step_is_offered_to_who_may_propose_it_and_in_its_state(client, cast):
    case = rows.against(cast)
    rows.wait(case)

    def step(person):
        [item] = [
            item
            for title, item in begun(client, person, purpose="escalation", matter=case.key).items()
            if title.startswith("A-7-4")
        ]
        return item

    assert step(cast.handler).link == reverse("proposal_create", args=[case.key, "A-7-4"])
    assert not step(cast.head).link
    assert "handling prosecutor" in step(cast.head).why
    rows.follow_up(case, date(2026, 7, 10))
    rows.review(case, date(2026, 7, 10))
    rows.step(case, "A-8-2", date(2026, 7, 10), ground="remedied", explanation="已整改")
    assert "present state" in step(cast.handler).why


def test_a_paper_is_begun_by_the_team_alone(client, cast):
    case = rows.against(cast)
    found = begun(client, cast.handler, purpose="documents", matter=case.key)
    assert sorted(title.split()[0] for title in found) == ["D-20", "D-33"]
    assert all(item.link for item in found.values())
    assert not any(
        item.link
        for item in begun(client, cast.head, purpose="documents", matter=case.key).values()
    )


# --- the level rule ----------------------------------------------------------------------------------


@pytest.mark.norm("C110")
@pytest.mark.parametrize(
    ("facts", "relation"),
    [
        ({}, Relation.OWN_LEVEL),
        ({"level": BodyLevel.CITY, "region": "330100"}, Relation.SUPERIOR),
        ({"level": BodyLevel.NATIONAL, "region": ""}, Relation.SUPERIOR),
        ({"region": "330110"}, Relation.OTHER_PLACE),
    ],
)
def test_the_guide_says_how_the_addressee_is_reached_and_marks_the_way(
    client, cast, facts, relation
):
    Office.objects.filter(pk=cast.office.pk).update(region_code="330106")
    cast.handler.refresh_from_db()
    body = rows.make_body("某网信办", **facts)
    answer = opened(client, cast.handler, body=body.name)
    standing = answer.context["standing"]
    assert standing.relation == relation
    page = answer.content.decode()
    assert escape(standing.why) in page
    assert f'<span class="tag info">{relation.label}</span></td>' in page


@pytest.mark.norm("C110")
def test_a_body_of_another_place_asks_for_a_consultation(client, cast):
    page = opened(client, cast.handler).content.decode()
    assert "is consulted first; where the two disagree, their common superior decides" in page
    assert "without a consultation it is not possible" in page


@pytest.mark.norm("C110")
def test_the_guide_tells_all_four_ways_by_their_article(client, cast):
    assert {rule.relation for rule in LEVEL_RULES} == set(Relation)
    page = opened(client, cast.handler).content.decode()
    for rule in LEVEL_RULES:
        assert rule.way.en in page
        assert rule.way.zh in page
    assert "PRR 3" in page


# --- bad input, strangers, cost, programs ------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"purpose": "revenge"}, "Select a valid choice"),
        ({"body": "没有的机关"}, "The directory has no body of this name."),
    ],
)
def test_a_choice_that_is_none_is_refused_with_a_sentence(client, cast, chosen, said):
    answer = opened(client, cast.handler, **chosen)
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_a_matter_one_may_not_see_is_not_found_and_looks_like_none(client, cast):
    case = rows.against(cast)
    for person, key in ((cast.stranger, case.key), (cast.handler, f"{case.key[:-5]}99999")):
        assert opened(client, person, purpose="track", matter=key).status_code == 404
        answer = program_of(person).get("/api/v1/instruments/track/", {"matter": key})
        assert answer.status_code == 404
    assert opened(client, cast.stranger).status_code == 200


def test_nobody_logged_in_is_sent_to_the_login(client, db):
    assert client.get(GUIDE).status_code == 302


def test_the_guide_costs_the_same_whatever_is_asked(client, cast):
    opened(client, cast.handler)
    counts = []
    for purpose in ("track", "crime", "court"):
        with CaptureQueriesContext(connection) as queries:
            client.get(GUIDE, {"purpose": purpose})
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_programs_read_instruments_and_level_rules(cast):
    program = program_of(cast.handler)
    assert [row["code"] for row in program.ask("instruments/")] == list(BY_CODE)
    case = rows.against(cast)
    found = program.ask("instruments/documents/", matter=case.key)
    assert found["name"]["zh"] == "调取证据通知书、协助调查函"
    assert [item["why"] for item in found["beginnings"]] == ["", ""]
    rules = program.ask("instruments/level-rules/")
    assert [row["relation"] for row in rules] == list(Relation.values)
    assert program.get("/api/v1/instruments/nothing/").status_code == 404
