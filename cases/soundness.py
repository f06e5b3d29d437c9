"""Whether the record of a matter hangs together: what `manage.py verify_cases` asks (design 1, idea 2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Max

from audit.models import AuditEvent
from cases.models import Case, Event, Lead
from cases.registries import machines, verifiers
from cases.selectors.events import corrected, standing_events
from cases.states import MACHINES_OF_CASES

if TYPE_CHECKING:
    Matter = Lead | Case


def faults_of(matter: Matter) -> Iterator[str]:
    """Yield every fault any room finds in the record of a matter, the kernel's own first."""
    for verify in verifiers.values():
        yield from verify(matter)


def state_follows(matter: Matter) -> Iterator[str]:
    """The state is that of the last change, and each change is declared and begins where the last ended."""
    edges = machines[matter.machine].edges()
    state = ""
    for event in _changes(matter):
        if event.from_state != state:
            yield f"event {event.pk} leaves {event.from_state or 'nothing'} where {state or 'nothing'} stood"
        if event.annuls is not None:
            reverses = (event.annuls.to_state, event.annuls.from_state)
            if (event.from_state, event.to_state) != reverses:
                yield f"event {event.pk} does not reverse event {event.annuls.pk}, which it annuls"
        elif (event.from_state, event.to_state) not in edges:
            yield f"event {event.pk} goes from {event.from_state} to {event.to_state}, which is not declared"
        state = event.to_state
    if state != matter.state:
        yield f"the state is {matter.state}, the last event says {state or 'nothing'}"


def _changes(matter: Matter) -> list[Event]:
    # A copy in another office's case names what moved here (T64), but moved nothing.
    rows = Event.objects.filter(
        machine=matter.machine, object_id=matter.pk, copied_from__isnull=True
    )
    return list(rows.exclude(to_state="").select_related("annuls").order_by("id"))


def events_are_audited(matter: Matter) -> Iterator[str]:
    """Every event recorded here has its audit entry; copies from another office have theirs there."""
    owner = {"lead": matter} if isinstance(matter, Lead) else {"case": matter}
    recorded = Event.objects.filter(**owner, copied_from__isnull=True).values_list("pk", flat=True)
    keys = {str(pk) for pk in recorded}
    audited = AuditEvent.objects.filter(object_type="event", object_id__in=keys)
    for pk in sorted(keys - set(audited.values_list("object_id", flat=True)), key=int):
        yield f"event {pk} has no audit entry"


def dates_are_kept(matter: Matter) -> Iterator[str]:
    """The days lists sort a case by follow from its record of events (migration 0020)."""
    if isinstance(matter, Lead):
        return
    changes = standing_events(matter).filter(
        machine__in=MACHINES_OF_CASES, object_id=matter.pk, annuls__isnull=True
    )
    last = changes.exclude(to_state="").order_by("-id").first()
    since = corrected(last)[0] if last else matter.filed_on
    if matter.dates.state_since != since:
        yield f"lists say that the state holds since {matter.dates.state_since}, not {since}"
    latest = Event.objects.filter(case=matter).aggregate(at=Max("recorded_at"))["at"]
    updated = max(filter(None, (latest, matter.created_at)))
    if matter.dates.updated_at != updated:
        yield f"lists say that the latest entry is of {matter.dates.updated_at}, not {updated}"


def register() -> None:
    """Hand the kernel's questions to the registry."""
    verifiers.register("state", state_follows)
    verifiers.register("audit", events_are_audited)
    verifiers.register("dates", dates_are_kept)
