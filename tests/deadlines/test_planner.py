"""The planner of a pre-suit preservation (law 3.6): start the measure before the announcement, be warned."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from deadlines.derive import rulebook_of
from deadlines.planner import PlannerError, Warn, plan
from deadlines.planner_words import introduction, review_hint, timeline, verdict, warnings
from deadlines.rulebook import DIRECTORY, parse
from deadlines.workplace import panel_context
from tests.deadlines.test_api import client_of
from tests.support.days import on
from tests.support.matters import announced_case, case_in_review, make_case

pytestmark = pytest.mark.django_db
TEXT = (DIRECTORY / "2024-01-01.toml").read_text(encoding="utf-8")
WITHOUT = parse(TEXT.replace('id = "P-63"', 'id = "P-98"'), "without.toml")
BOOK = parse(TEXT, "test.toml")
E20 = date(2026, 9, 4)


def planned(*, announced: date | None, measure: date = E20, review: int = 30, today=E20):
    return plan(measure=measure, announced=announced, review_days=review, book=BOOK, today=today)


@pytest.fixture(autouse=True)
def _one_book(monkeypatch):
    monkeypatch.setattr("deadlines.rulebook_choice.in_force", lambda day: BOOK)
    monkeypatch.setattr("deadlines.rulebook_choice.rulebooks", lambda: {BOOK.version: BOOK})


@pytest.mark.norm("C087")
@pytest.mark.norm("C086")
def test_e20_a_measure_taken_before_the_announcement_is_warned_of():
    found = planned(announced=None)
    # E20 of law 6.3: 4 October lies in the National Day holidays.
    assert (found.lapse.nominal, found.lapse.last_day) == (date(2026, 10, 4), date(2026, 10, 8))
    assert Warn.MEASURE_FIRST in found.warnings
    assert Warn.NOT_ANNOUNCED in found.warnings
    assert not found.holds


@pytest.mark.norm("C087")
def test_e20_the_announcement_must_be_published_inside_the_window_or_before():
    found = planned(announced=None)
    # 30 days from 9 August end on 8 September; 30 days of review end on 8 October, the lapse.
    assert found.announce_by == date(2026, 8, 9)
    in_time = planned(announced=found.announce_by)
    assert (in_time.suit_on, in_time.holds, in_time.warnings) == (date(2026, 10, 8), True, ())
    late = planned(announced=found.announce_by + timedelta(days=1))
    assert (late.holds, late.days_missing) == (False, 1)
    assert Warn.ENDS_IN_REVIEW in late.warnings


@pytest.mark.norm("C087")
def test_a_measure_on_the_day_of_the_announcement_ends_with_it():
    found = planned(announced=E20)
    assert found.announcement.last_day == found.lapse.last_day == date(2026, 10, 8)
    assert found.warnings == (Warn.ENDS_IN_ANNOUNCEMENT, Warn.TOO_LATE)
    # A Saturday: the suit is filed on the Monday after.
    assert found.suit_on == date(2026, 11, 9)


@pytest.mark.norm("C087")
def test_the_first_day_of_a_measure_that_holds_until_the_suit_is_named():
    first = planned(announced=E20).measure_from
    assert first == date(2026, 10, 8)
    assert planned(announced=E20, measure=first).holds
    assert not planned(announced=E20, measure=first - timedelta(days=1)).holds


def test_a_day_to_publish_that_has_passed_is_told():
    assert Warn.TOO_LATE not in planned(announced=None, today=date(2026, 8, 9)).warnings
    assert Warn.TOO_LATE in planned(announced=None, today=date(2026, 8, 10)).warnings


def test_without_a_review_the_suit_follows_the_announcement_on_the_next_working_day():
    assert planned(announced=date(2026, 3, 5), review=0).suit_on == date(2026, 4, 8)


@pytest.mark.norm("C087")
def test_lengths_and_articles_are_those_of_the_rulebook_and_every_sentence_names_its_own():
    head, mark, measure = TEXT.partition('id = "P-63"')
    head = head.replace("Rules 91; JI 13; CPL 58", "Rules 191").replace(
        "Rules 47; Rules 48", "Rules 147"
    )
    measure = measure.replace('"CPL 104"', '"CPL 999"', 1).replace('"P30D"', '"P45D"', 1)
    book = parse(head + mark + measure, "other.toml")
    with translation.override("en"):
        found = plan(measure=E20, announced=date(2026, 9, 10), review_days=30, book=book, today=E20)
        said = [verdict(found), *warnings(found), introduction(found.rules)]
        hint = review_hint(found.rules.review)
    assert found.lapse.nominal == date(2026, 10, 19)
    assert {item.law for item in said} == {
        "CPL 999; Rules 191",
        "CPL 999; Rules 191; Rules 147",
        "CPL 999",
    }
    assert all(item.text.endswith(f"({item.law})") for item in said)
    assert "its 30 days and the review run against the 45 days of the measure" in said[1].text
    assert "within 45 days" in said[-1].text
    assert "3 months and their extensions (P-02, Rules 147)" in hint
    assert {mark.law for mark in timeline(found)} == {"CPL 999", "Rules 191", "Rules 147"}


def test_a_rulebook_without_the_lapse_cannot_plan():
    with pytest.raises(PlannerError, match=r"has no P-63\."):
        plan(measure=E20, announced=None, review_days=1, book=WITHOUT, today=E20)


@pytest.fixture
def program(cast):
    client = client_of(cast.auditor)
    return lambda **question: client.get("/api/v1/periods/planner/", question)


@pytest.mark.norm("C087")
def test_the_page_warns_shows_the_timeline_and_says_why(client, cast):
    cast.handler.language = "en"
    cast.handler.save()
    client.force_login(cast.handler)
    question = {"measure": "2026-09-04", "announced": "2026-09-10", "review_days": "30"}
    page = client.get(reverse("deadline_planner"), question).content.decode()
    assert "comes before the announcement. Publish the announcement first" in page
    assert "The measure lapses on 2026-10-08" in page
    assert "Publish by 2026-08-09" in page
    assert "2026-10-04 is skipped: National Day" in page
    # What the source does not say is not claimed.
    assert "not verified" in page


def test_programs_get_the_plan_as_data(program):
    answer = program(measure="2026-09-04", announced="2026-08-09", review_days=30).json()
    assert answer["holds"] is True
    assert answer["lapse"]["last_day"] == "2026-10-08"
    assert answer["announcement"]["last_day"] == "2026-09-08"
    assert [mark["day"] for mark in answer["timeline"]] == sorted(
        mark["day"] for mark in answer["timeline"]
    )
    assert answer["warnings"] == []


@pytest.mark.parametrize(
    ("question", "field", "sentence"),
    [
        ({"review_days": 30}, "measure", "Enter the day on which the measure is taken."),
        ({"measure": "2026-02-30", "review_days": 30}, "measure", "month 2 of 2026 has 28 days"),
        ({"measure": "2026-09-04"}, "review_days", "required"),
        ({"measure": "2026-09-04", "review_days": -1}, "review_days", "greater than or equal"),
        ({"measure": "2100-12-20", "review_days": 3}, "__all__", "from 1950 to 2100"),
        ({"measure": "1950-01-05", "review_days": 90}, "__all__", "from 1950 to 2100"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(program, question, field, sentence):
    answer = program(**question)
    assert answer.status_code == 400
    assert sentence in " ".join(answer.json()["errors"][field])


def test_a_version_without_the_period_is_refused_with_what_to_do(program, monkeypatch):
    monkeypatch.setattr("deadlines.rulebook_choice.in_force", lambda day: WITHOUT)
    answer = program(measure="2026-09-04", review_days=30)
    assert "has no period P-63" in answer.json()["errors"]["book"][0]


@pytest.mark.norm("C087")
def test_the_case_page_offers_the_planner_filled_in_until_the_announcement_is_over(client, cast):
    with on(2026, 3, 5):
        fresh = make_case(cast)
        announced = announced_case(cast, date(2026, 3, 5))
        assert "announced" not in panel_context(fresh, cast.handler)["planner"]
        address = panel_context(announced, cast.handler)["planner"]
    assert "announced=2026-03-05" in address
    # A case is kept under its own rulebook, as far as that can plan.
    own = rulebook_of(announced)
    assert (f"book={own.version}" in address) is ("P-63" in own.periods)
    client.force_login(cast.handler)
    page = client.get(address)
    assert page.status_code == 200
    assert 'value="2026-03-05"' in page.content.decode()
    with on(2026, 4, 10):
        reviewed = case_in_review(cast, date(2026, 3, 5))
        assert panel_context(reviewed, cast.handler)["planner"] == ""
