"""Whether the deadlines of a matter are what its events say, and each has an owner (design 1, idea 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Min

from cases.models import Case, Lead
from cases.registries import verifiers
from deadlines.derive import derive
from deadlines.models import Deadline, DeadlineState

if TYPE_CHECKING:
    Matter = Lead | Case

ENDED = (DeadlineState.MET, DeadlineState.CANCELLED, DeadlineState.SUPERSEDED)


def deadlines_follow(matter: Matter) -> Iterator[str]:
    """Every deadline is there once, ends on the day that is computed, and was ended by the same event."""
    owner = {"lead": matter} if isinstance(matter, Lead) else {"case": matter}
    rows = {
        (row.rule, row.start_event_id): row
        for row in Deadline.objects.filter(**owner, manual=False)
    }
    for derived in derive(matter):
        row = rows.pop((derived.rule.id, derived.start.event.pk), None)
        name = f"{derived.rule.id} from event {derived.start.event.pk}"
        if row is None:
            yield f"the deadline {name} is missing"
        elif row.effective_day != derived.computation.last_day:
            yield f"the deadline {name} ends on {row.effective_day}, not {derived.computation.last_day}"
        elif (row.state in ENDED or derived.state in ENDED) and row.state != derived.state:
            yield f"the deadline {name} is {row.state}, not {derived.state}"
    for (rule, start), row in rows.items():
        if row.state != DeadlineState.CANCELLED:
            yield f"the deadline {rule} from event {start} follows from nothing"


def open_deadlines_have_owners(matter: Matter) -> Iterator[str]:
    """No clock runs that nobody watches."""
    owner = {"lead": matter} if isinstance(matter, Lead) else {"case": matter}
    rows = Deadline.objects.filter(**owner, state=DeadlineState.OPEN)
    for row in rows.filter(duty_holder__isnull=True):
        yield f"the deadline {row.rule} from event {row.start_event_id} has no owner"


def next_due_is_kept(matter: Matter) -> Iterator[str]:
    """What lists sort a case by is the earliest day of its running deadlines (migration 0012)."""
    if isinstance(matter, Lead):
        return
    running = Deadline.objects.filter(case=matter, state=DeadlineState.OPEN)
    earliest = running.aggregate(day=Min("effective_day"))["day"]
    if matter.dates.next_due != earliest:
        yield f"lists say that {matter.dates.next_due} is due next, not {earliest}"


def register() -> None:
    """Hand the questions to the registry."""
    verifiers.register("deadlines", deadlines_follow)
    verifiers.register("owners", open_deadlines_have_owners)
    verifiers.register("next_due", next_due_is_kept)
