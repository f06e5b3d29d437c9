"""What is due before a day an event names: the hearing, the meeting, the expiry of a measure."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation

from audit.errors import Invalid
from deadlines import services
from deadlines.effects import announce_periods
from deadlines.explain import in_both_languages
from deadlines.models import DeadlineState
from deadlines.rulebook import parse
from tests.deadlines.test_calculator import BEFORE_A_HEARING, P_25, TEXT
from tests.support.days import on
from tests.support.matters import happen, make_case

pytestmark = pytest.mark.django_db
LATEST = P_25 + BEFORE_A_HEARING + "latest_only = true\n"


@pytest.fixture(autouse=True)
def _own_book(monkeypatch):
    book = parse(TEXT.replace(P_25, LATEST), "test.toml")
    monkeypatch.setattr("deadlines.derive.named", lambda version: book)


@pytest.fixture
def case(cast):
    return make_case(cast)


def notice(case, told: date, hearing: str, **rest):
    with on(told.year, told.month, told.day):
        return happen(case, "hearing_noticed", told, facts={"hearing_on": hearing}, **rest)


@pytest.mark.norm("C124")
def test_the_court_serves_three_days_before_the_hearing_its_notice_names(case):
    notice(case, date(2026, 6, 8), "2026-06-23")
    row = case.deadlines.get(rule="P-25")
    # 20 June lies in the Dragon Boat Festival: no day of service.
    assert (row.start_day, row.nominal_day, row.effective_day, row.backwards) == (
        date(2026, 6, 23),
        date(2026, 6, 20),
        date(2026, 6, 18),
        True,
    )
    said = [line.text for line in in_both_languages(row.why).en]
    assert said[0].endswith("Hearing notice received, 2026-06-08.")
    assert said[1] == "The event names the day from which it is counted: 2026-06-23."


def test_nothing_is_due_before_a_day_nobody_named(case):
    with on(2026, 6, 8):
        happen(case, "hearing_noticed", date(2026, 6, 8), facts={})
    assert not case.deadlines.filter(rule="P-25").exists()
    # What runs from the notice itself runs all the same.
    assert case.deadlines.get(rule="P-13").effective_day == date(2026, 6, 11)


def test_another_hearing_takes_the_place_of_the_one_before_and_a_correction_moves_it(case):
    first = notice(case, date(2026, 6, 8), "2026-06-23")
    with on(2026, 6, 9):
        facts = {"hearing_on": "2026-06-30"}
        happen(
            case, "event_corrected", date(2026, 6, 8), corrects=first, facts=facts, reason="误录"
        )
    assert case.deadlines.get(rule="P-25").effective_day == date(2026, 6, 26)
    notice(case, date(2026, 6, 10), "2026-07-15")
    days = case.deadlines.filter(rule="P-25").order_by("pk").values_list("state", "effective_day")
    assert list(days) == [
        (DeadlineState.SUPERSEDED, date(2026, 6, 26)),
        (DeadlineState.OPEN, date(2026, 7, 10)),
    ]


def test_a_notice_too_near_the_hearing_is_past_at_once(case):
    notice(case, date(2026, 6, 8), "2026-06-10")
    row = case.deadlines.get(rule="P-25")
    assert row.effective_day == date(2026, 6, 5)
    with on(2026, 6, 8):
        services.lapse_due()
    row.refresh_from_db()
    assert row.state == DeadlineState.LAPSED


def _announced(case, facts):
    act = SimpleNamespace(
        declaration=SimpleNamespace(event_kind="hearing_noticed"),
        matter=case,
        facts=facts,
        legal_day=date(2026, 6, 8),
    )
    with translation.override("en"):
        return [str(line.text) for line in announce_periods(act, True)]


def test_the_act_announces_the_last_day_before_the_hearing(case):
    lines = _announced(case, {"hearing_on": "2026-06-23"})
    assert any(
        line.startswith("P-25") and line.endswith("to be done on 2026-06-18 at the latest.")
        for line in lines
    )
    assert not any(line.startswith("P-25") for line in _announced(case, {}))


def test_a_period_of_hours_is_announced_without_its_hour_instead_of_failing(case, monkeypatch):
    at = TEXT.index('id = "P-13"')
    hours = TEXT[:at] + TEXT[at:].replace('length = "P3D"', 'length = "PT48H"', 1)
    monkeypatch.setattr("deadlines.derive.named", lambda version: parse(hours, "test.toml"))
    (line,) = [line for line in _announced(case, {}) if line.startswith("P-13")]
    assert "Enter the hour of the event." in line


def test_time_that_ends_before_it_began_is_refused_and_nothing_changed(case):
    with on(2026, 6, 10):
        happen(case, "announcement_expired", date(2026, 4, 7))
        sent = happen(case, "work_commissioned", date(2026, 5, 6), facts={"work": "audit"})
        before = list(case.deadlines.values_list("effective_day", "at_least"))
        facts = {"commission": str(sent.pk)}
        with translation.override("en"), pytest.raises(Invalid) as refused:
            happen(case, "work_reported", date(2026, 5, 5), facts=facts)
    assert "cannot end before it began. Put its first and its last day right. (Rules 48" in str(
        refused.value.message
    )
    assert not case.events.filter(kind="work_reported").exists()
    assert list(case.deadlines.values_list("effective_day", "at_least")) == before
