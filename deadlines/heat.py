"""How the deadlines of the coming weeks press: their numbers day by day beside the working calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from deadlines.calendar import Calendar, Rest, days_between
from deadlines.models import RUNNING, Deadline, DeadlineKind

WEEKS = 12
LEVELS = 4
# With so many on its busiest day a calendar begins to use the strongest colour; fewer look calmer.
CALM = 8


@dataclass(frozen=True)
class Day:
    """The running deadlines that end on one day.

    Attributes:
        kinds: how many of each kind, by `DeadlineKind`.
        rest: why nobody works, None on a working day.
        makeup: a Saturday or Sunday on which offices work.
        provisional: the official notice that can touch the day is not known.
    """

    day: date
    rest: Rest | None
    makeup: bool
    provisional: bool
    kinds: dict[str, int] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return sum(self.kinds.values())


@dataclass(frozen=True)
class Scale:
    """From how many deadlines on a day each colour is used; `most` is the busiest day."""

    most: int

    def level(self, number: int) -> int:
        """Return 0 for none, else 1 to `LEVELS`."""
        return -(-LEVELS * number // max(self.most, CALM))

    def bounds(self) -> Iterator[tuple[int, int, int]]:
        """Yield each level with the least and the greatest number it stands for."""
        top = max(self.most, CALM)
        for level in range(1, LEVELS + 1):
            yield level, top * (level - 1) // LEVELS + 1, top * level // LEVELS


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def days_of(rows: QuerySet[Deadline], monday: date, calendar: Calendar) -> list[Day]:
    """Return the `WEEKS` weeks from `monday` on, day by day, from one query."""
    last = monday + timedelta(weeks=WEEKS, days=-1)
    found: dict[date, dict[str, int]] = defaultdict(dict)
    ending = rows.filter(state__in=RUNNING, effective_day__range=(monday, last)).order_by()
    counted = ending.values("effective_day", "kind").annotate(number=Count("pk"))
    for row in counted:
        found[row["effective_day"]][row["kind"]] = row["number"]
    return [
        Day(
            day=day,
            rest=calendar.rest(day),
            makeup=calendar.is_makeup(day),
            provisional=not calendar.is_settled(day),
            kinds=found.get(day, {}),
        )
        for day in days_between(monday, last)
    ]


def kinds_in(days: list[Day]) -> list[DeadlineKind]:
    """Return the kinds of which there are any, in the order of the law."""
    return [kind for kind in DeadlineKind if any(kind in day.kinds for day in days)]
