"""Issuing a document under its number, correcting and voiding an issued one (norms C116, C119, C159)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import User
from audit import clock
from audit.errors import Conflict, Invalid, NotPermitted, Refusal, UnmetRequirement
from cases.models import Case, Proposal
from cases.selectors import people
from documents.validation import validate
from notices import assembling, selectors
from notices.catalogue import DocumentType
from notices.masking.exposed import unmasked
from notices.models import Document, DocumentStatus
from notices.series import series_for
from notices.services.approving import approval_of, differs_from_decision, release_review
from notices.services.common import locked, note, require_reason, require_status, require_worker
from notices.services.drafting import create_draft, keep_pdf, refresh, require_printable
from notices.services.numbering import give_number, void_entry
from notices.serving import selectors as serving
from notices.sourcing.sentences import unsupported


@transaction.atomic
def issue_document(
    *, actor: User, document: Document, signer: User, signed_day: date | None = None
) -> Document:
    """Issue a document: signed, numbered, rendered and kept, in one transaction.

    Args:
        signer: the chief procurator, who acts for the chief, or who is authorised (Rules 5).
        signed_day: day of the signature; that of the decision, or today, when not given.

    Raises:
        NotPermitted: the actor is not in the handling team, or the signer may not sign.
        Conflict: it is issued or void already, or waits for approval.
        Refusal: the approval or required contents are missing.
        Invalid: the day cannot be, or a character cannot be printed.
    """
    row = locked(document)
    require_worker(actor, row.matter)
    _require_issuable(row.type)
    release_review(row)
    require_status(row, DocumentStatus.DRAFT, DocumentStatus.FINAL)
    _require_same_form(row)
    day = _day_of_signature(row, signed_day)
    require_signer(row, signer, day)
    row.signer, row.signer_name, row.signed_day = signer, signer.name, day
    _set_day(row, day)
    require_printable(row)
    row.approval = _required_approval(row)
    _number_and_render(row, actor)
    note(
        row,
        actor,
        "issued",
        digest=row.digest,
        sha256=row.sha256,
        signer=signer.pk,
        proposal=row.approval.pk,
    )
    return row


def _require_same_form(document: Document) -> None:
    """Refuse to print under a newer form what was made final under an older one (norm C146).

    A draft is drawn anew; whether the approval covers that is asked like after every other change.
    """
    if document.template == document.type.template or document.uploaded:
        return
    if document.status == DocumentStatus.DRAFT:
        refresh(document)
        return
    raise Conflict(
        _(
            "The form of “%(title)s” was changed since this was made final. Begin a corrected version, "
            "which is drawn by the new form, and have it approved."
        )
        % {"title": document.type.title},
        code="form_changed",
        law="Rules 105",
    )


def _require_issuable(kind: DocumentType) -> None:
    if not kind.issued:
        raise Invalid(
            _("“%(title)s” stays in the office: make it final, it is not issued.")
            % {"title": kind.title},
            code="not_issued",
        )


def _day_of_signature(document: Document, chosen: date | None) -> date:
    """Return the day the document bears; a decision bears the day it was taken (design 3)."""
    content = document.type.day_content
    stated = document.values.get(content.name, "") if content else ""
    decides = content is not None and not content.set_at_issue and document.corrects_id is None
    decided = decides and bool(stated)
    day = chosen or (date.fromisoformat(stated) if decided else clock.today())
    if day > clock.today():
        sentence = _("%(day)s lies in the future. Enter the day of the signature.") % {"day": day}
        raise Invalid(sentence, errors={"signed_day": [sentence]}, code="future_day")
    _require_after_approval(document, day)
    if decided and day.isoformat() != stated:
        sentence = _("The decision was taken on %(day)s; the document bears that day.") % {
            "day": stated
        }
        raise Invalid(sentence, errors={"signed_day": [sentence]}, code="day_of_decision")
    return day


def _require_after_approval(document: Document, day: date) -> None:
    """Refuse a day of signature before the day on which the document was approved."""
    approval = approval_of(document)
    if approval is None:
        return  # refused by `_required_approval`, which says what to do
    steps = approval.steps.filter(round=approval.round).order_by("-legal_day")
    approved = steps.values_list("legal_day", flat=True).first()
    if approved is not None and day < approved:
        sentence = _("It was approved on %(day)s and cannot have been signed before.") % {
            "day": approved
        }
        raise Invalid(sentence, errors={"signed_day": [sentence]}, code="day_out_of_order")


def require_signer(document: Document, signer: User, day: date) -> None:
    """Refuse a signer without the right to sign this type on that day (Rules 5; norm C119).

    Raises:
        NotPermitted: naming who may.
    """
    here = signer.office_id == document.office_id and signer.is_active
    recused = people.is_recused(document.matter, signer.pk)
    if not here or recused or not accounts.may_sign(signer, document.code, day):
        raise NotPermitted(
            _(
                "%(name)s may not sign “%(title)s” on %(day)s. The chief procurator signs, who acts for "
                "the chief, or who is authorised for this type."
            )
            % {"name": signer.name, "title": document.type.title, "day": day},
            code="unauthorised_signer",
            law="Rules 5",
        )


def _required_approval(document: Document) -> Proposal:
    """Return the approval of a document that lacks nothing.

    Raises:
        Refusal: naming all at once what is missing, contents and approval.
    """
    approval = approval_of(document)
    missing = [
        *assembling.missing_contents(document),
        *unmasked(document),
        *_without_source(document),
    ]
    if approval is not None and not missing:
        return approval
    title = {"title": document.type.title}
    raise Refusal(
        _("“%(title)s” is not approved yet.") % title
        if approval is None
        else _("“%(title)s” is not complete.") % title,
        code="requirements_unmet",
        law="Rules 5, 7",
        unmet=[*([] if approval else [_not_approved(document)]), *missing],
    )


def _without_source(document: Document) -> list[UnmetRequirement]:
    """Return the sentences of fact that keep a complaint from going out: those that rest on nothing."""
    return unsupported(None, document) if document.type.needs_sources else []


def _not_approved(document: Document) -> UnmetRequirement:
    changed = differs_from_decision(document)
    return UnmetRequirement(
        code="document_approved",
        message=_("The text was changed since the decision, which does not cover it.")
        if changed
        else _("No approval covers this document as it is now."),
        law="Rules 5, 7",
        cure=_("The handling prosecutor proposes it; department head and chief procurator decide."),
    )


def _set_day(document: Document, day: date) -> None:
    content = document.type.day_content
    if content is not None and content.set_at_issue:
        document.content[content.name] = {"value": day.isoformat(), "source": "signature"}


def _number_and_render(document: Document, actor: User) -> None:
    """Everything that can be refused is refused before the series is locked."""
    values = document.values
    refresh(document)
    validate(assembling.assembled(document, values, issued=True))
    assert document.signed_day is not None  # set by issue_document
    series = series_for(document.office, document.type, document.matter, values)
    if series is not None:
        document.number = give_number(
            document=document, series=series, year=document.signed_day.year, actor=actor
        )
    keep_pdf(document, assembling.assembled(document, values, issued=True))
    document.status = DocumentStatus.ISSUED
    document.issued_at = clock.now()
    document.issued_by = actor
    document.version += 1
    document.save()
    name_case_by(document)


def name_case_by(document: Document) -> None:
    """Let the number of the filing decision be the number the case is known by."""
    if document.code == "D-06" and document.case is not None and document.number:
        Case.objects.filter(pk=document.case.pk, official_number="").update(
            official_number=document.number
        )


@transaction.atomic
def void_document(*, actor: User, document: Document, reason: str) -> Document:
    """Declare a document void; its number stays taken and stays in the register (design 3).

    A draft is given up this way by anyone of the team; what is final or issued by its handler or the
    chief procurator.

    Raises:
        NotPermitted: the actor may not.
        Invalid: the reason is missing.
        Conflict: it is void already, waits for approval, is on its way to somebody, or was served.
    """
    words = require_reason(reason, _("Say why the document is void."))
    row = locked(document)
    release_review(row)
    draft = row.status == DocumentStatus.DRAFT and selectors.may_work(actor, row.matter)
    if not draft and not selectors.may_void(actor, row):
        raise NotPermitted(
            _("Only the handling prosecutor or the chief procurator declares this document void."),
            code="wrong_role",
        )
    require_status(row, DocumentStatus.DRAFT, DocumentStatus.FINAL, DocumentStatus.ISSUED)
    _require_not_served(row)
    row.status = DocumentStatus.VOID
    row.voided_at = clock.now()
    row.voided_by = actor
    row.void_reason = words
    row.save(update_fields=["status", "voided_at", "voided_by", "void_reason"])
    void_entry(row, actor=actor, reason=words)
    note(row, actor, "voided", reason=words)
    return row


def _require_not_served(document: Document) -> None:
    """Keep what somebody received in force: it is corrected by a version that is served again (C159)."""
    served = serving.served_on(document)
    if served is not None:
        raise Conflict(
            _(
                "This document was served on %(name)s on %(day)s and is not declared void. Correct it by a "
                "new version, and serve that."
            )
            % {"name": served.service.name, "day": served.standing_day},
            code="served_already",
            law="CPL 86; CSR 129",
            details={"service": served.service_id},
        )
    if serving.is_under_way(document):
        raise Conflict(
            _(
                "This document is being served. Enter first how that ended, or correct the document."
            ),
            code="service_under_way",
            law="CPL 86; CSR 129",
        )


@transaction.atomic
def correct_document(*, actor: User, document: Document, reason: str) -> Document:
    """Begin the corrected version of an issued or approved document; the old one is kept as it is.

    The new version has its own approval, number and day (CPL 86; CSR 129 by analogy; norm C159).

    Raises:
        NotPermitted: the actor does not belong to the handling team.
        Invalid: the reason is missing, or the document is an upload.
        Conflict: it is not issued, or is being corrected already.
    """
    words = require_reason(reason, _("Say what the new version corrects."))
    row = locked(document)
    require_worker(actor, row.matter)
    if row.uploaded:
        raise Invalid(
            _("This document is an upload. File the corrected document and name this one."),
            code="uploaded",
        )
    if not (row.status == DocumentStatus.FINAL and approval_of(row)):
        require_status(row, DocumentStatus.ISSUED)
    present = row.corrections.exclude(status=DocumentStatus.VOID).first()
    if present is not None:
        raise Conflict(
            _("A corrected version of this document exists already."),
            code="correction_exists",
            details={"document": present.pk},
        )
    return create_draft(
        kind=row.type,
        matter=row.matter,
        actor=actor,
        content=row.content,
        corrects=row,
        correction_reason=words,
        signer=row.signer,
    )
