"""From an empty form to the final paper: draft, edit, make final, open again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from audit import clock
from audit.errors import Conflict, Invalid, Refusal
from cases.models import Case, Event, Lead, Proposal
from cases.selectors.spending import spent_by
from cases.services import acts
from documents.codec import to_json
from documents.store import put_stream
from documents.typst_renderer import RenderedPdf, render_pdf
from notices import assembling, selectors
from notices.catalogue import Content, DocumentType, Kind, document_type, in_matter
from notices.masking.exposed import require_clean_print, unmasked
from notices.models import Document, DocumentStatus
from notices.prefill import content_of, fixed, prefilled
from notices.rests_on import carried
from notices.services.approving import release_review
from notices.services.common import locked, note, require_status, require_worker

if TYPE_CHECKING:
    Matter = Lead | Case

LONGEST_CONTENT = 20_000
PDF = "application/pdf"


@transaction.atomic
def draft_document(*, actor: User, matter: Matter, code: str) -> Document:
    """Begin a document, filled from the record.

    Raises:
        NotPermitted: the actor does not belong to the handling team.
        Invalid: the type is unknown, not made here, or does not belong to such a matter.
        Conflict: there is one already that has served for no step yet; of a type that repeats, a draft
            as the record filled it.
    """
    kind = composed_type(code, matter)
    require_worker(actor, matter)
    acts.lock(matter)
    require_room(kind, matter)
    return create_draft(kind=kind, matter=matter, actor=actor)


def require_room(kind: DocumentType, matter: Matter) -> None:
    """Refuse another document of a type of which one stands that has served for no step yet.

    Raises:
        Conflict: naming the one that stands.
    """
    present = selectors.standing(matter, kind.code).first()
    if present is not None and not leaves_room(present):
        raise Conflict(
            _("There is a “%(title)s” already. Open it, or correct it when it is issued.")
            % {"title": kind.title},
            code="document_exists",
            details={"document": present.pk},
        )


def leaves_room(present: Document) -> bool:
    """Say whether another document of the type may be begun beside the one that stands.

    Of a type that repeats only a draft nobody has worked on yet is in the way: it is opened instead.
    """
    if present.type.repeats:
        return present.in_final_form or present.digest != present.drafted_digest
    return present.in_final_form and spent_by(present.matter, present.code) is not None


def composed_type(code: str, matter: Matter) -> DocumentType:
    """Return a type that is made here for such a matter.

    Raises:
        Invalid: it is not.
    """
    kind = fitting_type(code, matter)
    if not kind.composed:
        raise Invalid(
            _("“%(title)s” is not made here. File the finished document as an upload.")
            % {"title": kind.title},
            errors={"code": [_("Documents of this type are filed as uploads.")]},
            code="not_composed",
        )
    return kind


def fitting_type(code: str, matter: Matter) -> DocumentType:
    """Return a type that belongs to such a matter, in the form it has there.

    Raises:
        Invalid: it does not.
    """
    kind = document_type(code)
    require_made_for(kind, matter)
    return in_matter(kind, matter)


def require_made_for(kind: DocumentType, matter: Matter) -> None:
    """Refuse a type that is not made for such a matter.

    Raises:
        Invalid: saying what it belongs to, and how one gets there.
    """
    if matter.relation not in kind.on:
        sentence = (
            _("“%(title)s” belongs to a lead, not to a case.")
            if kind.on == ("lead",)
            else _("“%(title)s” belongs to a case, not to a lead.")
        ) % {"title": kind.title}
        raise Invalid(sentence, errors={"code": [sentence]}, code="wrong_matter")
    if not kind.made_for(matter.machine):
        sentence = _of_other_track(kind)
        raise Invalid(sentence, errors={"code": [sentence]}, code="wrong_track", law=kind.article)


def _of_other_track(kind: DocumentType) -> str:
    """Return to which cases a type belongs, and for one against an authority the way to it."""
    if kind.machines == ("administrative",):
        sentence = _(
            "“%(title)s” belongs to a case against an authority (Rules 67-84). File one: from the lead (A-1) "
            "or beside this case (A-1-2)."
        )
    else:
        sentence = _("“%(title)s” belongs to a civil case; this case is against an authority.")
    return sentence % {"title": kind.title}


def create_draft(**given: Any) -> Document:
    """Write a draft inside the caller's transaction; the matter is locked. `new_draft` says what is given."""
    document = new_draft(**given)
    document.save()
    note(document, document.created_by, "drafted", digest=document.digest)
    return document


def new_draft(
    *,
    kind: DocumentType,
    matter: Matter,
    actor: User | None,
    event: Event | None = None,
    signer: User | None = None,
    signed_day: date | None = None,
    content: dict[str, Any] | None = None,
    typed: Mapping[str, str] | None = None,
    **rest: Any,
) -> Document:
    """Return a draft that is not saved.

    Args:
        content: what it says; left out, what the record says.
        typed: texts somebody typed beforehand, checked, that stand instead of those of the record.
    """
    kind = in_matter(kind, matter)
    document = Document(
        lead=matter if isinstance(matter, Lead) else None,
        case=matter if isinstance(matter, Case) else None,
        office=matter.office,
        code=kind.code,
        title=kind.title_zh,
        template=kind.template,
        content=_with_typed(prefilled(kind, matter) if content is None else content, typed or {}),
        event=event,
        signer=signer,
        signed_day=signed_day,
        created_by=actor,
        edited_by=actor,
        **rest,
    )
    refresh(document)
    if content is None and not typed:
        document.drafted_digest = document.digest
    return document


def _with_typed(content: dict[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    changed = {
        name: _typed(content.get(name, {}), text)
        for name, text in typed.items()
        if content.get(name, {}).get("value", "") != text
    }
    return content | changed


def refresh(document: Document) -> None:
    """Make the structured document and the digest anew from the contents; nothing is saved."""
    values = document.values
    # A draft is drawn by the form of today, whichever began it; what is final keeps its own (norm C146).
    if document.status == DocumentStatus.DRAFT:
        document.template = document.type.template
    document.composed = to_json(assembling.assembled(document, values))
    document.digest = assembling.digest_of(document, values)


@transaction.atomic
def edit_document(
    *, actor: User, document: Document, values: Mapping[str, str], version: int
) -> Document:
    """Change the contents of a draft.

    Args:
        values: texts by name of content; what is left out stays.
        version: that of the page the texts were typed on.

    Raises:
        NotPermitted: the actor does not belong to the handling team.
        Conflict: it is no draft any more, or somebody changed it (`details` shows both values).
        Invalid: a content is unknown, too long or no day.
    """
    row = locked(document)
    require_worker(actor, row.matter)
    release_review(row)
    require_status(row, DocumentStatus.DRAFT)
    cleaned = clean_values(row.type, values)
    require_same_version(row, cleaned, version)
    changed = [name for name, text in cleaned.items() if row.values.get(name, "") != text]
    for name in changed:
        row.content[name] = _typed(row.content.get(name, {}), cleaned[name])
    for name, found in fixed(row.matter, row.code).items():
        row.content[name] = content_of(found)
    refresh(row)
    row.version += 1
    row.edited_by = actor
    row.edited_at = clock.now()
    row.save()
    note(row, actor, "edited", digest=row.digest, contents=sorted(changed))
    return row


def _typed(before: dict[str, Any], text: str) -> dict[str, Any]:
    """Return a content with the text a person typed; its lines keep what they rested on."""
    content: dict[str, Any] = {"value": text, "source": "person"}
    # The list of what was masked stays whatever is typed later.
    if before.get("masked"):
        content["masked"] = before["masked"]
    rests_on = carried(str(before.get("value", "")), before.get("rests_on", ()), text)
    if any(rests_on):
        content["rests_on"] = rests_on
    return content


def clean_values(kind: DocumentType, values: Mapping[str, str]) -> dict[str, str]:
    """Return the texts a person may set, checked.

    Raises:
        Invalid: naming each content that cannot be accepted.
    """
    cleaned: dict[str, str] = {}
    errors: dict[str, list[str]] = {}
    for name, text in values.items():
        content = kind.content(name)
        if content is None:
            errors[name] = [_("This document has no such content.")]
        elif not content.fixed:
            cleaned[name] = text.replace("\r\n", "\n").strip()
            if fault := _fault(content, cleaned[name]):
                errors[name] = [fault]
    if errors:
        raise Invalid(_("Some contents cannot be accepted."), errors=errors)
    return cleaned


def _fault(content: Content, text: str) -> str:
    kind = content.kind
    if kind is Kind.CHOICE and text and text not in content.options:
        return _("Choose one of: %(options)s.") % {"options": "、".join(content.options)}
    if len(text) > LONGEST_CONTENT:
        return _("This has more than %(most)d characters. Attach the rest.") % {
            "most": LONGEST_CONTENT
        }
    if kind is Kind.LINE and "\n" in text:
        return _("This must stand on one line.")
    if kind is Kind.DAY and text:
        try:
            date.fromisoformat(text)
        except ValueError:
            return _("This is no day. Write it as 2026-11-23.")
    return ""


def require_same_version(document: Document, values: Mapping[str, str], version: int) -> None:
    """Refuse a change that rests on an older version of the draft.

    Raises:
        Conflict: `details` shows both values of each content that differs.
    """
    if document.version == version:
        return
    now = document.values
    details: dict[str, Any] = {
        content.label: {"yours": values[content.name], "now": now.get(content.name, "")}
        for content in document.type.contents
        if content.name in values and values[content.name] != now.get(content.name, "")
    }
    raise Conflict(
        _("Somebody changed this document while you were writing. Compare and save again."),
        code="lost_update",
        details=details,
    )


@transaction.atomic
def finalise_document(*, actor: User, document: Document) -> Document:
    """Make a draft final: from now on it can be proposed, approved and printed.

    Raises:
        NotPermitted: the actor does not belong to the handling team.
        Conflict: it is no draft.
        Refusal: required contents are missing, all of them named with their articles.
        Invalid: a character cannot be printed, named with its field.
    """
    row = locked(document)
    require_worker(actor, row.matter)
    release_review(row)
    require_status(row, DocumentStatus.DRAFT)
    require_complete(row)
    refresh(row)
    row.status = DocumentStatus.FINAL
    row.finalised_at = clock.now()
    row.finalised_by = actor
    keep_pdf(row, assembling.assembled(row, row.values))
    row.version += 1
    row.save()
    note(row, actor, "finalised", digest=row.digest, sha256=row.sha256)
    return row


def require_complete(document: Document) -> None:
    """Refuse a document that lacks a required content or holds an unprintable character.

    Raises:
        Refusal, Invalid: as `finalise_document`.
    """
    require_contents(document)
    require_printable(document)


def require_contents(document: Document) -> None:
    """Refuse a document that lacks a required content.

    Raises:
        Refusal: with all of them, each with its article.
    """
    unmet = [*assembling.missing_contents(document), *unmasked(document)]
    if unmet:
        raise Refusal(
            ngettext(
                "“%(title)s” is not complete: %(count)d requirement is not met.",
                "“%(title)s” is not complete: %(count)d requirements are not met.",
                len(unmet),
            )
            % {"title": document.type.title, "count": len(unmet)},
            code="contents_missing",
            law=document.type.article,
            unmet=unmet,
        )


def require_printable(document: Document) -> None:
    """Refuse a document that holds a character which cannot be printed.

    Raises:
        Invalid: naming character and field.
    """
    bad = assembling.bad_characters(document.type, document.values)
    if bad:
        errors: dict[str, list[str]] = {}
        for item in bad:
            errors.setdefault(item.content.name, []).append(item.sentence)
        raise Invalid(
            _("The document cannot be printed: %(sentence)s") % {"sentence": bad[0].sentence},
            errors=errors,
            code="missing_glyphs",
        )


def keep_pdf(document: Document, composed: Any) -> RenderedPdf:
    """Render the PDF, keep its bytes in the store and its facts in the row; the row is not saved."""
    made = render_pdf(composed, issued_at=clock.now())
    require_clean_print(document, made.content)
    blob = put_stream([made.content])
    document.composed = to_json(composed)
    document.sha256 = blob.sha256
    document.size = blob.size
    document.media_type = PDF
    document.pages = made.pages
    document.engine = made.engine
    anchor = made.seal_anchor
    document.seal = anchor and {
        "page": anchor.page,
        "x": anchor.x,
        "y": anchor.y,
        "diameter": anchor.diameter,
    }
    return made


@transaction.atomic
def reopen_document(*, actor: User, document: Document) -> Document:
    """Make a final document a draft again, for example after its proposal was returned.

    Raises:
        NotPermitted: the actor does not belong to the handling team.
        Conflict: it is not final, or an approval covers it: then it is corrected by a new version.
    """
    from notices.services.approving import approval_of

    row = locked(document)
    require_worker(actor, row.matter)
    require_status(row, DocumentStatus.FINAL)
    approval: Proposal | None = approval_of(row)
    if approval is not None:
        raise Conflict(
            _("This document is approved. Correct it by a new version instead."),
            code="document_approved",
            law="CPL 86; CSR 129",
            details={"proposal": approval.pk},
        )
    row.status = DocumentStatus.DRAFT
    row.version += 1
    row.save(update_fields=["status", "version"])
    note(row, actor, "reopened")
    return row
