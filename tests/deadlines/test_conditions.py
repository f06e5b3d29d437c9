"""A period an event begins only where its facts say so is told with that condition, in words."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from cases.selectors.readiness import readiness
from cases.states import CaseState
from deadlines.bearings import periods_of
from deadlines.rulebook import RulebookError, parse, rulebooks
from tests.deadlines.test_rulebook import TEXT
from tests.litigation import suit
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import make_case

pytestmark = pytest.mark.django_db
OFFICE_SERVED = "where the judgment or ruling is served on this office"
# Beside the period every judgment served begins: the report upwards only where it reached the office (Rules 58).
SERVED = {"P-05": OFFICE_SERVED, "P-30": ""}


@pytest.fixture
def english(client, cast):
    cast.handler.language = "en"
    cast.handler.save()
    client.force_login(cast.handler)
    return client


def conditional():
    rules = [rule for book in rulebooks().values() for rule in book.periods.values()]
    return [rule for rule in rules if rule.start_when]


def test_every_condition_of_a_start_is_told_in_both_languages():
    assert {rule.id for rule in conditional()} >= {"P-05", "P-06", "P-12", "P-72"}
    assert all(rule.when_zh and rule.when_en for rule in conditional())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('when_en = "where the judgment', '# when_en = "where the judgment'),
        ('when_zh = "裁判送达本院的"\n', ""),
        ('start_when = "party=office"\n', ""),
    ],
)
def test_a_rulebook_with_a_condition_without_words_or_words_without_one_is_refused(old, new):
    with pytest.raises(RulebookError, match="P-05: 'start_when' needs its words"):
        parse(TEXT.replace(old, new, 1), "test.toml")


def test_the_plan_of_an_event_says_beside_a_period_when_alone_it_begins(english):
    question = {"event": "judgment_served", "start": "2026-09-18"}
    page = english.get(reverse("deadline_calculator"), question).text
    assert "The event begins 1 period" in page
    assert "1 more only where its facts say so" in page
    assert OFFICE_SERVED in page
    assert "裁判送达本院的" in page


@pytest.mark.parametrize(("event", "rule"), [("act_approved", "P-12"), ("document_served", "P-72")])
def test_an_approval_and_a_service_begin_no_period_of_their_own(english, event, rule):
    page = english.get(reverse("deadline_calculator"), {"event": event, "start": "2026-09-18"}).text
    assert rule in page
    assert "The event begins 0 periods" in page


def test_a_plan_without_conditions_names_none(english):
    question = {"event": "suit_accepted", "start": "2026-04-24"}
    page = english.get(reverse("deadline_calculator"), question).text
    assert "The event begins 3 periods" in page
    assert "only where" not in page


def test_programs_get_the_condition_in_both_languages(cast):
    program = program_of(cast.handler)
    question = {"event": "judgment_served", "start": "2026-09-18"}
    plan = program.send("periods/compute/", question).json()["plan"]
    assert {row["rule"]: row["when_en"] for row in plan} == SERVED
    assert {row["rule"]: row["when_zh"] for row in plan} == {"P-05": "裁判送达本院的", "P-30": ""}
    rule = next(row for row in program.ask("periods/") if row["id"] == "P-05")
    assert (rule["when_zh"], rule["when_en"]) == ("裁判送达本院的", OFFICE_SERVED)


def test_the_page_of_the_periods_of_law_shows_it(english):
    assert OFFICE_SERVED in english.get(reverse("rulebook")).text


@pytest.mark.parametrize(
    ("language", "condition"), [("en", OFFICE_SERVED), ("zh-hans", "裁判送达本院的")]
)
def test_what_a_step_begins_is_told_with_its_condition(cast, language, condition):
    case = make_case(cast)
    with translation.override(language):
        told = {line.code: line.only for line in periods_of(case, "judgment_served")}
    assert told == {"P-05": condition, "P-29": condition, "P-30": ""}


def test_the_page_and_the_api_of_what_is_missing_for_a_step_say_so(english, cast):
    with on(2026, 6, 24), translation.override("en"):
        case = suit.judged(cast)
        suit.served(cast, case, date(2026, 6, 24))
        plan = readiness(case, cast.handler, CaseState.SECOND_INSTANCE)
        told = {
            line.code: line.only
            for way in plan.ways
            for stretch in way.stretches
            for step in stretch.steps
            for line in step.periods
            if line.does == "starts"
        }
        page = english.get(
            reverse("case_readiness", args=[case.key]), {"target": "second_instance"}
        ).text
        answer = program_of(cast.handler).ask(
            f"cases/{case.key}/readiness/", target="second_instance"
        )
    assert told["P-06"] == "where a defendant appealed, not a co-plaintiff"
    assert told["P-32"] == ""
    assert told["P-06"] in page
    assert told["P-06"] in str(answer)
