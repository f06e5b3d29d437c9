"""The days of one year as the working calendar has them: day by day, and as twelve months."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from audit import clock
from deadlines.calendar import (
    FIRST,
    LAST,
    WEEKEND,
    Calendar,
    YearNotice,
    days_between,
)
from deadlines.yearbook import calendar

FIRST_YEAR, LAST_YEAR = FIRST.year, LAST.year
MONTHS = range(1, 13)


class DayKind(StrEnum):
    """What a day is for the offices."""

    WORKING = "working"
    WEEKEND = "weekend"
    OFF = "off"
    MAKEUP = "makeup"


@dataclass(frozen=True)
class GridDay:
    """One day.

    Attributes:
        name: the festival of a day off or of a make-up working day (调休), else empty.
        provisional: a notice that is not published yet may still change it.
    """

    day: date
    kind: DayKind
    name: str = ""
    name_en: str = ""
    today: bool = False
    provisional: bool = False


@dataclass(frozen=True)
class Run:
    """Consecutive days of one month that have the same reason to be off or to be worked."""

    first: GridDay
    last: GridDay


@dataclass(frozen=True)
class Month:
    """One month: weeks from Monday to Sunday with None outside the month, and what is special in it."""

    first: date
    weeks: list[list[GridDay | None]]
    runs: list[Run]


@dataclass(frozen=True)
class Year:
    """A year with its days.

    Attributes:
        notice: the official notice; None when none is known and all of the year is provisional.
        settled: no notice that is still to come can change a day of it.
    """

    year: int
    notice: YearNotice | None
    settled: bool
    days: list[GridDay]

    @property
    def months(self) -> list[Month]:
        by_day = {item.day: item for item in self.days}
        return [_month(self.year, number, by_day) for number in MONTHS]


def year_of(year: int) -> Year:
    """Return the days of a year (1950 to 2100) under the notices that stand now."""
    known = calendar()
    made_up = _made_up(known)
    today = clock.today()
    days = [
        _grid_day(known, day, made_up, today)
        for day in days_between(date(year, 1, 1), date(year, 12, 31))
    ]
    settled = not any(item.provisional for item in days)
    return Year(year, known.notices.get(year), settled, days)


def _made_up(known: Calendar) -> dict[date, tuple[str, str]]:
    """Return the make-up working days with the festival each makes up for."""
    return {
        day: (festival.name, festival.name_en)
        for notice in known.notices.values()
        for festival in notice.festivals
        for day in festival.work
    }


def _grid_day(
    known: Calendar, day: date, made_up: dict[date, tuple[str, str]], today: date
) -> GridDay:
    kind, names = DayKind.WORKING, ("", "")
    rest = known.rest(day)
    if day in made_up:
        kind, names = DayKind.MAKEUP, made_up[day]
    elif rest is not None and rest == WEEKEND.get(day.weekday()):
        kind = DayKind.WEEKEND
    elif rest is not None:
        kind, names = DayKind.OFF, (rest.name, rest.name_en)
    return GridDay(day, kind, *names, today=day == today, provisional=not known.is_settled(day))


def _month(year: int, number: int, by_day: dict[date, GridDay]) -> Month:
    weeks = [
        [by_day[day] if day.month == number else None for day in week]
        for week in Weeks().monthdatescalendar(year, number)
    ]
    days = [item for week in weeks for item in week if item is not None]
    return Month(date(year, number, 1), weeks, list(_runs(days)))


def _runs(days: list[GridDay]) -> Iterator[Run]:
    for (kind, _name), group in groupby(days, key=lambda item: (item.kind, item.name)):
        found = list(group)
        if kind in (DayKind.OFF, DayKind.MAKEUP):
            yield Run(found[0], found[-1])
