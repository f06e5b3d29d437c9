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
    """What stopped a clock, from which day on, and when it runs on; None while it stands still."""

    cause: Happening
    first: date
    until: date | None

    @property
    def interval(self) -> Interval:
        """The time that does not count."""
        return Interval(self.first, self.until)


def end_named_by(rule: PeriodRule, clock: str, later: Sequence[Happening]) -> Happening | None:
    """Return the latest approval or decision whose day takes the place of the length."""
    named = [item for item in by_hand.extensions(rule, clock, later) if "until" in item.facts]
    return named[-1] if named else None


def standstills(rule: PeriodRule, clock: str, later: Sequence[Happening]) -> Iterator[Standstill]:
    """Yield every time in which a clock stood still and that its last day does not allow for yet.

    Whoever names a last day knows what has stood still until then (law 6.2 point 6): only what comes after
    that is added.

    Args:
        clock: as `by_hand.clock_name` names it.
        later: the events after the start, in the order of recording.
    """
    named = end_named_by(rule, clock, later)
    for item in stops(rule, clock, later):
        first = item.first if named is None else max(item.first, named.day)
        if named is None or item.until is None or item.until > first:
            yield item._replace(first=first)


def stops(rule: PeriodRule, clock: str, later: Sequence[Happening]) -> Iterator[Standstill]:
    """Yield every time in which a clock stood still, whatever day somebody named since; as `standstills`."""
    for item in later:
        if item.event.kind in rule.paused_by:
            yield Standstill(item, item.day, _ended(rule, item, later))
    for item in by_hand.about(clock, later, by_hand.SUSPENDED):
        yield Standstill(item, item.day, by_hand.resumed_on(item, later))


def _ended(rule: PeriodRule, stop: Happening, later: Sequence[Happening]) -> date | None:
    """Return the day on which the clock ran on after `stop`, None while it stands still.

    Where the event that ends it names none, it ends the one before it: a review is suspended once at a time.
    """
    resumed = (item for item in later if item.event.kind in rule.resumed_by)
    if rule.pause_match:
        named = reference_of(stop.event)
        found = [item for item in resumed if str(item.facts.get(rule.pause_match)) == named]
        return found[-1].day if found else None
    return next((item.day for item in resumed if item.event.pk > stop.event.pk), None)
