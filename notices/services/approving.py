"""The approval a document stands on: of the decision that made it, of the act it belongs to, or its own.

One engine approves everything (design 3): a document without a transition has its own proposal there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import User
from audit.errors import Conflict, Invalid
from cases.models import ApprovalStep, Case, Decision, Event, Lead, Proposal, ProposalStatus
from cases.registries import machines
from cases.selectors.events import latest
from cases.services.proposals import propose_document
from notices import assembling
from notices.models import Document, DocumentStatus
from notices.services.common import locked, note, require_status, require_worker

if TYPE_CHECKING:
    Matter = Lead | Case

APPROVED = (ProposalStatus.APPROVED, ProposalStatus.CARRIED_OUT)


def approval_of(document: Document) -> Proposal | None:
    """Return the approved proposal that covers the document as it is now, None when there is none.

    A corrected version needs an approval of its own: that of the first version does not cover it.
    """
    if document.approval is not None:
        return document.approval
    if document.corrects_id is not None:
        return None
    return _of_the_decision(document) or _of_the_act(document)


def decider_of(proposal: Proposal | None) -> User | None:
    """Return who took the decision: the person of the last approval."""
    if proposal is None:
        return None
    step = (
        ApprovalStep.objects.filter(
            proposal=proposal, round=proposal.round, decision=Decision.APPROVE
        )
        .select_related("acted_by")
        .order_by("-position")
        .first()
    )
    return step.acted_by if step else None


def deciding_event(matter: Matter, code: str) -> Event | None:
    """Return the standing event whose transition makes documents of this type, the last one."""
    kinds = {
        declaration.event_kind
        for machine in machines.values()
        for declaration in machine.declarations.values()
        if code in declaration.makes_documents
    }
    found = [event for kind in sorted(kinds) if (event := latest(matter, kind))]
    return max(found, key=lambda event: event.pk, default=None)


def _of_the_decision(document: Document) -> Proposal | None:
    """The proposal that decided what the document only puts into words (T02, T06, T07).

    It covers the text as the records gave it, or a paper that bears the decider's signature; a text that
    somebody changed since needs an approval of its own.
    """
    if not document.uploaded and document.digest != document.drafted_digest:
        return None
    event = deciding_event(document.matter, document.code)
    return event.proposal if event else None


def differs_from_decision(document: Document) -> bool:
    """Say whether a decision made the document, but its text was changed since."""
    changed = not document.uploaded and document.digest != document.drafted_digest
    return changed and deciding_event(document.matter, document.code) is not None


def _of_the_act(document: Document) -> Proposal | None:
    """The approved proposal that was submitted with exactly this document (T12 and D-41).

    What was annulled covers nothing any more.
    """
    owner = Q(case=document.case_id) if document.case_id else Q(lead=document.lead_id)
    covered = {"id": document.pk, "sha256": document.digest}
    annulled = Event.objects.filter(proposal=OuterRef("pk"), annulled_by__isnull=False)
    return (
        Proposal.objects.filter(owner, ~Exists(annulled), status__in=APPROVED)
        .filter(frozen__documents__contains=[covered])
        .order_by("-id")
        .first()
    )


@transaction.atomic
def submit_document(*, actor: User, document: Document, reasons: str) -> Proposal:
    """Send a document to the department head and the chief for approval (law 2.2, 7.2).

    Raises:
        NotPermitted: the actor does not handle the matter.
        Invalid: nobody has to approve such a document, or reasons are missing.
        Conflict: it is no draft, or approved already.
        Refusal: required contents are missing.
    """
    from notices.services.drafting import require_complete

    row = locked(document)
    require_worker(actor, row.matter)
    release_review(row)
    if not row.type.issued:
        raise Invalid(
            _("“%(title)s” needs no approval of its own. Make it final.")
            % {"title": row.type.title},
            code="needs_no_approval",
        )
    require_status(row, DocumentStatus.DRAFT, DocumentStatus.FINAL)
    if approval_of(row) is not None:
        raise Conflict(_("This document is approved already."), code="document_approved")
    require_complete(row)
    row.status = DocumentStatus.IN_REVIEW
    row.version += 1
    row.save(update_fields=["status", "version"])
    proposal = propose_document(
        actor=actor,
        matter=row.matter,
        code=row.code,
        document_id=row.pk,
        title=f"{row.title}：{row.matter.title}",
        reasons=reasons,
    )
    note(row, actor, "submitted", digest=row.digest, proposal=proposal.pk)
    return proposal


def waiting_proposal(document: Document) -> Proposal | None:
    """Return the document's own proposal that waits for a decision, None when there is none."""
    if document.status != DocumentStatus.IN_REVIEW:
        return None
    return Proposal.objects.filter(
        subject="document", document_id=document.pk, status=ProposalStatus.SUBMITTED
    ).first()


def release_review(document: Document) -> None:
    """Make a document whose proposal was returned, rejected or withdrawn a draft again; not saved.

    Raises:
        Conflict: its proposal still waits for a decision.
    """
    if document.status != DocumentStatus.IN_REVIEW:
        return
    waiting = waiting_proposal(document)
    if waiting is not None:
        raise Conflict(
            _("This document waits for its approval. Withdraw the proposal to change it."),
            code="document_in_review",
            details={"proposal": waiting.pk},
        )
    document.status = DocumentStatus.DRAFT


def on_document_approved(sender: Any, proposal: Proposal, actor: User, **rest: Any) -> None:
    """Make an approved document final; in the transaction of its last approval.

    Raises:
        Conflict: it is not what was submitted.
    """
    row = locked(Document.objects.get(pk=proposal.document_id or 0))
    require_status(row, DocumentStatus.IN_REVIEW)
    if row.digest != assembling.digest_of(row, row.values) and not row.uploaded:
        raise Conflict(_("The document has changed since it was submitted."), code="digest_differs")
    row.status = DocumentStatus.FINAL
    row.approval = proposal
    row.version += 1
    row.save(update_fields=["status", "approval", "version"])
    note(row, actor, "approved", digest=row.digest, proposal=proposal.pk)
