"""The calendar of working days: official notices by year, with arrays for lookups.

Pure Python without Django. The data (`calendar_data/*.toml`, one file a notice) are the days off
and the make-up working days (调休) that the State Council announces for each year. A year without a
notice has weekends and the fixed holidays alone, and all that is computed from it is provisional.

Law: CPL 85 and CC 203 (the last day of a period is no legal holiday). The texts leave open whether
Saturdays and Sundays are legal holidays and what make-up working days are; `Practice` holds the
answer.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "calendar_data"
FIRST = date(1950, 1, 1)
LAST = date(2100, 12, 31)
SATURDAY = 5
# Holidays bound to a day of the solar year (Regulation on public holidays): month, day, first year.
FIXED_HOLIDAYS = (
    (1, 1, 1950, "元旦", "New Year's Day"),
    (5, 1, 1950, "劳动节", "Labour Day"),
    (5, 2, 2025, "劳动节", "Labour Day"),
    (10, 1, 1950, "国庆节", "National Day"),
    (10, 2, 1950, "国庆节", "National Day"),
    (10, 3, 2000, "国庆节", "National Day"),
)
# A year's notice has moved days from 29 December of the year before it (2006-2026: never earlier).
TURN_OF_THE_YEAR = (12, 29)


class CalendarError(ValueError):
    """A calendar file that cannot be used, or a day the calendar does not reach."""


@dataclass(frozen=True, slots=True)
class Festival:
    """One festival of a notice: its days off and the working days that make up for them."""

    name: str
    name_en: str
    off: tuple[date, ...]
    work: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class YearNotice:
    """The official notice of one year."""

    year: int
    source: str
    source_en: str
    festivals: tuple[Festival, ...]
    amended_by: str = ""
    amended_by_en: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """Answers to what the texts leave open (law 6.2, open points 1-3).

    Attributes:
        weekends_roll: Saturdays and Sundays count as legal holidays [practice, not verified].
        makeup_days_roll: a make-up working Saturday or Sunday is a legal holiday nevertheless.
        hours_roll: a period of hours that ends on a holiday ends with the first hour after it.
    """

    weekends_roll: bool = True
    makeup_days_roll: bool = False
    hours_roll: bool = False


@dataclass(frozen=True, slots=True)
class Rest:
    """Why a day is no working day, in both languages."""

    name: str
    name_en: str


WEEKEND = {5: Rest("星期六", "Saturday"), 6: Rest("星期日", "Sunday")}


def _days(value: Any, where: str) -> tuple[date, ...]:
    if not isinstance(value, list) or not all(type(day) is date for day in value):
        raise CalendarError(f"{where}: must be a list of days such as [2026-01-01].")
    return tuple(value)


class DayFault(StrEnum):
    """Why a day cannot stand in the notice of a year."""

    FOREIGN = "foreign"
    WEEKDAY = "weekday"
    TWICE = "twice"


def day_fault(day: date, year: int, *, working: bool, named: Container[date]) -> DayFault | None:
    """Return what is wrong with a day of the notice of `year`, None when nothing is.

    Args:
        working: it is a make-up working day; only Saturdays and Sundays are made up for.
        named: the days the notice has named before.
    """
    if day.year != year and (day.year, day.month) != (year - 1, 12):
        return DayFault.FOREIGN
    if working and day.weekday() < SATURDAY:
        return DayFault.WEEKDAY
    return DayFault.TWICE if day in named else None


_FAULTS = {
    DayFault.FOREIGN: "{day} does not belong to the notice of {year}.",
    DayFault.WEEKDAY: "make-up day {day} is neither a Saturday nor a Sunday.",
    DayFault.TWICE: "{day} is named twice.",
}


def _festival(entry: Mapping[str, Any], year: int, where: str, named: set[date]) -> Festival:
    for key in ("name", "name_en", "off", "work"):
        if key not in entry:
            raise CalendarError(f"{where}: a festival has no {key!r}.")
    label = f"{where}, {entry['name_en']}"
    off, work = _days(entry["off"], f"{label}, off"), _days(entry["work"], f"{label}, work")
    for days, working in ((off, False), (work, True)):
        for day in days:
            if fault := day_fault(day, year, working=working, named=named):
                raise CalendarError(f"{label}: {_FAULTS[fault].format(day=day, year=year)}")
            named.add(day)
    return Festival(name=entry["name"], name_en=entry["name_en"], off=off, work=work)


def parse_notice(text: str, where: str = "calendar") -> YearNotice:
    """Read one notice from TOML.

    Args:
        text: the file's content.
        where: what error messages call it.

    Raises:
        CalendarError: with the file, the festival and the day at fault.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CalendarError(f"{where}: not valid TOML: {error}") from error
    for key, kind in (("year", int), ("source", str), ("source_en", str), ("festival", list)):
        if not isinstance(data.get(key), kind):
            raise CalendarError(f"{where}: {key!r} is missing or of the wrong kind.")
    year = data["year"]
    named: set[date] = set()
    festivals = tuple(_festival(entry, year, where, named) for entry in data["festival"])
    return YearNotice(
        year=year,
        source=data["source"],
        source_en=data["source_en"],
        festivals=festivals,
        amended_by=data.get("amended_by", ""),
        amended_by_en=data.get("amended_by_en", ""),
    )


class Calendar:
    """Working days from 1950 to 2100 under a set of notices and one practice.

    Lookups read precomputed lists; building one takes some tens of milliseconds, so share it.
    """

    def __init__(self, notices: Iterable[YearNotice], practice: Practice | None = None) -> None:
        self.notices = {notice.year: notice for notice in notices}
        self.practice = practice or Practice()
        self._off, self._makeup = self._announced()
        self._base = FIRST.toordinal()
        # Asked again and again of the same few days.
        self._rests: dict[date, Rest | None] = {}
        self._build()

    def _announced(self) -> tuple[dict[date, Rest], frozenset[date]]:
        off: dict[date, Rest] = {}
        makeup: set[date] = set()
        for notice in self.notices.values():
            for festival in notice.festivals:
                off.update(dict.fromkeys(festival.off, Rest(festival.name, festival.name_en)))
                makeup.update(festival.work)
        return off, frozenset(makeup)

    def _build(self) -> None:
        days = [date.fromordinal(n) for n in range(self._base, LAST.toordinal() + 1)]
        working = [self._works(day) for day in days]
        # _rank[i]: how many working days there are up to and including day i.
        self._working = [day for day, works in zip(days, working, strict=True) if works]
        self._rank: list[int] = []
        count = 0
        for works in working:
            count += works
            self._rank.append(count)
        self._next = self._sweep(reversed(days))[::-1]
        self._previous = self._sweep(days)

    def _sweep(self, days: Iterable[date]) -> list[date]:
        """Return for each day the nearest day, seen so far, on which a period may end."""
        result: list[date] = []
        nearest: date | None = None
        for day in days:
            if nearest is None or not self._holiday(day):
                nearest = day
            result.append(nearest)
        return result

    def _works(self, day: date) -> bool:
        if day in self._makeup:
            return True
        return day.weekday() < SATURDAY and self._festival_of(day) is None

    def _festival_of(self, day: date) -> Rest | None:
        if (rest := self._off.get(day)) is not None or day.year in self.notices:
            return rest
        for month, number, since, name, name_en in FIXED_HOLIDAYS:
            if (day.month, day.day) == (month, number) and day.year >= since:
                return Rest(name, name_en)
        return None

    def _holiday(self, day: date) -> bool:
        """Say whether a period cannot end on `day` under the practice."""
        if day in self._makeup:
            return self.practice.makeup_days_roll
        if self._festival_of(day) is not None:
            return True
        return self.practice.weekends_roll and day.weekday() >= SATURDAY

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._base
        if 0 <= index < len(self._next):
            return index
        raise CalendarError(f"The calendar reaches from {FIRST} to {LAST}; {day} lies outside.")

    def is_working(self, day: date) -> bool:
        """Say whether offices work on `day` (make-up days included)."""
        index = self._index(day)
        return self._rank[index] != (self._rank[index - 1] if index else 0)

    def roll_forward(self, day: date) -> date:
        """Return `day`, or the first day after the holiday it lies in (CPL 85, CC 203)."""
        return self._next[self._index(day)]

    def roll_back(self, day: date) -> date:
        """Return `day`, or the last day before the holiday it lies in (law 6.2 point 5)."""
        return self._previous[self._index(day)]

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day` (count ≥ 1)."""
        position = self._rank[self._index(day)] + count - 1
        if position >= len(self._working):
            raise CalendarError(f"The calendar ends on {LAST}.")
        return self._working[position]

    def subtract_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day before `day` (count ≥ 1)."""
        index = self._index(day)
        position = self._rank[index] - self.is_working(day) - count
        if position < 0:
            raise CalendarError(f"The calendar begins on {FIRST}.")
        return self._working[position]

    def last_days(self, starts: Sequence[date], lengths: Sequence[int]) -> list[date]:
        """Return the last day of each of many periods of days, `lengths` days after `starts`.

        The same as one by one: the first day is not counted, and a holiday at the end is rolled
        over (CPL 85, CC 203).

        Raises:
            CalendarError: a length below one day, or a day outside the calendar.
        """
        self._require_reach(starts, lengths)
        nearest, base = self._next, self._base
        try:
            return [
                nearest[start.toordinal() - base + length]
                for start, length in zip(starts, lengths, strict=True)
            ]
        except IndexError as error:
            raise CalendarError(f"The calendar ends on {LAST}.") from error

    def last_working_days(self, starts: Sequence[date], lengths: Sequence[int]) -> list[date]:
        """Return the last day of each of many periods of working days.

        Raises:
            CalendarError: a length below one day, or a day outside the calendar.
        """
        self._require_reach(starts, lengths)
        working, rank, base = self._working, self._rank, self._base
        try:
            return [
                working[rank[start.toordinal() - base] - 1 + length]
                for start, length in zip(starts, lengths, strict=True)
            ]
        except IndexError as error:
            raise CalendarError(f"The calendar ends on {LAST}.") from error

    @staticmethod
    def _require_reach(starts: Sequence[date], lengths: Sequence[int]) -> None:
        """Refuse what would be read from the wrong end of a list."""
        if lengths and min(lengths) < 1:
            raise CalendarError(f"A period has at least one day, not {min(lengths)}.")
        if starts and min(starts) < FIRST:
            raise CalendarError(f"The calendar begins on {FIRST}; {min(starts)} lies before it.")

    def rest(self, day: date) -> Rest | None:
        """Return why no period ends and nobody works on `day`, or None on a working day."""
        if day not in self._rests:
            self._rests[day] = self._reason(day)
        return self._rests[day]

    def _reason(self, day: date) -> Rest | None:
        if day in self._makeup:
            if not self.practice.makeup_days_roll:
                return None
            return WEEKEND[day.weekday()]
        if (festival := self._festival_of(day)) is not None:
            return festival
        return WEEKEND.get(day.weekday())

    def is_settled(self, day: date) -> bool:
        """Say whether the official notices that can touch `day` are all known."""
        if day.year not in self.notices:
            return False
        return (day.month, day.day) < TURN_OF_THE_YEAR or day.year + 1 in self.notices

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years whose notice is known, ascending."""
        return tuple(sorted(self.notices))


def days_between(first: date, last: date) -> Iterable[date]:
    """Yield the days from `first` to `last`, both included."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def day_after(day: date) -> date:
    """Return the next day.

    Raises:
        CalendarError: when there is none (9999-12-31).
    """
    try:
        return day + timedelta(days=1)
    except OverflowError as error:
        raise CalendarError(f"There is no day after {day}.") from error


@cache
def notices(directory: Path = DATA) -> tuple[YearNotice, ...]:
    """Read every notice of `directory`, by year.

    Raises:
        CalendarError: when a file is wrong or two files are of one year.
    """
    found: dict[int, YearNotice] = {}
    for path in sorted(directory.glob("*.toml")):
        notice = parse_notice(path.read_text(encoding="utf-8"), path.name)
        if notice.year in found:
            raise CalendarError(f"{path.name}: the notice of {notice.year} is there twice.")
        found[notice.year] = notice
    return tuple(found[year] for year in sorted(found))


@lru_cache(maxsize=8)
def calendar_of(known: tuple[YearNotice, ...], practice: Practice | None = None) -> Calendar:
    """Return the shared calendar of the `known` notices under `practice` (default: law 6.2)."""
    return Calendar(known, practice)


def official(practice: Practice | None = None) -> Calendar:
    """Return the calendar of the shipped notices alone; an office may have published more years."""
    return calendar_of(notices(), practice)
