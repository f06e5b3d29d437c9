"""Deciding on a proposal: approve, return, reject, in the browser, by API or on paper (design 3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, Invalid, NotPermitted
from cases.machine import LegalDay
from cases.models import Attachment, Decision, Proposal, ProposalStatus
from cases.selectors import people
from cases.services import acts, freezing
from cases.services.attachments import store
from cases.services.days import require_day
from cases.services.proposals import add_step
from cases.services.routes import Standing, standing_of
from cases.signals import document_approved

DECISIONS = (Decision.APPROVE, Decision.RETURN, Decision.REJECT)


@transaction.atomic
def decide(
    *, actor: User, proposal: Proposal, decision: str, opinion: str, digest: str
) -> Proposal:
    """Decide in the browser or by API on exactly what was seen.

    Args:
        digest: the digest of what the decider saw; a difference is a conflict.

    Raises:
        NotPermitted: own proposal, wrong role, or the person has acted in this round.
        Conflict: decided already, or what was seen has changed (`details` holds the differences).
        Invalid: a return or rejection without opinion, or the head is silent where the law asks him.
        Refusal: the last approval finds guards unmet.
    """
    locked = _lock(proposal)
    standing = _require_standing(actor, locked)
    if digest != locked.digest:
        raise Conflict(
            _("The proposal has changed since you opened it. Read it again before you decide."),
            code="digest_differs",
            details=_since_seen(locked, digest),
        )
    return _apply(
        locked,
        decision=decision,
        opinion=opinion,
        acted_by=actor,
        standing=standing,
        legal_day=clock.today(),
    )


def _since_seen(proposal: Proposal, seen: str) -> dict[str, Any]:
    """Return the present digest and, to whoever has the round before open, what differs since."""
    before, present = proposal.frozen_before, {"digest": proposal.digest}
    if not before or freezing.digest_of(before) != seen:
        return present
    return present | {"differences": freezing.differences(before, proposal.frozen)}


@transaction.atomic
def record_paper_decision(
    *,
    actor: User,
    proposal: Proposal,
    acted_by: User,
    decision: str,
    opinion: str,
    legal_day: date,
    scan: UploadedFile[Any],
) -> Proposal:
    """Enter a decision that was signed on paper, with its scan; a clerk of the team or office does.

    Raises:
        NotPermitted: the actor is no clerk here, or the signer may not decide.
        Invalid: the day lies in the future or before the submission.
    """
    locked = _lock(proposal)
    clerk = accounts.has_role(actor, Role.CLERK) and actor.office_id == locked.office_id
    if not clerk or actor.pk in (acted_by.pk, locked.author_id):
        raise NotPermitted(
            _(
                "A decision on paper is entered by a clerk who is neither its author nor its signer."
            ),
            code="wrong_role",
        )
    standing = _require_standing(acted_by, locked)
    require_day(legal_day)
    if locked.submitted_at and legal_day < locked.submitted_at.astimezone(clock.BEIJING).date():
        raise Invalid(
            _("The decision cannot be older than the proposal."),
            errors={"legal_day": [_("This day is before the day of the proposal.")]},
        )
    paper = store(scan, actor=actor, matter=locked.matter, purpose="paper_decision")
    return _apply(
        locked,
        decision=decision,
        opinion=opinion,
        acted_by=acted_by,
        standing=standing,
        legal_day=legal_day,
        paper=paper,
        entered_by=actor,
    )


def _lock(proposal: Proposal) -> Proposal:
    acts.lock(proposal.matter)
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.status != ProposalStatus.SUBMITTED:
        raise Conflict(
            _("This proposal is now “%(status)s”; nothing is to be decided.")
            % {"status": locked.get_status_display()},
            code="proposal_moved",
            details={"status": locked.status},
        )
    return locked


def _require_standing(actor: User, proposal: Proposal) -> Standing:
    """Return in whose right `actor` decides at the present place of the route.

    Raises:
        NotPermitted: own proposal, recused, or not the awaited role.
    """
    if proposal.author_id == actor.pk:
        raise NotPermitted(
            _("Nobody decides on his own proposal."), code="own_proposal", law="Rules 5, 7"
        )
    if proposal.steps.filter(round=proposal.round, acted_by=actor).exists():
        raise Conflict(_("You have decided on this proposal already."), code="decided_already")
    role = proposal.awaited_role
    standing = standing_of(actor, proposal.matter, role) if role else None
    if standing is None or people.is_recused(proposal.matter, actor.pk):
        raise NotPermitted(
            _("The proposal waits for the %(role)s of this matter.")
            % {"role": role.label if role else ""},
            code="wrong_role",
            law="Rules 5, 7",
        )
    if standing.on_behalf_of and standing.on_behalf_of.pk == proposal.author_id:
        raise NotPermitted(
            _("The author's delegate cannot decide on the author's proposal."),
            code="own_proposal",
            law="Rules 5, 7",
        )
    return standing


def _apply(
    proposal: Proposal,
    *,
    decision: str,
    opinion: str,
    acted_by: User,
    standing: Standing,
    legal_day: date,
    paper: Attachment | None = None,
    entered_by: User | None = None,
) -> Proposal:
    if decision not in DECISIONS:
        raise Invalid(_("Choose to approve, to return or to reject."), code="unknown_decision")
    if decision != Decision.APPROVE and not opinion.strip():
        raise Invalid(
            _("Say why: a return or a rejection needs an opinion."),
            errors={"opinion": [_("The opinion is missing.")]},
        )
    if decision == Decision.APPROVE:
        _require_heads_opinion(proposal, opinion)
        _require_unchanged(proposal)
    add_step(
        proposal,
        position=proposal.position + 1,
        decision=decision,
        acted_by=acted_by,
        role=standing.role.value,
        on_behalf_of=standing.on_behalf_of,
        opinion=opinion.strip(),
        legal_day=legal_day,
        paper=paper,
        entered_by=entered_by,
    )
    _move(proposal, decision)
    if proposal.status == ProposalStatus.CARRIED_OUT:
        _execute(proposal, acted_by, standing, legal_day)
    elif proposal.status == ProposalStatus.APPROVED:
        _open_act(proposal, entered_by or acted_by, standing, legal_day)
    audit.record(
        actor=entered_by or acted_by,
        action=f"proposal.{decision}",
        object_type="proposal",
        object_id=proposal.pk,
        on_behalf_of=standing.on_behalf_of,
        details={
            "transition": proposal.transition,
            "digest": proposal.digest,
            "round": proposal.round,
            "signed_by": acted_by.pk,
        },
        **acts.audit_scope(proposal.matter),
    )
    return proposal


def needs_opinion(proposal: Proposal) -> bool:
    """Say whether an approval at the present place of the route needs an opinion.

    Where the law has the chief decide himself, the department head gives his opinion before (Rules 7, 30).
    """
    if proposal.subject == "document" or proposal.awaited_role != Role.DEPARTMENT_HEAD:
        return False
    return acts.declaration_of(proposal.matter, proposal.transition).chief_decides


def _require_heads_opinion(proposal: Proposal, opinion: str) -> None:
    if needs_opinion(proposal) and not opinion.strip():
        raise Invalid(
            _("The department head gives an opinion before the chief procurator decides."),
            errors={"opinion": [_("The opinion is missing.")]},
            law="Rules 7, 30",
        )


def _require_unchanged(proposal: Proposal) -> None:
    """Refuse to approve what is no longer what was submitted.

    Raises:
        Conflict: with each part that differs; the author submits a new round.
    """
    now = freezing.freeze(proposal)
    if freezing.digest_of(now) == proposal.digest:
        return
    raise Conflict(
        _(
            "The matter or its documents have changed since the proposal was submitted. "
            "Return it, so that its author submits it again."
        ),
        code="approval_voided",
        details=freezing.differences(proposal.frozen, now),
    )


def _move(proposal: Proposal, decision: str) -> None:
    if decision == Decision.APPROVE:
        proposal.position += 1
        if proposal.position == len(proposal.route):
            proposal.status = _final_status(proposal)
            proposal.decided_at = clock.now()
    else:
        returned = decision == Decision.RETURN
        proposal.status = ProposalStatus.RETURNED if returned else ProposalStatus.REJECTED
        proposal.decided_at = clock.now()
    proposal.version += 1
    proposal.save(update_fields=["position", "status", "decided_at", "version"])


def _final_status(proposal: Proposal) -> ProposalStatus:
    if proposal.subject == "document":
        return ProposalStatus.CARRIED_OUT
    declaration = acts.declaration_of(proposal.matter, proposal.transition)
    act = declaration.legal_day == LegalDay.ACT
    return ProposalStatus.APPROVED if act else ProposalStatus.CARRIED_OUT


def _open_act(proposal: Proposal, actor: User, standing: Standing, legal_day: date) -> None:
    """Record that an act may now be carried out; periods may run from this day (P-12)."""
    event = acts.record_event(
        actor=actor,
        matter=proposal.matter,
        kind="act_approved",
        legal_day=legal_day,
        facts={"transition": proposal.transition},
        proposal=proposal,
        on_behalf_of=standing.on_behalf_of,
    )
    acts.announce_event(event, actor=actor, matter=proposal.matter)


def _execute(proposal: Proposal, actor: User, standing: Standing, legal_day: date) -> Any:
    """Do what the last approval decides, in its own transaction."""
    if proposal.subject == "document":
        return document_approved.send(sender=Proposal, proposal=proposal, actor=actor)
    return acts.perform(
        actor=actor,
        declaration=acts.declaration_of(proposal.matter, proposal.transition),
        matter=proposal.matter,
        facts=proposal.facts,
        legal_day=legal_day,
        proposal=proposal,
        on_behalf_of=standing.on_behalf_of,
    )
