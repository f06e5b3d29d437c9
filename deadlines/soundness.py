"""Whether the deadlines of a matter are what its events say, and each has an owner (design 1, idea 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cases.models import Case, Lead
from cases.registries import verifiers
from cases.soundness import dates_of
from cases.together import by_owner, owner_of, primary_keys, rows_of
from deadlines.derive import derive
from deadlines.models import Deadline, DeadlineState

if TYPE_CHECKING:
    Matter = Lead | Case

# A row carries its derivation in full, which nothing here reads.
COMPARED = ("rule", "start_event_id", "state", "effective_day", "manual", "duty_holder_id")
ENDED = (DeadlineState.MET, DeadlineState.CANCELLED, DeadlineState.SUPERSEDED)


def deadlines_follow(matter: Matter) -> Iterator[str]:
    """Every deadline is there once, ends on the day that is computed, and was ended by the same event."""
    rows = {
        (row.rule, row.start_event_id): row for row in rows_of(matter, _deadlines) if not row.manual
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
    for row in _running(matter):
        if row.duty_holder_id is None:
            yield f"the deadline {row.rule} from event {row.start_event_id} has no owner"


def next_due_is_kept(matter: Matter) -> Iterator[str]:
    """What lists sort a case by is the earliest day of its running deadlines (migration 0012)."""
    if isinstance(matter, Lead):
        return
    earliest = min((row.effective_day for row in _running(matter)), default=None)
    kept = dates_of(matter).next_due
    if kept != earliest:
        yield f"lists say that {kept} is due next, not {earliest}"


def _running(matter: Matter) -> list[Deadline]:
    return [row for row in rows_of(matter, _deadlines) if row.state == DeadlineState.OPEN]


def _deadlines(matters: Sequence[Matter]) -> dict[int, list[Deadline]]:
    owner = owner_of(matters)
    rows = Deadline.objects.filter(**{f"{owner}__in": primary_keys(matters)}).order_by("id")
    return by_owner((getattr(row, owner), row) for row in rows.only(*COMPARED, owner))


def register() -> None:
    """Hand the questions to the registry."""
    verifiers.register("deadlines", deadlines_follow)
    verifiers.register("owners", open_deadlines_have_owners)
    verifiers.register("next_due", next_due_is_kept)
