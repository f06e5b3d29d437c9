"""Which events count: those that stand, each once, on the day as it was corrected."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from cases.models import Event


def standing_events(*, copies: bool = False) -> QuerySet[Event]:
    """Return the events that stand: neither annulled nor themselves a correction or an annulment.

    Args:
        copies: with those a receiving office copied from the case it took over (law 14.1, T64); they happened
            once, in the sending office, so counts of events leave them out.
    """
    # Not by a join: PostgreSQL would expect one row of it and then compare everything with everything.
    annulments = Event.objects.filter(annuls=OuterRef("pk"))
    rows = Event.objects.filter(~Exists(annulments), corrects__isnull=True, annuls__isnull=True)
    rows = rows.order_by()
    return rows if copies else rows.filter(copied_from__isnull=True)


def stood_on(event: str = "pk") -> Case:
    """Return the expression of the legal day of an event as its last correction left it.

    Few events are corrected. Which they are is read once; looking up the corrections of each took longer
    than counting a million events.

    Args:
        event: the field of the row that holds the event.
    """
    prefix = "" if event == "pk" else f"{event}__"
    corrections = Event.objects.filter(corrects=OuterRef(event)).order_by("-id")
    last = Subquery(corrections.values("legal_day")[:1])
    return Case(
        When(**{f"{event}__in": corrected_events()}, then=last), default=F(f"{prefix}legal_day")
    )


def corrected_events() -> QuerySet[Event, Any]:
    """Return the keys of the events that were corrected; no other stands on another day than its own."""
    return Event.objects.filter(corrects__isnull=False).values("corrects")


def stood_within(rows: QuerySet[Any], first: date, last: date) -> QuerySet[Any]:
    """Return the events of `rows` whose day, as corrected, lies from `first` to `last`; it is `day`."""
    found: QuerySet[Any] = rows.annotate(day=stood_on()).filter(
        Q(legal_day__range=(first, last)) | Q(pk__in=corrected_events()), day__range=(first, last)
    )
    return found
