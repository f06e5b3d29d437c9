"""The time in which a clock stands still: for work the period's own article names, or by an entry of its own.

The dates and the reasons told with them come from here alike, so that neither knows of time the other leaves
out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from cases.selectors.events import reference_of
from deadlines import by_hand
from deadlines.periods import Interval
from deadlines.rulebook import PeriodRule

if TYPE_CHECKING:
    from deadlines.derive import Happening


class Standstill(NamedTuple):
    """What stopped a clock, and the day on which it runs on; None while it stands still."""

    cause: Happening
    until: date | None

    @property
    def interval(self) -> Interval:
        """The time that does not count."""
        return Interval(self.cause.day, self.until)


def standstills(rule: PeriodRule, clock: str, later: Sequence[Happening]) -> Iterator[Standstill]:
    """Yield every time in which a clock stood still.

    Args:
        clock: as `by_hand.clock_name` names it.
        later: the events after the start, in the order of recording.
    """
    ends = {
        str(item.facts.get(rule.pause_match)): item.day
        for item in later
        if item.event.kind in rule.resumed_by
    }
    for item in later:
        if item.event.kind in rule.paused_by:
            yield Standstill(item, ends.get(reference_of(item.event)))
    for item in by_hand.about(clock, later, by_hand.SUSPENDED):
        yield Standstill(item, by_hand.resumed_on(item, later))
