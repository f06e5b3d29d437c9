"""Reading proposals: what an actor may see, and what waits for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import User
from audit.errors import NotVisible
from audit.prepared import prepared
from cases.models import ApprovalStep, Proposal, ProposalStatus
from cases.models.proposal import OPEN_STATUSES
from cases.selectors import people
from cases.selectors.kept_rows import holds
from cases.selectors.matters import of_visible_matters
from cases.services.routes import standing_of

if TYPE_CHECKING:
    from cases.models import Case, Lead

    Matter = Lead | Case


def proposals_visible_to(actor: User) -> QuerySet[Proposal]:
    """Return the proposals of the matters `actor` may see."""
    rows = Proposal.objects.select_related("author", "case", "lead", "office")
    return of_visible_matters(actor, rows)


def get_proposal(actor: User, pk: int) -> Proposal:
    """Return a visible proposal.

    Raises:
        NotVisible: there is none for this actor.
    """
    proposal = proposals_visible_to(actor).filter(pk=pk).first()
    if proposal is None:
        raise NotVisible(_("There is no such proposal."))
    return proposal


def open_proposal(matter: Matter) -> Proposal | None:
    """Return the open proposal of a transition; a machine has one at a time."""
    if not holds(matter, "proposals"):
        return None
    return _open_proposal.one(matter.machine, matter.pk)


@prepared(str, int)
def _open_proposal(machine: str, key: int) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(subject="transition", status__in=OPEN_STATUSES)
    return rows.filter(machine=machine, object_id=key).order_by("id")[:1]


def steps_of(proposal: Proposal) -> QuerySet[ApprovalStep]:
    """Return every step of every round, oldest first."""
    return proposal.steps.select_related("acted_by", "on_behalf_of", "entered_by", "paper")


def may_decide(actor: User, proposal: Proposal) -> bool:
    """Say whether the proposal waits for `actor` now."""
    role = proposal.awaited_role
    if role is None or proposal.author_id == actor.pk:
        return False
    if people.is_recused(proposal.matter, actor.pk):
        return False
    if proposal.steps.filter(round=proposal.round, acted_by=actor).exists():
        return False
    return standing_of(actor, proposal.matter, role) is not None


def waiting_for(actor: User) -> list[Proposal]:
    """Return the submitted proposals `actor` is to decide, the oldest first."""
    roles = accounts.effective_roles(actor)
    submitted = proposals_visible_to(actor).filter(status=ProposalStatus.SUBMITTED)
    return [
        row
        for row in submitted.order_by("submitted_at")
        # Cheap first: most rows await another role.
        if row.awaited_role in roles and may_decide(actor, row)
    ]
