"""Two implementations that share nothing agree on 10,000 random dates of each way of counting (B11)."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest

from deadlines.calendar import official
from deadlines.periods import Interval, Period, last_day, latest_day_before
from tests.deadlines import naive

NUMBER = 10_000
FIRST, LAST = date(2004, 3, 1), date(2026, 9, 1)
# Unit and the greatest length that is tried.
UNITS = [("D", 60), ("M", 3), ("Y", 2), ("W", 30)]

pytestmark = [pytest.mark.norm("C124"), pytest.mark.norm("C125")]


def random_day(chance: random.Random, first: date = FIRST, last: date = LAST) -> date:
    return first + timedelta(days=chance.randrange((last - first).days))


def random_length(chance: random.Random, units=UNITS) -> tuple[int, str]:
    unit, most = chance.choice(units)
    return chance.randint(1, most), unit


def written(number: int, unit: str) -> Period:
    return Period.parse(f"{number}WD" if unit == "W" else f"P{number}{unit}")


def test_periods_after_an_event_agree():
    chance, differences = random.Random(20260301), []
    for _ in range(NUMBER):
        start, (number, unit) = random_day(chance), random_length(chance)
        ours = last_day(start, written(number, unit), official())
        if not ours.provisional and ours.effective != naive.end(start, number, unit):
            differences.append((start, number, unit, ours.effective))
    assert differences == []


def test_periods_before_an_event_agree():
    chance, differences = random.Random(7), []
    for _ in range(NUMBER):
        event, (number, unit) = random_day(chance, date(2006, 6, 1)), random_length(chance)
        ours = latest_day_before(event, written(number, unit), official())
        assert not ours.provisional
        if ours.effective != naive.before(event, number, unit):
            differences.append((event, number, unit, ours.effective))
    assert differences == []


@pytest.mark.norm("C127")
def test_periods_of_hours_agree():
    chance, differences = random.Random(48), []
    for _ in range(NUMBER):
        moment = datetime.combine(random_day(chance), datetime.min.time())
        moment += timedelta(seconds=chance.randrange(24 * 3600))
        number = chance.randint(1, 96)
        ours = last_day(moment, Period.parse(f"PT{number}H"), official())
        if ours.effective != naive.hours(moment, number):
            differences.append((moment, number, ours.effective))
    assert differences == []


@pytest.mark.norm("C042")
def test_extended_periods_agree():
    chance, differences = random.Random(47), []
    for _ in range(NUMBER):
        start = random_day(chance, last=date(2024, 1, 1))
        parts = [random_length(chance, UNITS[:2]) for _ in range(chance.randint(2, 4))]
        base, *granted = (written(*part) for part in parts)
        ours = last_day(start, base, official(), extensions=granted)
        if ours.effective != naive.rolled(naive.extended(start, parts)):
            differences.append((start, parts, ours.effective))
    assert differences == []


@pytest.mark.norm("C044")
def test_periods_with_time_that_does_not_count_agree():
    chance, differences = random.Random(48), []
    for _ in range(NUMBER):
        start = random_day(chance, last=date(2025, 1, 1))
        number, unit = random_length(chance, UNITS[:2])
        spans = []
        for _ in range(chance.randint(1, 4)):
            first = start + timedelta(days=chance.randint(-20, 130))
            spans.append((first, first + timedelta(days=chance.randint(0, 40))))
        exclusions = [Interval(*span) for span in spans]
        ours = last_day(start, written(number, unit), official(), exclusions=exclusions)
        end = naive.excluded(start, naive.nominal(start, number, unit), spans)
        if (ours.nominal, ours.effective) != (end, naive.rolled(end)):
            differences.append((start, number, unit, spans, ours.nominal))
    assert differences == []
