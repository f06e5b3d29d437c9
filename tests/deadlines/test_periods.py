from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deadlines.calendar import Practice, official
from deadlines.periods import (
    Interval,
    Period,
    PeriodError,
    Unit,
    last_day,
    latest_day_before,
    union,
)


@pytest.mark.norm("C124")
def test_an_extension_from_the_start_ends_later_than_one_from_the_first_end():
    result = last_day(
        date(2026, 1, 31), Period.parse("P1M"), official(), extensions=[Period.parse("P1M")]
    )
    # One month ends on 28 February; one month on from there would be 28 March.
    assert (result.nominal, result.effective) == (date(2026, 3, 31), date(2026, 3, 31))


@pytest.mark.norm("C124")
def test_an_extension_is_summed_with_the_base_and_not_counted_month_on_month():
    result = last_day(
        date(2026, 11, 30), Period.parse("P3M"), official(), extensions=[Period.parse("P1M")]
    )
    # Three months end on 28 February; one month on from there would be 28 March.
    assert result.nominal == date(2027, 3, 30)


@pytest.mark.norm("C127")
def test_the_hour_in_which_a_period_begins_is_not_counted_even_when_it_begins_sharp():
    result = last_day(datetime(2026, 6, 18, 15, 0), Period.parse("PT48H"), official())
    assert result.effective == datetime(2026, 6, 20, 16, 0)


def test_hours_roll_over_when_the_office_chooses_so():
    calendar = official(Practice(hours_roll=True))
    result = last_day(datetime(2026, 6, 18, 14, 20), Period.parse("PT48H"), calendar)
    assert result.effective == datetime(2026, 6, 22, 1, 0)


@pytest.mark.norm("C127")
def test_hours_without_a_time_are_refused():
    with pytest.raises(PeriodError, match="needs the time"):
        last_day(date(2026, 6, 18), Period.parse("PT48H"), official())


def test_every_skipped_day_is_named_with_its_reason():
    result = last_day(date(2026, 3, 5), Period.parse("P30D"), official())
    assert [(str(s.day), s.reason, s.reason_zh) for s in result.skipped] == [
        ("2026-04-04", "Tomb-sweeping Day", "清明节"),
        ("2026-04-05", "Tomb-sweeping Day", "清明节"),
        ("2026-04-06", "Tomb-sweeping Day", "清明节"),
    ]


@pytest.mark.norm("C125")
def test_a_result_in_a_year_without_notice_is_provisional():
    known = last_day(date(2026, 3, 5), Period.parse("P30D"), official())
    unknown = last_day(date(2026, 8, 31), Period.parse("P6M"), official())
    assert (known.provisional, unknown.provisional) == (False, True)


@pytest.mark.norm("C125")
def test_the_turn_of_the_last_known_year_is_provisional():
    # The notice of 2007 made 30 and 31 December 2006 working days: next year's notice reaches back.
    assert last_day(date(2026, 11, 30), Period.parse("P1M"), official()).provisional
    assert not last_day(date(2025, 11, 30), Period.parse("P1M"), official()).provisional


def test_working_days_skip_holidays_and_count_make_up_days():
    result = last_day(date(2026, 2, 13), Period.parse("3WD"), official())
    # 14 February is a make-up Saturday; 15-23 February are off.
    assert result.effective == date(2026, 2, 25)
    assert len(result.skipped) == 9


def test_weekends_need_not_roll_over():
    calendar = official(Practice(weekends_roll=False))
    # A Saturday without a festival, and a festival on a Saturday.
    assert last_day(date(2026, 3, 11), Period.parse("P3D"), calendar).effective == date(2026, 3, 14)
    assert last_day(date(2026, 3, 5), Period.parse("P30D"), calendar).effective == date(2026, 4, 7)


def test_make_up_days_may_roll_over():
    calendar = official(Practice(makeup_days_roll=True))
    assert last_day(date(2026, 4, 9), Period.parse("P30D"), calendar).effective == date(2026, 5, 11)


@pytest.mark.norm("C124")
def test_at_least_three_days_before_counts_back_without_the_day_itself():
    result = latest_day_before(date(2026, 6, 12), Period.parse("P3D"), official())
    assert result.effective == date(2026, 6, 9)


@pytest.mark.norm("C124")
@pytest.mark.parametrize(
    ("event", "period", "nominal"),
    [
        ("2026-06-12", "P2M", "2026-04-12"),
        ("2026-06-12", "P1Y", "2025-06-12"),
        ("2026-03-31", "P1M", "2026-02-28"),
    ],
)
def test_months_and_years_before_an_event_are_counted_back_to_the_corresponding_day(
    event, period, nominal
):
    result = latest_day_before(date.fromisoformat(event), Period.parse(period), official())
    assert str(result.nominal) == nominal


@pytest.mark.norm("C124")
def test_a_holiday_is_never_the_last_day_of_service():
    result = latest_day_before(date(2026, 6, 23), Period.parse("P3D"), official())
    assert (result.nominal, result.effective) == (date(2026, 6, 20), date(2026, 6, 18))
    assert [str(s.day) for s in result.skipped] == ["2026-06-20", "2026-06-19"]


@pytest.mark.norm("C124")
def test_overlapping_exclusions_count_once():
    twice = [
        Interval(date(2026, 5, 6), date(2026, 5, 26)),
        Interval(date(2026, 5, 16), date(2026, 6, 5)),
    ]
    once = [Interval(date(2026, 5, 6), date(2026, 6, 5))]
    assert _review(twice).nominal == _review(once).nominal


def test_time_before_the_start_and_after_the_end_is_not_excluded():
    outside = [
        Interval(date(2026, 1, 1), date(2026, 4, 1)),
        Interval(date(2026, 8, 1), date(2026, 8, 9)),
    ]
    assert _review(outside).nominal == _review([]).nominal
    straddling = [Interval(date(2026, 4, 1), date(2026, 4, 10))]
    assert _review(straddling).nominal == date(2026, 7, 10)


def test_an_exclusion_counts_when_it_begins_inside_the_time_another_one_added():
    added = [
        Interval(date(2026, 7, 1), date(2026, 7, 11)),
        Interval(date(2026, 7, 15), date(2026, 7, 20)),
    ]
    assert _review(added).nominal == date(2026, 7, 22)


def test_an_open_exclusion_makes_the_end_a_lower_bound():
    result = _review([Interval(date(2026, 5, 6))])
    assert result.at_least
    assert result.nominal == date(2026, 7, 7)


def test_an_exclusion_cannot_end_before_it_began():
    with pytest.raises(PeriodError, match="before it began"):
        Interval(date(2026, 5, 6), date(2026, 5, 5))


def test_an_approval_may_name_the_end():
    result = last_day(
        date(2026, 4, 7), Period.parse("P3M"), official(), typed_end=date(2026, 9, 26)
    )
    # 26 September 2026 belongs to the Mid-Autumn Festival.
    assert (result.nominal, result.effective) == (date(2026, 9, 26), date(2026, 9, 28))


@pytest.mark.parametrize(
    "text", ["", "P0D", "P-3D", "30", "P3W", "P1M15D", "PT1M", "P٣D", "P1.5D", "P9999999999D", "WD"]
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(PeriodError):
        Period.parse(text)


@pytest.mark.parametrize("text", ["P30D", "P3M", "P2Y", "PT48H", "15WD"])
def test_a_period_is_written_as_it_is_read(text):
    assert str(Period.parse(text)) == text


def test_an_end_outside_the_calendar_is_refused():
    for start in (date(9999, 12, 31), date(2100, 12, 31), date(1, 1, 1)):
        with pytest.raises(PeriodError):
            last_day(start, Period.parse("P30D"), official())


def test_the_derivation_tells_each_step_with_its_article():
    result = last_day(date(2026, 3, 5), Period.parse("P30D"), official())
    assert [step.code for step in result.steps] == [
        "start_not_counted",
        "first_day",
        "base_end",
        "rest_day",
        "rest_day",
        "rest_day",
        "end",
    ]
    assert result.law == "CPL 85; CC 201; CC 203"


def _review(exclusions):
    return last_day(date(2026, 4, 7), Period.parse("P3M"), official(), exclusions=exclusions)


days = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))
day_periods = st.builds(
    Period, st.integers(1, 400), st.sampled_from([Unit.DAY, Unit.MONTH, Unit.WORKING_DAY])
)
intervals = st.lists(
    st.builds(lambda a, n: Interval(a, a + timedelta(days=n)), days, st.integers(0, 90)), max_size=6
)


@settings(max_examples=300, deadline=None)
@given(start=days, period=day_periods, exclusions=intervals)
def test_the_effective_day_is_a_working_day_not_before_the_nominal_one(start, period, exclusions):
    result = last_day(start, period, official(), exclusions=exclusions)
    assert result.effective >= result.nominal > start
    assert official().is_working(result.effective)
    assert all(not official().is_working(s.day) for s in result.skipped)


@settings(max_examples=300, deadline=None)
@given(start=days, period=day_periods, exclusions=intervals)
def test_exclusions_never_shorten_and_their_order_never_matters(start, period, exclusions):
    plain = last_day(start, period, official())
    forwards = last_day(start, period, official(), exclusions=exclusions)
    backwards = last_day(start, period, official(), exclusions=exclusions[::-1])
    assert plain.nominal <= forwards.nominal == backwards.nominal


@settings(max_examples=300, deadline=None)
@given(items=intervals)
def test_the_union_covers_the_same_days_as_its_parts(items):
    def covered(parts):
        return {i.first + timedelta(days=n) for i in parts for n in range((i.last - i.first).days)}

    merged = union(items)
    assert covered(merged) == covered(items)
    assert all(a.last < b.first for a, b in pairwise(merged))


@settings(max_examples=300, deadline=None)
@given(event=days, length=st.integers(1, 60))
def test_a_day_of_service_is_a_working_day_early_enough(event, length):
    result = latest_day_before(event, Period(length, Unit.DAY), official())
    assert result.effective <= event - timedelta(days=length)
    assert official().is_working(result.effective)
