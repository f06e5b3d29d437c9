"""Reading the decisions a handler may object to, and the objections filed (Rules 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from accounts.models import User
from cases.models import ApprovalStep, Event, Proposal
from cases.selectors import people
from cases.selectors.events import standing_events

if TYPE_CHECKING:
    from cases.models import Case, Lead

    Matter = Lead | Case

OBJECTION = "objection_filed"


def open_to(actor: User | None, matter: Matter) -> QuerySet[ApprovalStep]:
    """Return what others than `actor` have decided on proposals of a matter, the latest first."""
    return (
        ApprovalStep.objects.filter(**{f"proposal__{matter.relation}": matter}, position__gt=0)
        .exclude(acted_by=actor)
        .select_related("proposal", "acted_by")
        .order_by("-id")
    )


def may_object(actor: User, proposal: Proposal) -> bool:
    """Say whether `actor` handles the matter and somebody else has decided on the proposal."""
    matter = proposal.matter
    decided = open_to(actor, matter).filter(proposal=proposal)
    return people.is_member(matter, actor) and decided.exists()


def objections_to(proposal: Proposal) -> list[Event]:
    """Return the standing objections to decisions on a proposal, in the order of filing."""
    steps = set(proposal.steps.values_list("pk", flat=True))
    filed = standing_events(proposal.matter, OBJECTION)
    return [event for event in filed if event.facts["step"] in steps]
