"""What a last day is computed from, the calendar apart: kept with each deadline as data.

Pure Python without Django. With its terms a deadline follows a changed calendar without an event
being read again (design 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from deadlines.calendar import Calendar
from deadlines.periods import Computation, Interval, Period, last_day, latest_day_before


@dataclass(frozen=True, slots=True)
class Terms:
    """A start, a length and what changes it.

    Attributes:
        start: the day of the event; for hours its instant.
        backwards: the period is counted back from `start`.
        extensions, typed_end, exclusions: as `deadlines.periods.last_day` takes them (law 14.2).
    """

    start: date | datetime
    period: Period
    backwards: bool = False
    extensions: tuple[Period, ...] = ()
    typed_end: date | None = None
    exclusions: tuple[Interval, ...] = ()

    def computed(self, calendar: Calendar) -> Computation:
        """Compute the last day under `calendar`.

        Raises:
            PeriodError: hours without an instant, or an end outside the calendar.
        """
        if self.backwards:
            start = self.start.date() if isinstance(self.start, datetime) else self.start
            return latest_day_before(start, self.period, calendar)
        return last_day(
            self.start,
            self.period,
            calendar,
            extensions=self.extensions,
            typed_end=self.typed_end,
            exclusions=self.exclusions,
        )

    def as_json(self) -> dict[str, Any]:
        """Return the length and what changes it; a row keeps start and direction in their own columns."""
        data: dict[str, Any] = {"period": str(self.period)}
        if self.extensions:
            data["extensions"] = [str(extension) for extension in self.extensions]
        if self.typed_end is not None:
            data["typed_end"] = self.typed_end.isoformat()
        if self.exclusions:
            data["exclusions"] = [
                [item.first.isoformat(), item.last.isoformat() if item.last else None]
                for item in self.exclusions
            ]
        return data

    @classmethod
    def read(cls, start: date | datetime, data: Mapping[str, Any], *, backwards: bool) -> Terms:
        """Return the terms a row keeps, the other way round of `as_json`."""
        typed_end = data.get("typed_end")
        return cls(
            start,
            Period.parse(data["period"]),
            backwards,
            tuple(Period.parse(written) for written in data.get("extensions", ())),
            date.fromisoformat(typed_end) if typed_end else None,
            tuple(
                Interval(date.fromisoformat(first), date.fromisoformat(last) if last else None)
                for first, last in data.get("exclusions", ())
            ),
        )
