"""The month report of leads: what became of those received, and which stand without an end or a clock.

Law: every lead has exactly one outcome (Rules 25, 26; norm C160). No article gives the time in which it
must have one, so an open lead is watched by the deadlines its handler sets; the report names those that
nothing watches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from accounts.models import User
from cases.models import Lead
from cases.selectors.matters import leads_visible_to
from cases.states import LEAD_OUTCOMES, LeadState
from deadlines.models import RUNNING, Deadline

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """The leads received in one month, as they stand now.

    Attributes:
        first: the first day of the month.
        with_clock: without an outcome yet, watched by a running deadline.
        without_clock: without an outcome, and nothing watches them.
    """

    first: date
    received: int
    transferred: int
    not_filed: int
    filed: int
    merged: int
    with_clock: int
    without_clock: int


def first_of(day: date) -> date:
    return day.replace(day=1)


def after(month: date) -> date:
    """Return the first day of the next month."""
    return first_of(month.replace(day=28) + timedelta(days=4))


def _watched() -> Exists:
    return Exists(Deadline.objects.filter(lead=OuterRef("pk"), state__in=RUNNING))


def _ended(state: LeadState) -> Count:
    return Count("pk", filter=Q(state=state))


def months_until(actor: User, month: date) -> list[Month]:
    """Return the year that ends with `month` (its first day), the latest month first."""
    open_leads = ~Q(state__in=LEAD_OUTCOMES)
    rows = (
        leads_visible_to(actor)
        .filter(received_on__lt=after(month))
        .annotate(watched=_watched())
        .values(month=TruncMonth("received_on"))
        .annotate(
            received=Count("pk"),
            transferred=_ended(LeadState.LEAD_TRANSFERRED),
            not_filed=_ended(LeadState.NOT_FILED),
            filed=_ended(LeadState.FILED),
            merged=_ended(LeadState.MERGED),
            with_clock=Count("pk", filter=open_leads & Q(watched=True)),
            without_clock=Count("pk", filter=open_leads & Q(watched=False)),
        )
        .order_by()
    )
    found: dict[date, Mapping[str, Any]] = {row["month"]: row for row in rows}
    return [_month(first, found.get(first, {})) for first in _back_from(month)]


def _back_from(month: date) -> Iterator[date]:
    first = first_of(month)
    for _count in range(MONTHS):
        yield first
        first = first_of(first - timedelta(days=1))


def _month(first: date, row: Mapping[str, Any]) -> Month:
    names = [name for name in Month.__dataclass_fields__ if name != "first"]
    return Month(first, **{name: row.get(name, 0) for name in names})


def unwatched(actor: User, month: date) -> QuerySet[Lead]:
    """Return the visible leads received up to the end of `month` without outcome or running deadline."""
    return (
        leads_visible_to(actor)
        .filter(~_watched(), received_on__lt=after(month))
        .exclude(state__in=LEAD_OUTCOMES)
        .select_related("handler", "office")
    )
