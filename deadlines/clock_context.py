"""What the page of a deadline offers beside the dates: recording about the clock, and the second person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from accounts.models import User
from cases.models import Case, Lead
from cases.registries import machines
from cases.workplace import title_of_kind
from deadlines import by_hand, extending, facts
from deadlines.confirmation import approver_of, last_check, may_confirm
from deadlines.derive import rule_of
from deadlines.models import RUNNING, Confirmation, Deadline
from deadlines.services.manual import may_set

if TYPE_CHECKING:
    Matter = Lead | Case

# The acts on one clock, with the form that says whether the act fits it.
ACTS: dict[str, type[facts.ClockFacts]] = {
    by_hand.COMPLETED: facts.CompletedFacts,
    by_hand.EXTENDED: facts.ExtendedFacts,
    by_hand.SUSPENDED: facts.SuspendedFacts,
    by_hand.OBSTACLE: facts.ObstacleFacts,
}
# The acts that name no clock or another event.
ALWAYS = (by_hand.BEGUN, by_hand.RESUMED, by_hand.REQUESTED)


def clock_context(deadline: Deadline, actor: User) -> dict[str, Any]:
    """Return what can be recorded about a deadline, its proof, and who confirmed it."""
    ended_by = deadline.ended_by
    awaiting = deadline.confirmation == Confirmation.AWAITING
    return {
        "clock_acts": _acts(deadline, actor),
        "proofs": _proofs(deadline),
        "check": last_check(deadline) if ended_by else None,
        "approver": approver_of(ended_by) if ended_by and deadline.confirmation else None,
        "may_confirm": awaiting and may_confirm(actor, deadline),
    }


def _acts(deadline: Deadline, actor: User) -> list[tuple[str, str]]:
    """Return address and title of each act that fits the running clock."""
    if deadline.manual or deadline.state not in RUNNING or not may_set(actor, deadline.matter):
        return []
    rule = rule_of(deadline)
    clock = extending.clock_of(deadline)
    recorded = [
        (f"{_address(deadline.matter, kind)}?clock={clock}", title_of_kind(kind))
        for kind, form in ACTS.items()
        if form.fits_clock(deadline, rule)
    ]
    return recorded + (
        _proposals(deadline.matter, clock) if extending.is_extended_by_step(rule) else []
    )


def _proposals(matter: Matter, clock: str) -> list[tuple[str, str]]:
    """Return address and title of the proposals that lengthen a period of the office."""
    steps = [machines[matter.machine].declarations.get(code) for code in extending.STEPS]
    return [
        (f"{reverse('proposal_create', args=[matter.key, step.code])}?clock={clock}", step.title)
        for step in steps
        if step is not None
    ]


def matter_acts(matter: Matter, actor: User) -> list[tuple[str, str]]:
    """Return address and title of the acts that belong to the matter as a whole."""
    if not may_set(actor, matter):
        return []
    return [(_address(matter, kind), title_of_kind(kind)) for kind in ALWAYS]


def _address(matter: Matter, kind: str) -> str:
    return reverse("clock_record", args=[matter.key, kind])


def _proofs(deadline: Deadline) -> list[Any]:
    """Return the files that prove the end: of the event, or given when it was closed by hand."""
    found = list(deadline.closing_files.all()) if deadline.manual else []
    event = deadline.closing_event or deadline.ended_by
    return found + (list(event.proofs.all()) if event else [])
