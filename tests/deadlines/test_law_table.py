"""Every row of law 6.1 against the rulebook, and every event that is to end a clock against a clock it ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from cases.models import Case
from cases.services.acts import record_event
from deadlines import by_hand
from deadlines.derive import Derived, derive
from deadlines.models import DeadlineState
from deadlines.rulebook import Kind, PeriodRule, in_force
from tests.deadlines import law_table
from tests.support.days import on
from tests.support.matters import make_case

BOOK = in_force(date(2026, 1, 1))
BEGAN, ENDED = date(2026, 4, 1), date(2026, 4, 2)
# An office keeps its own clocks before their last day, others' when it is over; the longer, the earlier.
LONG = ("P3M", "P6M", "P1Y", "P2Y", "P3Y", "P20Y")


# --- the rows -----------------------------------------------------------------------------------


def _length(rule: PeriodRule) -> str:
    if rule.alias_of:
        return " ".join(rule.alias_of)
    shown = str(rule.length) if rule.length else ""
    return f"{shown}/{rule.longer}" if rule.longer else shown


@pytest.mark.parametrize("row", law_table.rows(), ids=lambda row: row[0])
def test_a_period_is_what_its_row_of_the_law_says(row):
    id, length, kind, duty, article, lapse, start = row
    rule = BOOK.periods[id]
    assert _length(rule) == length
    assert (rule.kind, rule.duty, rule.lapse) == (kind, duty, lapse)
    assert (rule.article, set(rule.start)) == (article, set(start.split()))


def test_the_law_has_a_row_for_every_period_of_the_rulebook():
    assert sorted(BOOK.periods) == sorted(row[0] for row in law_table.rows())


def test_only_what_is_due_before_an_event_is_counted_back():
    assert {rule.id for rule in BOOK.periods.values() if rule.backwards} == law_table.BACKWARDS


@pytest.mark.parametrize("id", law_table.EXTENSIONS)
def test_a_period_is_lengthened_by_whom_and_by_what_the_law_says(id):
    given = [(item.by, str(item.length or "")) for item in BOOK.periods[id].extensions]
    assert given == list(law_table.EXTENSIONS[id])


@pytest.mark.parametrize("id", law_table.NEVER_LONGER)
def test_a_period_the_law_does_not_lengthen_is_not_lengthened(id):
    assert BOOK.periods[id].extensions == ()


@pytest.mark.parametrize("id", law_table.NOT_COUNTED)
def test_the_work_whose_time_does_not_count_is_that_of_the_law(id):
    named = BOOK.periods[id].excluded_en
    assert len(named) == len(law_table.NOT_COUNTED[id])
    for work, said in zip(law_table.NOT_COUNTED[id], named, strict=True):
        assert said.startswith(work)


@pytest.mark.parametrize("id", law_table.EFFECTS)
def test_the_effect_of_lapse_is_told_as_the_law_states_it(id):
    for words in law_table.EFFECTS[id]:
        assert words in BOOK.periods[id].lapse_en


def test_every_clock_warns_on_its_last_day_and_a_long_one_weeks_before():
    for rule in BOOK.periods.values():
        if rule.length is None and not rule.ends_on:
            assert rule.reminders == ()
            continue
        assert rule.reminders[-1] == 0
        assert list(rule.reminders) == sorted(rule.reminders, reverse=True)
        if str(rule.length) in LONG and rule.kind is Kind.INTERNAL:
            assert rule.reminders[0] >= 14


# --- what ends them -----------------------------------------------------------------------------


@pytest.mark.parametrize("id", law_table.STOPS)
def test_what_the_law_says_ends_a_clock_is_among_what_ends_it(id):
    rule = BOOK.periods[id]
    assert law_table.STOPS[id] <= {*rule.met_by, *rule.cancelled_by}


def _starts_of(rule: PeriodRule) -> tuple[str, ...]:
    return rule.start or (by_hand.BEGUN,)


def _cases() -> list[Any]:
    found = []
    for rule in BOOK.periods.values():
        for name, state in (
            ("met_by", DeadlineState.MET),
            ("cancelled_by", DeadlineState.CANCELLED),
        ):
            for end in getattr(rule, name):
                found += [
                    pytest.param(rule, start, end, state, id=f"{rule.id}-{start}-{end}")
                    for start in _starts_of(rule)
                ]
    return found


CASES = _cases()


def _facts(rule: PeriodRule) -> dict[str, Any]:
    """Facts with which an event starts a clock of the rule, and with which another ends that clock."""
    named = BEGAN.isoformat() if rule.match == rule.start_day else "7"
    facts: dict[str, Any] = {rule.match: named} if rule.match else {}
    for condition in filter(None, (rule.start_when, rule.met_when)):
        name, _, value = condition.partition("=")
        facts[name] = value
    if rule.start_day_needed:
        facts[rule.start_day] = BEGAN.isoformat()
    return facts | ({rule.ends_on: "2026-06-01"} if rule.ends_on else {})


def _record(case: Case, kind: str, day: date, facts: dict[str, Any]) -> Any:
    with transaction.atomic():
        return record_event(actor=None, matter=case, kind=kind, legal_day=day, facts=facts)


def _begin(case: Case, rule: PeriodRule, kind: str) -> Any:
    facts = {"period": rule.id} if kind == by_hand.BEGUN else {}
    hours = {"at": "10:00"} if kind == by_hand.BEGUN and str(rule.length) == "PT48H" else {}
    return _record(case, kind, BEGAN, _facts(rule) | facts | hours)


def _clock(case: Case, rule: PeriodRule, start: Any) -> Derived:
    (found,) = [d for d in derive(case) if d.rule.id == rule.id and d.start.event == start]
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "start", "end", "state"), CASES)
def test_every_event_that_is_to_end_a_clock_ends_it(cast, rule, start, end, state):
    case = make_case(cast)
    with on(2026, 4, 2):
        begun = _begin(case, rule, start)
        assert _clock(case, rule, begun).state == DeadlineState.OPEN
        ending = _record(case, end, ENDED, _facts(rule))
        clock = _clock(case, rule, begun)
    superseded = rule.latest_only and end in rule.start
    assert clock.state == (DeadlineState.SUPERSEDED if superseded else state)
    assert clock.ended_by == ending


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "start", "end"),
    [
        pytest.param(*param.values[:3], id=param.id)
        for param in CASES
        if param.values[0].match and param.values[0].match not in param.values[0].start_when
    ],
)
def test_an_event_about_another_party_ends_no_clock_and_one_before_its_start_neither(
    cast, rule, start, end
):
    case = make_case(cast)
    with on(2026, 4, 2):
        _record(case, end, BEGAN, _facts(rule))
        begun = _begin(case, rule, start)
        _record(case, end, ENDED, _facts(rule) | {rule.match: "8"})
        assert _clock(case, rule, begun).state == DeadlineState.OPEN
