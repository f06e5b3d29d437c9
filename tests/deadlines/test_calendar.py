from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from deadlines.calendar import Calendar, CalendarError, notices, official, parse_notice
from deadlines.periods import Period, Unit, last_day
from tests.deadlines.naive import end

GOOD = """
year = 2027
source = "通知"
source_en = "notice"
[[festival]]
name = "元旦"
name_en = "New Year's Day"
off = [2027-01-01, 2027-01-02, 2027-01-03]
work = [2026-12-26]
"""


def _days(first: date, last: date):
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


@pytest.mark.norm("C125")
def test_every_day_from_2004_to_2026_agrees_with_the_published_notices():
    calendar = official()
    different = [
        day
        for day in _days(date(2004, 1, 1), date(2026, 12, 31))
        if calendar.is_working(day) != chinese_calendar.is_workday(day)
    ]
    assert different == []


@pytest.mark.norm("C125")
def test_the_calendar_of_2026_is_the_one_the_law_file_names():
    calendar = official()
    off = {str(d) for d in _days(date(2026, 2, 15), date(2026, 2, 23))}
    assert all(not calendar.is_working(date.fromisoformat(day)) for day in off)
    for day in ("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"):
        assert calendar.is_working(date.fromisoformat(day))


@pytest.mark.norm("C125")
def test_every_year_names_its_source_and_none_is_missing():
    assert [notice.year for notice in notices()] == list(range(2004, 2027))
    assert all(str(notice.year) in notice.source for notice in notices())


def test_the_rest_days_carry_the_name_of_the_festival_in_both_languages():
    rest = official().rest(date(2026, 2, 17))
    assert (rest.name, rest.name_en) == ("春节", "Spring Festival")
    assert official().rest(date(2026, 2, 14)) is None
    assert official().rest(date(2026, 3, 7)).name_en == "Saturday"


@pytest.mark.norm("C125")
def test_an_unknown_year_has_weekends_and_fixed_holidays():
    calendar = official()
    assert calendar.roll_forward(date(2027, 10, 1)) == date(2027, 10, 4)
    assert calendar.roll_forward(date(2027, 1, 1)) == date(2027, 1, 4)
    assert not calendar.is_settled(date(2027, 3, 10))


@pytest.mark.norm("C125")
def test_a_year_is_added_by_one_more_notice():
    calendar = Calendar([*notices(), parse_notice(GOOD)])
    assert calendar.is_working(date(2026, 12, 26))
    assert calendar.is_settled(date(2027, 3, 10))
    assert calendar.is_settled(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("year = 2027", "year = '2027'", "'year' is missing or of the wrong kind"),
        ("year = 2027", "year = ", "not valid TOML"),
        ("2026-12-26]", "2026-12-25]", "neither a Saturday nor a Sunday"),
        ("2027-01-03]", "2028-01-03]", "does not belong to the notice of 2027"),
        ("2027-01-03]", "2027-01-02]", "2027-01-02 is named twice"),
        ("2027-01-03]", "2027-01-33]", "not valid TOML"),
        ("2027-01-03]", "'2027-01-03']", "must be a list of days"),
        ("work = [2026-12-26]", "", "has no 'work'"),
        ('source = "通知"\n', "", "'source' is missing or of the wrong kind"),
    ],
)
@pytest.mark.norm("C125")
def test_a_wrong_notice_is_refused_with_the_fault_named(old, new, message):
    with pytest.raises(CalendarError, match=message):
        parse_notice(GOOD.replace(old, new), "2027.toml")


@pytest.mark.norm("C125")
def test_no_year_has_two_notices(tmp_path):
    for name in ("2027.toml", "2027-again.toml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(CalendarError, match="the notice of 2027 is there twice"):
        notices(tmp_path)


# --- many at once ----------------------------------------------------------------------------------


@pytest.mark.norm("C125")
def test_many_last_days_at_once_are_those_of_the_published_notices():
    starts = list(_days(date(2004, 1, 1), date(2026, 10, 31)))
    lengths = [1 + number % 45 for number in range(len(starts))]
    expected = [end(start, length, "D") for start, length in zip(starts, lengths, strict=True)]
    assert official().last_days(starts, lengths) == expected


@pytest.mark.norm("C125")
def test_many_working_day_periods_at_once_are_those_of_the_published_notices():
    starts = list(_days(date(2004, 1, 1), date(2026, 10, 31)))[::3]
    lengths = [1 + number % 20 for number in range(len(starts))]
    expected = [end(start, length, "W") for start, length in zip(starts, lengths, strict=True)]
    assert official().last_working_days(starts, lengths) == expected


def test_many_at_once_are_the_same_as_one_by_one():
    starts = list(_days(date(2026, 1, 1), date(2028, 12, 31)))
    lengths = [1 + number % 400 for number in range(len(starts))]
    for many, unit in (
        (official().last_days, Unit.DAY),
        (official().last_working_days, Unit.WORKING_DAY),
    ):
        one_by_one = [
            last_day(start, Period(length, unit), official()).effective
            for start, length in zip(starts, lengths, strict=True)
        ]
        assert many(starts, lengths) == one_by_one


@pytest.mark.parametrize("many", [official().last_days, official().last_working_days])
@pytest.mark.parametrize(
    ("start", "length", "message"),
    [
        (date(2026, 1, 1), 0, "at least one day, not 0"),
        (date(2026, 1, 1), -3, "at least one day, not -3"),
        (date(1949, 12, 31), 30, "begins on 1950-01-01; 1949-12-31 lies before it"),
        (date(2100, 12, 30), 30, "ends on 2100-12-31"),
        (date(2101, 1, 1), 1, "ends on 2100-12-31"),
    ],
)
def test_one_of_many_that_cannot_be_computed_refuses_them_all(many, start, length, message):
    with pytest.raises(CalendarError, match=message):
        many([date(2026, 3, 5), start], [30, length])
    with pytest.raises(ValueError, match="argument 2 is longer"):
        many([date(2026, 3, 5)], [30, 15])
    assert many([], []) == []
