"""Every read of the record, limited to what the reader may see."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from audit import clock
from audit.access import Actor, reach_of
from audit.matters import Numbers, numbers_of
from audit.models import AuditEvent

NEWEST_FIRST = ("-at", "-id")
RECENT = timedelta(days=31)
# Fields of the filter that a column must equal.
_EQUAL = (
    *("outcome", "object_type", "object_id", "case_id", "lead_id"),
    *("request_id", "scope", "sequence"),
)


@dataclass(frozen=True)
class Filter:
    """What of the record is asked for; empty fields ask for everything.

    Attributes:
        who: login name of the actor or of the person acted for.
        action: beginning of the code of the act.
        matter: key of a case or a lead.
        scope: chain of the entry, `sequence` its number there: what a verification names.
        day_from: first day in Beijing time, `day_to` the last one.
    """

    who: str = ""
    action: str = ""
    outcome: str = ""
    object_type: str = ""
    object_id: str = ""
    matter: str = ""
    case_id: int | None = None
    lead_id: int | None = None
    request_id: str = ""
    scope: str = ""
    sequence: int | None = None
    day_from: date | None = None
    day_to: date | None = None

    def names_set(self) -> list[str]:
        """Return the names of the fields that ask for something."""
        return [name for name, value in vars(self).items() if value not in ("", None)]


def may_read(actor: Actor) -> bool:
    """Tell whether `actor` may read any part of the record."""
    return bool(reach_of(actor))


def visible_to(actor: Actor) -> QuerySet[AuditEvent]:
    """Return the entries `actor` may read: none without the role for it."""
    reach = reach_of(actor)
    condition = Q(office_id__in=reach.offices)
    if reach.without_office:
        condition |= Q(office_id__isnull=True)
    return AuditEvent.objects.filter(condition)


def matching(events: QuerySet[AuditEvent], wanted: Filter) -> QuerySet[AuditEvent]:
    """Return the entries of `events` that `wanted` asks for."""
    conditions = {name: getattr(wanted, name) for name in _EQUAL if name in wanted.names_set()}
    events = events.filter(**conditions)
    if wanted.matter:
        events = _of_matter(events, numbers_of(wanted.matter))
    if wanted.who:
        person = _ids_of(wanted.who)
        events = events.filter(Q(actor_id__in=person) | Q(on_behalf_of_id__in=person))
    if wanted.action:
        events = events.filter(action__startswith=wanted.action)
    if wanted.day_from:
        events = events.filter(at__gte=_instant(wanted.day_from, time.min))
    if wanted.day_to:
        events = events.filter(at__lte=_instant(wanted.day_to, time.max))
    return events


def _of_matter(events: QuerySet[AuditEvent], numbers: Numbers) -> QuerySet[AuditEvent]:
    if not numbers:
        return events.none()
    return events.filter(**{name: value for name, value in vars(numbers).items() if value})


def recent_scopes(actor: Actor) -> QuerySet[AuditEvent, Any]:
    """Return the chains that hold an entry of the last 31 days which `actor` may read."""
    recent = visible_to(actor).filter(at__gte=clock.now() - RECENT)
    return recent.order_by().values("scope").distinct()


def last_verification(actor: Actor) -> AuditEvent | None:
    """Return the entry of the last verification somebody of the actor's office asked for."""
    return (
        visible_to(actor)
        .filter(object_type="audit", object_id=str(actor.office_id), action="audit.verified")
        .order_by(*NEWEST_FIRST)
        .first()
    )


def details_of(event: AuditEvent) -> dict[str, Any]:
    """Return the details as they were recorded; empty when the bytes cannot be read."""
    try:
        details = json.loads(bytes(event.canonical))["details"]
    except (ValueError, RecursionError, TypeError, KeyError):
        return {}
    return details if isinstance(details, dict) else {}


def names_of(events: Iterable[AuditEvent]) -> dict[int, str]:
    """Return what the people in `events` are called, by id, with one query."""
    ids = {key for event in events for key in (event.actor_id, event.on_behalf_of_id) if key}
    people = get_user_model()._default_manager.in_bulk(ids) if ids else {}
    return {key: str(person) for key, person in people.items()}


def _ids_of(login_name: str) -> list[int]:
    model = get_user_model()
    people = model._default_manager.filter(**{model.USERNAME_FIELD: login_name})
    return list(people.values_list("pk", flat=True))


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=clock.BEIJING)
