"""The rows of the list of leads, for the page, the table and programs alike."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from cases.models import Lead, LeadTag
from cases.selectors.assignment import OPEN_LEAD
from cases.selectors.tags import bears, tag_rows
from cases.selectors.words import lead_says

# Each order of the list is a walk along an index of leads; addresses call it by this name. Without one the
# latest registered comes first.
ORDERS = {
    "key": "key",
    "-key": "-key",
    "received_on": "received_on",
    "-received_on": "-received_on",
}
LATEST = "-id"


def with_shown(rows: QuerySet[Lead]) -> QuerySet[Lead]:
    """Return `rows` each with what the list shows; the long summary stays where it is.

    Annotation: `tag_rows` (a mapping of id, name and use for each label).
    """
    shown = rows.select_related("handler", "department", "sender_department", "assessment")
    return shown.defer("summary").annotate(tag_rows=tag_rows(LeadTag))


def told(rows: QuerySet[Lead]) -> QuerySet[Lead]:
    """Return `rows` each with what programs are told of it; see `with_shown` for `tag_rows`."""
    related = rows.select_related("handler", "assessment", "received_from", "merged_into", "case")
    return related.annotate(tag_rows=tag_rows(LeadTag))


def in_order(rows: QuerySet[Lead], sort: str) -> tuple[QuerySet[Lead], str]:
    """Return `rows`, and the path that `audit.keyset.page` orders them by.

    Args:
        sort: one of `ORDERS`; anything else stands for the latest first.
    """
    return rows, ORDERS.get(sort, LATEST)


# What the list is narrowed by with one condition on the lead itself.
_PLAIN = {
    "state": "state__in",
    "source": "source__in",
    "handler": "handler",
    "department": "department",
    "year": "year",
    "major": "major",
    "received_from": "received_on__gte",
    "received_until": "received_on__lte",
}


def narrowed(rows: QuerySet[Lead], chosen: dict[str, Any]) -> QuerySet[Lead]:
    """Return `rows` narrowed by the cleaned data of `LeadFilterForm`."""
    conditions = OPEN_LEAD if chosen.get("open") else Q()
    for name, lookup in _PLAIN.items():
        if chosen.get(name):
            conditions &= Q(**{lookup: chosen[name]})
    if words := chosen.get("q"):
        conditions &= lead_says(words)
    for tag in chosen.get("tag") or ():
        conditions &= bears(LeadTag, tag)
    return rows.filter(conditions)
