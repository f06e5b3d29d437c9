"""The planner of a pre-suit preservation: would the measure lapse before the suit can be filed? (norm C087)

A measure taken before suit is lifted when no suit follows in time (P-63). The suit of the office needs the
announcement (P-01) and the review after it (P-02). So the announcement has to begin before the measure, or
with it (law 3.6). Lengths and articles are those of the rulebook asked about. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from deadlines.calendar import Calendar, CalendarError
from deadlines.periods import Computation, PeriodError, last_day
from deadlines.rulebook import PeriodRule, Rulebook
from deadlines.yearbook import calendar_under

LAPSE, ANNOUNCEMENT, REVIEW = "P-63", "P-01", "P-02"
# The longest estimate of a review that is taken, in days; what extends it is rarely years.
MOST_REVIEW_DAYS = 730
_DAY = timedelta(days=1)


class PlannerError(ValueError):
    """The rulebook lacks what the planner needs.

    Attributes:
        missing: the numbers of the periods it has not.
    """

    def __init__(self, book: Rulebook, missing: list[str]) -> None:
        super().__init__(f"Rulebook {book.version} has no {', '.join(missing)}.")
        self.book = book
        self.missing = missing


class Warn(StrEnum):
    """What the planner warns of."""

    MEASURE_FIRST = "measure_first"
    ENDS_IN_ANNOUNCEMENT = "ends_in_announcement"
    ENDS_IN_REVIEW = "ends_in_review"
    NOT_ANNOUNCED = "not_announced"
    TOO_LATE = "too_late"


class Rules(NamedTuple):
    """The periods a plan follows from: the lapse of the measure, the announcement, the review after it."""

    lapse: PeriodRule
    announcement: PeriodRule
    review: PeriodRule


@dataclass(frozen=True)
class Plan:
    """The days of a measure and of what has to happen before the suit.

    Attributes:
        measure, announced: planned or real; `announced` None when no announcement is planned.
        lapse: when the measure is lifted without a suit (P-63).
        announcement: when the announcement ends (P-01); None without one.
        suit_on: the first day on which the suit can be filed; None without an announcement.
        announce_by: the last day on which the announcement can be published so that the suit still falls
            inside the window; it may lie before the measure.
        measure_from: the first day on which the measure can be taken so that it holds until the suit; None
            without an announcement.
        warnings: in the order in which they bind.
    """

    measure: date
    announced: date | None
    review_days: int
    book: Rulebook
    rules: Rules
    lapse: Computation
    announcement: Computation | None
    suit_on: date | None
    announce_by: date
    measure_from: date | None
    warnings: tuple[Warn, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the suit can be filed while the measure stands."""
        return self.suit_on is not None and self.suit_on <= self.lapse.last_day

    @property
    def days_missing(self) -> int:
        """Days from the lapse to the first day of suit; 0 when the measure holds or no day is known."""
        if self.suit_on is None or self.holds:
            return 0
        return (self.suit_on - self.lapse.last_day).days

    @property
    def provisional(self) -> bool:
        """Whether an official notice not known yet can move one of the days."""
        found = (self.lapse, self.announcement)
        return any(item is not None and item.provisional for item in found)


def rules_of(book: Rulebook) -> Rules:
    """Return the periods a plan follows from.

    Raises:
        PlannerError: the rulebook has not all of them with a length.
    """
    wanted = (LAPSE, ANNOUNCEMENT, REVIEW)
    found = [rule for code in wanted if (rule := book.periods.get(code)) and rule.length]
    if len(found) < len(wanted):
        known = {rule.id for rule in found}
        raise PlannerError(book, [code for code in wanted if code not in known])
    return Rules(*found)


def plan(
    *, measure: date, announced: date | None, review_days: int, book: Rulebook, today: date
) -> Plan:
    """Return whether a pre-suit measure holds until the suit, and by when what has to happen.

    Args:
        measure: the day the measure is or was taken.
        announced: the day the announcement is or was published; None when none is planned.
        review_days: how long the review after the announcement is expected to take, in days.
        today: tells whether the last day to publish has passed.

    Raises:
        PlannerError: the rulebook has not the periods.
        PeriodError: a day outside the calendar.
    """
    days = _Days(rules_of(book), review_days, calendar_under(book))
    try:
        return _planned(days, measure, announced, book, today)
    except CalendarError as error:
        raise PeriodError("calendar", str(error)) from error


def _planned(
    days: _Days, measure: date, announced: date | None, book: Rulebook, today: date
) -> Plan:
    lapse = days.lapse_of(measure)
    suit_on = days.suit_after(announced) if announced else None
    found = Plan(
        measure=measure,
        announced=announced,
        review_days=days.review_days,
        book=book,
        rules=days.rules,
        lapse=lapse,
        announcement=days.announcement_of(announced) if announced else None,
        suit_on=suit_on,
        announce_by=days.latest_announcement(lapse.last_day),
        measure_from=days.earliest_measure(suit_on) if suit_on else None,
    )
    return replace(found, warnings=tuple(_warnings(found, today)))


@dataclass(frozen=True)
class _Days:
    """The periods and the estimate of the review on one calendar, which is read once."""

    rules: Rules
    review_days: int
    calendar: Calendar

    def lapse_of(self, measure: date) -> Computation:
        return self._end(measure, self.rules.lapse)

    def announcement_of(self, announced: date) -> Computation:
        return self._end(announced, self.rules.announcement)

    def _end(self, start: date, rule: PeriodRule) -> Computation:
        assert rule.length is not None  # asked by `rules_of`
        return last_day(start, rule.length, self.calendar)

    def suit_after(self, announced: date) -> date:
        """Return the first day of suit: the announcement runs to the end of its last day, then the review."""
        ends = self.announcement_of(announced).last_day
        return self.calendar.roll_forward(ends + timedelta(days=max(self.review_days, 1)))

    def latest_announcement(self, lapse: date) -> date:
        """Return the last day of publication after which the suit still falls before the lapse."""
        day = lapse
        while self.suit_after(day) > lapse:
            day -= _DAY
        return day

    def earliest_measure(self, suit_on: date) -> date:
        """Return the first day of a measure that still stands on the day of suit."""
        day = suit_on
        while self.lapse_of(day - _DAY).last_day >= suit_on:
            day -= _DAY
        return day


def _warnings(found: Plan, today: date) -> Iterator[Warn]:
    if found.announced is None or found.measure < found.announced:
        yield Warn.MEASURE_FIRST
    if found.announcement is None:
        yield Warn.NOT_ANNOUNCED
    elif found.lapse.last_day <= found.announcement.last_day:
        yield Warn.ENDS_IN_ANNOUNCEMENT
    elif not found.holds:
        yield Warn.ENDS_IN_REVIEW
    late = found.announced is None or found.announced > found.announce_by
    if late and found.announce_by < today:
        yield Warn.TOO_LATE
