"""The what-if calculator: the plan of an event, what lengthens a period, and what it refuses."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from cases.models import Event
from deadlines.models import Deadline
from deadlines.rulebook import DIRECTORY, RulebookError, in_force, parse
from deadlines.services.office_periods import end
from tests.deadlines.own_periods import enter_period
from tests.deadlines.test_api import client_of
from tests.support.days import on

pytestmark = pytest.mark.django_db
TEXT = (DIRECTORY / "2024-01-01.toml").read_text(encoding="utf-8")
P_25 = 'id = "P-25"\n'
# Before the hearing a notice names, the court must have told the parties (CPL 139).
BEFORE_A_HEARING = 'start = ["hearing_noticed"]\nstart_day = "hearing_on"\n'


def _own_book(monkeypatch, text: str, version: str = "2024-01-01"):
    """Let the calculator know one rulebook alone."""
    book = parse(text, "test.toml")
    for name in ("rulebooks", "in_force"):
        monkeypatch.setattr(
            f"deadlines.rulebook_choice.{name}",
            {"rulebooks": lambda: {version: book}, "in_force": lambda day: book}[name],
        )
    return book


@pytest.fixture
def ask(client, cast):
    """Ask as the auditor, who handles nothing: the calculator is open to everybody."""
    cast.auditor.language = "en"
    cast.auditor.save()
    client.force_login(cast.auditor)

    def asked(**question):
        answer = client.get(reverse("deadline_calculator"), question)
        return SimpleNamespace(status=answer.status_code, text=answer.content.decode())

    return asked


@pytest.fixture
def program(cast):
    client = client_of(cast.auditor)
    return lambda **question: client.post("/api/v1/periods/compute/", question, format="json")


def test_a_period_whose_article_is_not_in_force_on_the_day_is_refused_with_the_first_day(
    ask, program
):
    page = ask(rule="P-38", start="2021-07-31")
    assert page.status == 400
    assert "is in force only since 2021-08-01, so nothing of 2021-07-31 begins it" in page.text
    answer = program(rule="P-38", start="2021-07-31")
    assert list(answer.json()["errors"]) == ["start"]
    assert program(rule="P-38", start="2021-08-01").status_code == 200


def test_a_period_of_the_office_begins_on_no_day_before_it_or_after_it(ask, program, cast):
    with on(2026, 3, 2):
        period = enter_period(cast.chief, start="announcement_published", met_by=[])
        end(actor=cast.chief, period=period, valid_to=date(2026, 4, 30), reason="改由新规定")
        assert "is in force only since 2026-03-02" in ask(rule="N-01", start="2026-03-01").text
        assert "was in force until 2026-04-30" in ask(rule="N-01", start="2026-05-01").text
        plans = [
            {
                item["rule"]
                for item in program(event="announcement_published", start=day).json()["plan"]
            }
            for day in ("2026-03-01", "2026-03-02", "2026-05-01")
        ]
    assert ["N-01" in plan for plan in plans] == [False, True, False]


@pytest.mark.norm("C124")
def test_an_event_shows_its_whole_plan(ask):
    page = ask(event="suit_accepted", start="2026-04-24").text
    # E12 of law 6.3: ten days for the notice to the departments, over Labour Day.
    assert "P-22" in page
    assert 'datetime="2026-05-06"' in page
    assert "P-21" in page
    assert "P-27" in page
    assert "2026-05-04 is skipped: Labour Day." in page


def test_programs_get_the_same_plan_as_data(program):
    answer = program(event="suit_accepted", start="2026-04-24").json()
    plan = {item["rule"]: item for item in answer["plan"]}
    assert answer["rulebook"] == in_force(date(2026, 4, 24)).version
    assert plan["P-22"]["computation"]["last_day"] == "2026-05-06"
    assert plan["P-22"]["computation"]["nominal"] == "2026-05-04"
    steps = plan["P-22"]["computation"]["derivation"]
    assert {"code", "day", "law", "sentence_zh", "sentence_en"} <= set(steps[0])
    # The earliest last day first.
    days = [item["computation"]["last_day"] for item in answer["plan"] if item["computation"]]
    assert days == sorted(days)


def test_a_period_a_decision_sets_says_so_instead_of_a_day(program):
    plan = program(event="obligation_entered", start="2026-05-06").json()["plan"]
    found = {item["rule"]: (item["computation"], item["fault"]) for item in plan}
    assert found["P-40"] == (None, "set by the decision")


@pytest.mark.norm("C124")
def test_what_is_due_before_a_hearing_is_counted_back_from_the_day_the_notice_names(
    monkeypatch, program
):
    _own_book(monkeypatch, TEXT.replace(P_25, P_25 + BEFORE_A_HEARING))
    question = {"event": "hearing_noticed", "start": "2026-06-08"}
    plan = {item["rule"]: item for item in program(**question).json()["plan"]}
    assert plan["P-25"]["fault"] == "Enter the day the event names."
    assert plan["P-13"]["computation"]["last_day"] == "2026-06-11"
    plan = program(**question, named_day="2026-06-23").json()["plan"]
    found = {item["rule"]: item["computation"]["last_day"] for item in plan}
    # 20 June lies in the Dragon Boat Festival: the last day of service is the 18th.
    assert (found["P-25"], found["P-13"]) == ("2026-06-18", "2026-06-11")


def test_a_period_of_hours_in_a_plan_asks_for_the_hour(monkeypatch, program):
    _own_book(monkeypatch, TEXT.replace('length = "P30D"', 'length = "PT48H"', 1))
    question = {"event": "announcement_published", "start": "2026-06-18"}
    (item,) = program(**question).json()["plan"]
    assert item["computation"] is None
    assert "Enter the hour of the event." in item["fault"]
    (item,) = program(**question, hour="14:20").json()["plan"]
    assert item["computation"]["last_day"].startswith("2026-06-20T15:00")


@pytest.mark.norm("C124")
@pytest.mark.parametrize(
    ("question", "last_day"),
    [
        # Two defendants, one abroad: thirty days instead of fifteen (CPL 286).
        ({"rule": "P-30", "start": "2026-05-06"}, "2026-05-21"),
        ({"rule": "P-30", "start": "2026-05-06", "abroad": True}, "2026-06-05"),
        ({"rule": "P-02", "start": "2026-04-07", "extension": "P1M P1M"}, "2026-09-07"),
        # 20 September is a Sunday worked to make up for a festival.
        ({"rule": "P-02", "start": "2026-04-07", "until": "2026-09-19"}, "2026-09-20"),
        # Two works that overlap count once (law 14.2): 6 May to 15 June are 40 days.
        (
            {
                "rule": "P-02",
                "start": "2026-04-07",
                "excluded_from": "2026-05-06",
                "excluded_to": "2026-06-05",
                "excluded_from_2": "2026-05-26",
                "excluded_to_2": "2026-06-15",
            },
            "2026-08-17",
        ),
        ({"period": "P3D", "before": True, "start": "2026-06-23"}, "2026-06-18"),
        ({"period": "P30D", "start": "2026-09-04", "book": "2021-07-01"}, "2026-10-08"),
    ],
)
def test_what_lengthens_a_period_is_computed(program, question, last_day):
    assert program(**question).json()["last_day"] == last_day


def test_the_longer_period_abroad_is_a_step_of_the_derivation(program):
    answer = program(rule="P-30", start="2026-05-06", abroad=True).json()
    assert answer["why_en"][0] == (
        "the party has no domicile in the PRC: 30 days instead of 15 days."
    )
    assert "在中华人民共和国领域内没有住所" in answer["derivation"][0]["reason_zh"]


def test_time_outside_the_running_period_is_told_to_add_nothing(program):
    answer = program(
        rule="P-02", start="2026-04-07", excluded_from="2026-01-05", excluded_to="2026-02-05"
    ).json()
    assert answer["last_day"] == "2026-07-07"
    assert any("does not lie inside the running period" in line for line in answer["why_en"])


@pytest.mark.parametrize(
    ("question", "field", "sentence"),
    [
        ({"rule": "P-01", "start": "2026-02-30"}, "start", "month 2 of 2026 has 28 days"),
        ({"event": "suit_accepted"}, "start", "no period runs without it"),
        ({"period": "P0D", "start": "2026-03-05"}, "period", "Write a whole number above zero."),
        ({"period": "P-5D", "start": "2026-03-05"}, "period", "Write a whole number above zero."),
        ({"period": "P5W", "start": "2026-03-05"}, "period", "This unit is not known."),
        ({"rule": "P-02", "start": "2026-03-05", "extension": "-1M"}, "extension", "above zero"),
        (
            {"rule": "P-02", "start": "2026-03-05", "until": "2026-03-05"},
            "until",
            "must lie after the start",
        ),
        (
            {
                "rule": "P-02",
                "start": "2026-03-05",
                "excluded_from_2": "2026-04-09",
                "excluded_to_2": "2026-04-08",
            },
            "excluded_to_2",
            "cannot end before it began",
        ),
        (
            {"rule": "P-02", "start": "2026-03-05", "excluded_to": "2026-04-08"},
            "excluded_from",
            "Say since when",
        ),
        (
            {"event": "hearing_noticed", "start": "2026-06-08", "named_day": "2026-06-07"},
            "named_day",
            "lies before the event itself",
        ),
        ({"event": "suit_accepted", "rule": "P-01", "start": "2026-03-05"}, "event", "whole plan"),
        (
            {"event": "suit_accepted", "start": "2026-03-05", "extension": "P1M"},
            "event",
            "belong to one period",
        ),
        ({"rule": "P-01", "start": "2026-03-05", "abroad": True}, "abroad", "no other length"),
        (
            {"period": "P5D", "start": "2026-03-05", "before": True, "extension": "P1D"},
            "__all__",
            "neither extended nor stopped",
        ),
        (
            {"period": "PT48H", "start": "2026-03-05", "hour": "10:00", "extension": "P1D"},
            "__all__",
            "neither extended nor stopped",
        ),
        (
            {"period": "P5D", "start": "2026-03-05", "extension": "PT5H"},
            "extension",
            "Hours and days",
        ),
        ({"event": "lead_assessed", "start": "2026-03-05"}, "event", "valid choice"),
        ({"rule": "P-01", "start": "2026-03-05", "book": "1999"}, "book", "valid choice"),
    ],
)
def test_bad_input_is_refused_at_its_field_with_a_sentence(program, question, field, sentence):
    answer = program(**question)
    assert answer.status_code == 400
    assert sentence in " ".join(answer.json()["errors"][field])


def test_a_period_another_rulebook_has_is_refused_by_name(monkeypatch, program):
    book = _own_book(monkeypatch, TEXT.replace('id = "P-81"', 'id = "P-98"'))
    older = parse(TEXT.replace('version = "2024-01-01"', 'version = "old"'), "old.toml")
    monkeypatch.setattr(
        "deadlines.rulebook_choice.rulebooks", lambda: {"old": older, book.version: book}
    )
    answer = program(rule="P-81", start="2026-06-23")
    assert "Rulebook 2024-01-01 has no period P-81." in answer.json()["errors"]["rule"]
    answer = program(rule="P-81", start="2026-06-23", book="old").json()
    assert (answer["last_day"], answer["rulebook"]) == ("2026-06-18", "old")


def test_a_day_without_a_rulebook_asks_for_the_choice_of_one(monkeypatch, program):
    def none(day: date):
        raise RulebookError("none")

    monkeypatch.setattr("deadlines.rulebook_choice.in_force", none)
    answer = program(rule="P-01", start="2026-06-23")
    assert "No rulebook is in force on 2026-06-23." in answer.json()["errors"]["book"][0]


def test_asking_stores_nothing(ask):
    before = Deadline.objects.count(), Event.objects.count()
    assert ask(event="suit_accepted", start="2026-04-24").status == 200
    assert (Deadline.objects.count(), Event.objects.count()) == before


def test_the_fields_of_what_was_changed_stay_open_in_the_page(ask):
    page = ask(rule="P-02", start="2026-04-07", extension="P1M").text
    assert '<details class="why" open>' in page
    assert ask(rule="P-02", start="2026-04-07").text.count('<details class="why" open>') == 0


def test_a_plan_costs_the_same_number_of_queries_however_many_periods_it_has(
    ask, django_assert_max_num_queries
):
    with django_assert_max_num_queries(25):
        ask(event="suit_accepted", start="2026-04-24")
