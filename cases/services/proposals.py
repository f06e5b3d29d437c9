"""Drafting, submitting, withdrawing and carrying out proposals (design 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, Invalid, NotPermitted, valid
from cases.forms.base import UNFIT, FactsForm, as_json, validated
from cases.machine import HEAD_THEN_CHIEF, Declaration
from cases.models import ApprovalStep, Case, Decision, Event, Lead, Proposal, ProposalStatus
from cases.models.proposal import OPEN_STATUSES
from cases.selectors import people
from cases.selectors.routes import route_for
from cases.services import acts, checklists, freezing, sources
from cases.services.facts import bound_form, proposal_form_class

if TYPE_CHECKING:
    Matter = Lead | Case

EDITABLE = (ProposalStatus.DRAFT, ProposalStatus.RETURNED, ProposalStatus.SUBMITTED)


def valid_facts(declaration: Declaration, data: Any, matter: Matter, actor: User) -> dict[str, Any]:
    """Return the facts a proposer states, validated by their form.

    Raises:
        Invalid: with every field's sentences.
    """
    asked = proposal_form_class(declaration)
    if issubclass(asked, FactsForm):
        return validated(asked(data, matter=matter, actor=actor)).facts()
    form = valid(asked(data), UNFIT)
    return {name: as_json(value) for name, value in form.cleaned_data.items()}


def _require_reasons(reasons: str) -> str:
    text = reasons.strip()
    if not text:
        raise Invalid(
            _("State the reasons of the proposal; the deciders read them first."),
            errors={"reasons": [_("The reasons are missing.")]},
        )
    return text


@transaction.atomic
def draft_proposal(*, actor: User, matter: Matter, code: str, data: Any, reasons: str) -> Proposal:
    """Begin a proposal of transition `code`.

    Raises:
        NotPermitted: the actor may not propose it, or it needs no proposal.
        Conflict: the state has moved, or a proposal is open already.
        Invalid: facts or reasons are missing.
    """
    declaration = acts.declaration_of(matter, code)
    acts.require_proposer(actor, matter, declaration)
    if not declaration.needs_proposal:
        raise NotPermitted(
            _("This step is recorded directly; it needs no approval."),
            code="needs_no_proposal",
            law=declaration.article,
        )
    locked = acts.lock(matter)
    acts.require_state(declaration, locked)
    require_none_open(locked)
    proposal = Proposal.objects.create(
        office=matter.office,
        lead=matter if isinstance(matter, Lead) else None,
        case=matter if isinstance(matter, Case) else None,
        machine=matter.machine,
        object_id=matter.pk,
        transition=code,
        title=f"{declaration.title_zh}：{matter.title}"[:200],
        facts=valid_facts(declaration, data, matter, actor),
        reasons=_require_reasons(reasons),
        route=[role.value for role in route_for(declaration, matter)],
        author=actor,
    )
    _audit(proposal, actor, "proposal.drafted")
    return proposal


def require_none_open(matter: Matter) -> None:
    """Refuse a second proposal while one is open.

    Raises:
        Conflict: naming the open one.
    """
    open_one = Proposal.objects.filter(
        subject="transition", machine=matter.machine, object_id=matter.pk, status__in=OPEN_STATUSES
    ).first()
    if open_one:
        raise Conflict(
            _("Another proposal is open in this matter (%(title)s). Withdraw or finish it first.")
            % {"title": open_one.title},
            code="proposal_open",
            details={"proposal": open_one.pk},
        )


def _locked(proposal: Proposal) -> Proposal:
    """Lock the matter, then the proposal, always in this order; return the proposal as it is now."""
    acts.lock(proposal.matter)
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def _require_author(actor: User, proposal: Proposal) -> None:
    if proposal.author_id != actor.pk:
        raise NotPermitted(_("Only the author of the proposal may do this."), code="not_the_author")


def _require_status(proposal: Proposal, *allowed: str) -> None:
    if proposal.status not in allowed:
        raise Conflict(
            _("This proposal is now “%(status)s”. Load the page again.")
            % {"status": proposal.get_status_display()},
            code="proposal_moved",
            details={"status": proposal.status},
        )


@transaction.atomic
def edit_proposal(
    *, actor: User, proposal: Proposal, data: Any, reasons: str, version: int
) -> Proposal:
    """Change facts and reasons; every approval given so far is void.

    Raises:
        Conflict: somebody changed it meanwhile (`details` holds the present values).
    """
    locked = _locked(proposal)
    _require_author(actor, locked)
    _require_status(locked, *EDITABLE)
    if locked.version != version:
        raise Conflict(
            _("Somebody changed this proposal while you were writing. Compare and save again."),
            code="lost_update",
            details={"facts": locked.facts, "reasons": locked.reasons, "version": locked.version},
        )
    declaration = acts.declaration_of(locked.matter, locked.transition)
    locked.facts = valid_facts(declaration, data, locked.matter, actor)
    locked.reasons = _require_reasons(reasons)
    locked.status = ProposalStatus.DRAFT
    locked.position = 0
    locked.digest = ""
    locked.version += 1
    locked.save()
    _audit(locked, actor, "proposal.edited")
    return locked


@transaction.atomic
def submit_proposal(*, actor: User, proposal: Proposal) -> Proposal:
    """Freeze the proposal and send it along its route; each submission opens a new round.

    Raises:
        Refusal: guards are unmet, all of them named.
    """
    locked = _locked(proposal)
    _require_author(actor, locked)
    _require_status(locked, ProposalStatus.DRAFT, ProposalStatus.RETURNED)
    if locked.subject == "transition":
        declaration = acts.declaration_of(locked.matter, locked.transition)
        acts.require_proposer(actor, locked.matter, declaration)
        acts.require_state(declaration, locked.matter)
        checklists.require_met(declaration, locked.matter, locked.facts, carrying_out=False)
        # The route of a round is the one the office follows on the day of its submission.
        locked.route = [role.value for role in route_for(declaration, locked.matter)]
    locked.frozen_before = locked.frozen
    locked.frozen = freezing.freeze(locked)
    freezing.keep_texts(locked)
    locked.digest = freezing.digest_of(locked.frozen)
    locked.status = ProposalStatus.SUBMITTED
    locked.round += 1
    locked.position = 0
    locked.version += 1
    locked.submitted_at = clock.now()
    locked.save()
    add_step(locked, position=0, decision=Decision.SUBMIT, acted_by=actor)
    _audit(locked, actor, "proposal.submitted")
    return locked


def add_step(
    proposal: Proposal, *, position: int, decision: str, acted_by: User, **rest: Any
) -> ApprovalStep:
    """Append one step; the database keeps one person to one step a round.

    Raises:
        NotPermitted: the person has acted in this round already.
    """
    rest.setdefault("legal_day", clock.today())
    try:
        with transaction.atomic():
            return ApprovalStep.objects.create(
                proposal=proposal,
                round=proposal.round,
                position=position,
                decision=decision,
                acted_by=acted_by,
                digest=proposal.digest,
                **rest,
            )
    except IntegrityError as error:
        raise NotPermitted(
            _("Author, reviewer and decider must be different persons. You have acted already."),
            code="one_person_one_step",
            law="Rules 5, 7",
        ) from error


@transaction.atomic
def withdraw_proposal(*, actor: User, proposal: Proposal, reason: str = "") -> Proposal:
    """Take an open proposal back; its author may, until it is carried out or rejected.

    Where the act was approved already, an event says that it is given up: no period to carry it out runs on.
    """
    locked = _locked(proposal)
    _require_author(actor, locked)
    _require_status(locked, *OPEN_STATUSES)
    if locked.status == ProposalStatus.APPROVED:
        _give_up_act(locked, actor)
    locked.status = ProposalStatus.WITHDRAWN
    locked.version += 1
    locked.save(update_fields=["status", "version"])
    _audit(locked, actor, "proposal.withdrawn", reason=reason)
    return locked


def _give_up_act(proposal: Proposal, actor: User) -> None:
    event = acts.record_event(
        actor=actor,
        matter=proposal.matter,
        kind="act_given_up",
        legal_day=clock.today(),
        facts={"transition": proposal.transition},
        proposal=proposal,
    )
    acts.announce_event(event, actor=actor, matter=proposal.matter)


@transaction.atomic
def carry_out(
    *, actor: User, proposal: Proposal, data: Any, files: Any = None, source: str = ""
) -> Event:
    """Record the act an approved proposal has opened, with its facts and proof (`legal_day` act).

    Args:
        source: what it is recorded from, for example ``paper:12``; its files are proofs of the event.

    Raises:
        NotPermitted: the actor does not belong to the handling team.
        Invalid: the facts are not valid, or nothing of this matter is called `source`.
        Conflict: the proposal is not approved, or the state has moved.
        Refusal: guards are unmet, all of them named.
    """
    locked = _locked(proposal)
    matter = locked.matter
    if not people.is_member(matter, actor):
        raise NotPermitted(_("Only the handling team carries this out."), code="not_in_the_team")
    _require_status(locked, ProposalStatus.APPROVED)
    declaration = acts.declaration_of(matter, locked.transition)
    kind = declaration.event_kind
    offer = sources.offered(actor, matter, source, kind)
    form = bound_form(kind, data, files, matter=matter, actor=actor, given=offer.files)
    day = form.cleaned_data.get("legal_day", clock.today())
    locked.status = ProposalStatus.CARRIED_OUT
    locked.version += 1
    locked.save(update_fields=["status", "version"])
    event = acts.perform(
        actor=actor,
        declaration=declaration,
        matter=matter,
        facts=locked.facts | form.facts(),
        legal_day=day,
        legal_instant=sources.instant_on(offer, day),
        proofs=sources.proofs_of(form, offer, actor=actor, matter=matter, purpose=kind),
        proposal=locked,
    )
    sources.became(event, offer, actor=actor)
    return event


@transaction.atomic
def propose_document(
    *, actor: User, matter: Matter, code: str, document_id: int, title: str, reasons: str
) -> Proposal:
    """Send one document along the route that law 2.2 gives it: department head, then chief.

    Raises:
        NotPermitted: the actor does not handle the matter.
        Conflict: the document has an open proposal.
    """
    if not people.is_handler(matter, actor):
        raise NotPermitted(_("Only a handling prosecutor proposes a document."), code="wrong_role")
    if Proposal.objects.filter(
        subject="document", document_id=document_id, status__in=OPEN_STATUSES
    ).exists():
        raise Conflict(_("This document has an open proposal already."), code="proposal_open")
    proposal = Proposal.objects.create(
        office=matter.office,
        lead=matter if isinstance(matter, Lead) else None,
        case=matter if isinstance(matter, Case) else None,
        subject="document",
        document_id=document_id,
        title=title[:200],
        facts={"code": code},
        reasons=_require_reasons(reasons),
        route=[role.value for role in HEAD_THEN_CHIEF],
        author=actor,
    )
    _audit(proposal, actor, "proposal.drafted")
    return submit_proposal(actor=actor, proposal=proposal)


def _audit(proposal: Proposal, actor: User, action: str, *, reason: str = "") -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type="proposal",
        object_id=proposal.pk,
        reason=reason,
        details={"transition": proposal.transition, "digest": proposal.digest},
        **acts.audit_scope(proposal.matter),
    )
