"""Periods of law and their last day, in pure Python.

The rules (law 6.2): periods run by hour, day, month or year (CPL 85, CC 200); the first hour or day
is not counted (CPL 85, CPLI 125, CC 201); a month or year ends on the corresponding day, or on the
last day of the month where there is none (CC 202); a period whose last day is a legal holiday ends
on the first day after it (CPL 85, CC 203). Order (law 14.2): base, extensions, exclusions,
rollover.
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from deadlines.calendar import Calendar, CalendarError, day_after, days_between

MAXIMUM_LENGTH = 100_000
FIRST_DAY_NOT_COUNTED = "CPL 85; CC 201"
NEXT_HOUR = "CPL 85; CPLI 125"
MONTH_END = "CC 202"
ROLLOVER = "CPL 85; CC 203"
EXCLUDED_TIME = "Rules 48"
EXTENDED = "Rules 47"
WORKING_DAYS_ONLY = "CPL 85; CC 201; State Council notices"
BACKWARDS = "law 6.2 point 5"
NO_DETAIL: Mapping[str, Any] = MappingProxyType({})


class PeriodError(ValueError):
    """A period or a start that cannot be computed.

    Attributes:
        code: ``period``, ``unit``, ``length``, ``needs_hour``, ``mixed``, ``hours_back``, ``interval``,
            ``typed_end``, ``end`` or ``calendar``; `explain.error_text` has the sentence to each.
        value: what was wrong, as given.
    """

    def __init__(self, code: str, message: str, value: object = "") -> None:
        super().__init__(message)
        self.code = code
        self.value = str(value)


class Unit(StrEnum):
    """What a period is counted in."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    WORKING_DAY = "working_day"


PATTERNS = {
    Unit.HOUR: re.compile(r"PT(\d+)H", re.ASCII),
    Unit.DAY: re.compile(r"P(\d+)D", re.ASCII),
    Unit.MONTH: re.compile(r"P(\d+)M", re.ASCII),
    Unit.YEAR: re.compile(r"P(\d+)Y", re.ASCII),
    Unit.WORKING_DAY: re.compile(r"(\d+)WD", re.ASCII),
}
# A number with letters, so that it can be said whether the number or the unit is wrong.
SHAPE = re.compile(r"P?T?(-?\d+)([A-Z]+)", re.ASCII)
UNITS = ("H", "D", "M", "Y", "WD")
WRITTEN = {
    Unit.HOUR: "PT{}H",
    Unit.DAY: "P{}D",
    Unit.MONTH: "P{}M",
    Unit.YEAR: "P{}Y",
    Unit.WORKING_DAY: "{}WD",
}


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time of the law, at least one unit long."""

    length: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.length <= MAXIMUM_LENGTH:
            raise PeriodError(
                "length",
                f"A period has 1 to {MAXIMUM_LENGTH} units, not {self.length}.",
                self.length,
            )

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``P30D``, ``P3M``, ``P2Y``, ``PT48H`` or ``15WD`` (working days).

        Raises:
            PeriodError: when the text is none of these.
        """
        written = text.strip().upper()
        for unit, pattern in PATTERNS.items():
            if (match := pattern.fullmatch(written)) and len(match[1]) <= 9:
                return cls(int(match[1]), unit)
        raise _unreadable(text, SHAPE.fullmatch(written))

    def __str__(self) -> str:
        return WRITTEN[self.unit].format(self.length)


def _unreadable(text: str, shape: re.Match[str] | None) -> PeriodError:
    """Return what is wrong with a length that no pattern reads: its number, its unit, or all of it."""
    if shape and (shape[1].startswith("-") or len(shape[1]) > 9):
        return PeriodError(
            "length", f"A period has 1 to {MAXIMUM_LENGTH} units, not {shape[1][:20]}.", text
        )
    ways = "write P30D (days), P3M (months), P2Y (years), PT48H (hours) or 15WD (working days)."
    if shape and shape[2] not in UNITS:
        return PeriodError("unit", f"{text!r} is not a period, its unit is unknown: {ways}", text)
    return PeriodError("period", f"{text!r} is not a period: {ways}", text)


@dataclass(frozen=True, slots=True)
class Interval:
    """Time that does not count: commissioned on day `first`, reported on day `last` (law 14.2).

    `last` minus `first` days are excluded; `last` None means that it still goes on.
    """

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise PeriodError(
                "interval",
                f"Time cannot end on {self.last} before it began on {self.first}.",
                self.last,
            )


class Skipped(NamedTuple):
    """A day a period cannot end on, or that is not counted, and why, in both languages."""

    day: date
    reason: str
    reason_zh: str


class Step(NamedTuple):
    """One step of a derivation: what was done, the day reached, the article.

    A named tuple, as `Skipped` is: they are made by the million, and a frozen class takes four times as long.
    """

    code: str
    day: date | datetime
    law: str
    detail: Mapping[str, Any] = NO_DETAIL

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "day": self.day.isoformat(), "law": self.law, **self.detail}


@dataclass(frozen=True)
class Computation:
    """When a period ends, and how that was found.

    Attributes:
        start: the day (or instant) of the event that starts it.
        period: the base length; None for a period measured to a typed day.
        nominal: the end before rollover: a day, or an instant for hours.
        effective: the end that counts.
        skipped: rolled-over days; for working days every day not counted.
        provisional: an official notice that can move the end is not known yet.
        at_least: an excluded interval is still open, so the end is not before `effective`.
        backwards: the end is the last day before `start` on which an act is in time.
        steps: the derivation in order.
    """

    start: date | datetime
    period: Period | None
    nominal: date | datetime
    effective: date | datetime
    skipped: tuple[Skipped, ...] = ()
    provisional: bool = False
    at_least: bool = False
    backwards: bool = False
    steps: tuple[Step, ...] = ()

    @property
    def law(self) -> str:
        """The articles applied, each once, in order."""
        articles = [a.strip() for step in self.steps for a in step.law.split(";") if a.strip()]
        return "; ".join(dict.fromkeys(articles))

    @property
    def last_day(self) -> date:
        """The effective end as a day."""
        return _day(self.effective)

    @property
    def written_period(self) -> str:
        """The period as written; ``-P3D`` is "at least three days before"."""
        return ("-" if self.backwards else "") + str(self.period or "")

    def derivation(self) -> list[dict[str, Any]]:
        """The steps as JSON, stored with a deadline."""
        return [step.as_json() for step in self.steps]


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def add_months(day: date, count: int) -> date:
    """Return the corresponding day `count` months on, or that month's last day (CC 202)."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        raise PeriodError("end", f"{day} plus {count} months lies outside the calendar.", day)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _add_days(day: date, count: int) -> date:
    try:
        return day + timedelta(days=count)
    except OverflowError as error:
        raise PeriodError(
            "end", f"{day} plus {count} days lies outside the calendar.", day
        ) from error


def _total(periods: Iterable[Period]) -> dict[Unit, int]:
    """Sum lengths by unit, a year as twelve months (law 14.2: extensions join the base)."""
    total: dict[Unit, int] = {}
    for period in periods:
        in_years = period.unit is Unit.YEAR
        unit = Unit.MONTH if in_years else period.unit
        total[unit] = total.get(unit, 0) + period.length * (12 if in_years else 1)
    return total


def _count(start: date, periods: Sequence[Period], calendar: Calendar) -> date:
    """Count the summed periods from `start`: months, then days, then working days."""
    total = _total(periods)
    if Unit.HOUR in total:
        raise PeriodError("mixed", "Hours and days cannot be counted in one period.")
    end = start
    if Unit.MONTH in total:
        end = add_months(end, total[Unit.MONTH])
    if Unit.DAY in total:
        end = _add_days(end, total[Unit.DAY])
    if Unit.WORKING_DAY in total:
        end = calendar.add_working_days(end, total[Unit.WORKING_DAY])
    return end


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """Merge intervals that touch or overlap, in order; an open one swallows all after it."""
    merged: list[Interval] = []
    for item in sorted(intervals, key=lambda i: (i.first, i.last or date.max)):
        last = merged[-1] if merged else None
        if last is None or (last.last is not None and item.first > last.last):
            merged.append(item)
        elif last.last is not None and (item.last is None or item.last > last.last):
            merged[-1] = Interval(last.first, item.last)
    return merged


def _written(item: Interval) -> dict[str, str]:
    return {"first": item.first.isoformat(), "last": item.last.isoformat() if item.last else ""}


def _exclude(
    start: date, end: date, intervals: Iterable[Interval], calendar: Calendar
) -> tuple[date, list[Step], bool]:
    """Add the excluded days that lie inside the running period to its end (Rules 48, law 14.2).

    A period whose end falls on holidays runs until the working day after them (CPL 85): time that begins to
    be excluded on these days lies inside it, and nothing of the period is left when it runs on.

    Returns the new end, the steps and whether an interval is still open.
    """
    steps: list[Step] = []
    for item in union(intervals):
        first = max(item.first, start)
        empty = item.last is not None and item.last <= first
        if not empty and end < first <= calendar.roll_forward(end):
            end = first
        if first > end or empty:
            steps.append(Step("not_inside", end, EXCLUDED_TIME, _written(item)))
            continue
        if item.last is None:
            steps.append(Step("open_exclusion", end, EXCLUDED_TIME, {"first": first.isoformat()}))
            return end, steps, True
        days = (item.last - first).days
        end = _add_days(end, days)
        detail = {"first": first.isoformat(), "last": item.last.isoformat(), "days": days}
        steps.append(Step("exclusion", end, EXCLUDED_TIME, detail))
    return end, steps, False


def _skipped(calendar: Calendar, days: Iterable[date]) -> tuple[Skipped, ...]:
    found = ((day, calendar.rest(day)) for day in days)
    return tuple(Skipped(day, rest.name_en, rest.name) for day, rest in found if rest is not None)


def _rest_steps(skipped: Iterable[Skipped], law: str) -> list[Step]:
    return [
        Step("rest_day", item.day, law, {"reason": item.reason, "reason_zh": item.reason_zh})
        for item in skipped
    ]


def last_day(
    start: date | datetime,
    period: Period,
    calendar: Calendar,
    *,
    extensions: Sequence[Period] = (),
    typed_end: date | None = None,
    exclusions: Iterable[Interval] = (),
) -> Computation:
    """Compute the last day of `period` after `start`.

    Args:
        start: the day of the event; for hours the instant of the event.
        period: the base length.
        calendar: working days and the practice on open points.
        extensions: lengths granted, summed with the base and counted from the start (law 14.2).
        typed_end: the end named by an approval of no fixed length (law 6.2 point 6); it replaces
            base and extensions.
        exclusions: time that does not count (Rules 48).

    Raises:
        PeriodError: hours without an instant, an impossible interval, an end outside the calendar.
    """
    try:
        if period.unit is Unit.HOUR:
            return _last_hour(start, period, calendar)
        return _last_day(_day(start), period, calendar, extensions, typed_end, exclusions)
    except CalendarError as error:
        raise PeriodError("calendar", str(error)) from error


def _last_hour(start: date | datetime, period: Period, calendar: Calendar) -> Computation:
    if not isinstance(start, datetime):
        raise PeriodError("needs_hour", "A period of hours needs the time of its start.", start)
    try:
        first = start.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        nominal = first + timedelta(hours=period.length)
    except OverflowError as error:
        raise PeriodError("end", f"{start} plus {period} lies outside the calendar.") from error
    steps = [
        Step("start_not_counted", start, NEXT_HOUR),
        Step("first_hour", first, NEXT_HOUR),
        Step("base_end", nominal, NEXT_HOUR, {"period": str(period)}),
    ]
    skipped: tuple[Skipped, ...] = ()
    effective = nominal
    rolled = calendar.roll_forward(nominal.date())
    if calendar.practice.hours_roll and rolled != nominal.date():
        skipped = _skipped(calendar, days_between(nominal.date(), rolled - timedelta(days=1)))
        effective = datetime.combine(rolled, datetime.min.time(), nominal.tzinfo) + timedelta(
            hours=1
        )
        steps += _rest_steps(skipped, ROLLOVER)
    steps.append(Step("end", effective, ""))
    provisional = calendar.practice.hours_roll and not calendar.is_settled(effective.date())
    return Computation(
        start, period, nominal, effective, skipped, provisional=provisional, steps=tuple(steps)
    )


def _last_day(
    start: date,
    period: Period,
    calendar: Calendar,
    extensions: Sequence[Period],
    typed_end: date | None,
    exclusions: Iterable[Interval],
) -> Computation:
    steps = [
        Step("start_not_counted", start, FIRST_DAY_NOT_COUNTED),
        Step("first_day", day_after(start), FIRST_DAY_NOT_COUNTED),
    ]
    nominal, counted = _base_end(start, period, calendar, extensions, typed_end, steps)
    nominal, excluded, at_least = _exclude(start, nominal, exclusions, calendar)
    steps += excluded
    effective = calendar.roll_forward(nominal)
    rolled = _skipped(calendar, days_between(nominal, effective - timedelta(days=1)))
    steps += _rest_steps(rolled, ROLLOVER)
    steps.append(Step("end", effective, ""))
    days = (nominal, effective) if not counted else (start, nominal, effective)
    return Computation(
        start,
        period,
        nominal,
        effective,
        counted + rolled,
        provisional=not _settled(calendar, days),
        at_least=at_least,
        steps=tuple(steps),
    )


def _settled(calendar: Calendar, days: Sequence[date]) -> bool:
    """Say whether the notices of all years from the first to the last of `days` are known."""
    last = max(days)
    known = calendar.notices
    return calendar.is_settled(last) and all(
        year in known for year in range(min(days).year, last.year)
    )


def _base_end(
    start: date,
    period: Period,
    calendar: Calendar,
    extensions: Sequence[Period],
    typed_end: date | None,
    steps: list[Step],
) -> tuple[date, tuple[Skipped, ...]]:
    """Return the end of base and extensions and the days not counted; adds its steps."""
    end = _count(start, [period], calendar)
    law = WORKING_DAYS_ONLY if period.unit is Unit.WORKING_DAY else ""
    steps.append(Step("base_end", end, law, {"period": str(period)}))
    if period.unit in (Unit.MONTH, Unit.YEAR):
        steps[-1] = Step("base_end", end, MONTH_END, {"period": str(period)})
        if end.day != start.day:
            steps.append(Step("month_end", end, MONTH_END, {"wanted": start.day}))
    for position, extension in enumerate(extensions, start=1):
        end = _count(start, [period, *extensions[:position]], calendar)
        steps.append(Step("extension", end, EXTENDED, {"period": str(extension)}))
    if typed_end is not None:
        if typed_end <= start:
            raise PeriodError(
                "typed_end", f"The end {typed_end} is not after the start {start}.", typed_end
            )
        end = typed_end
        steps.append(Step("typed_end", end, EXTENDED))
    if period.unit is not Unit.WORKING_DAY:
        return end, ()
    return end, tuple(
        Skipped(day, rest.name_en, rest.name)
        for day in days_between(day_after(start), end)
        if (rest := calendar.rest(day)) is not None and not calendar.is_working(day)
    )


def latest_day_before(event: date, period: Period, calendar: Calendar) -> Computation:
    """Compute the last day on which an act is "at least" `period` before `event`.

    Counted back from the event, its own day not counted; a holiday is never the last day of service
    (law 6.2 point 5; CPL 139 for the hearing).

    Raises:
        PeriodError: for hours, or when the result lies outside the calendar.
    """
    try:
        nominal = _count_back(event, period, calendar)
        effective = calendar.roll_back(nominal)
    except CalendarError as error:
        raise PeriodError("calendar", str(error)) from error
    skipped = _skipped(calendar, days_between(day_after(effective), nominal))[::-1]
    steps = [
        Step("event_not_counted", event, FIRST_DAY_NOT_COUNTED),
        Step("counted_back", nominal, BACKWARDS, {"period": str(period)}),
        *_rest_steps(skipped, BACKWARDS),
        Step("end", effective, ""),
    ]
    return Computation(
        event,
        period,
        nominal,
        effective,
        skipped,
        provisional=not _settled(calendar, (effective, nominal)),
        backwards=True,
        steps=tuple(steps),
    )


def _count_back(event: date, period: Period, calendar: Calendar) -> date:
    if period.unit is Unit.HOUR:
        raise PeriodError(
            "hours_back", "A period before an event is counted in days, not hours.", period
        )
    if period.unit is Unit.DAY:
        return _add_days(event, -period.length)
    if period.unit is Unit.WORKING_DAY:
        return calendar.subtract_working_days(event, period.length)
    factor = 12 if period.unit is Unit.YEAR else 1
    return add_months(event, -period.length * factor)
