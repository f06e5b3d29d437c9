"""The events that made a matter count, so that a row of a list leads to them.

They are named by expressions of their keys, which only the rows of one page are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, OuterRef, QuerySet, Subquery

from cases.models import Event
from reporting.standing import standing_events, stood_on


def of_case(*kinds: str, copies: bool = True) -> QuerySet[Event]:
    """Return the events of these kinds of the case of the outer row.

    Args:
        copies: with those a receiving office copied from the case it took over.
    """
    return standing_events(copies=copies).filter(case=OuterRef("pk"), kind__in=kinds)


def of_lead(*kinds: str) -> QuerySet[Event]:
    """Return the events of these kinds of the lead of the outer row."""
    return standing_events().filter(lead=OuterRef("pk"), kind__in=kinds)


def earliest(events: QuerySet[Event]) -> Subquery:
    """Return the key of the event with the earliest day, as corrected."""
    return Subquery(events.annotate(day=stood_on()).order_by("day", "pk").values("pk")[:1])


def entered_state(machines: Iterable[str]) -> Subquery:
    """Return the key of the event by which the case of the outer row came into the state it stands in."""
    moved = standing_events(copies=True).filter(
        case=OuterRef("pk"), machine__in=machines, to_state=OuterRef("state")
    )
    return Subquery(moved.exclude(from_state=F("to_state")).order_by("-pk").values("pk")[:1])
