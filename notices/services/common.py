"""What every act on a document begins and ends with: lock, right, state, trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.models import User
from audit import services as audit
from audit.errors import Conflict, Invalid, NotPermitted, stated_reason
from cases.models import Case, Lead
from cases.services import acts
from notices import selectors
from notices.models import Document, DocumentStatus

if TYPE_CHECKING:
    from audit.canonical import Json

    Matter = Lead | Case


def locked(document: Document) -> Document:
    """Lock the matter, then the document, always in this order; return the row as it is now."""
    acts.lock(document.matter)
    return (
        Document.objects.select_for_update(of=("self",))
        .select_related(
            "lead__office", "case__office", "case__lead", "office", "signer", "corrects"
        )
        .get(pk=document.pk)
    )


def require_worker(actor: User, matter: Matter) -> None:
    """Refuse who does not belong to the handling team.

    Raises:
        NotPermitted: naming who may.
    """
    if not selectors.may_work(actor, matter):
        raise NotPermitted(
            _("Only the handling team makes the documents of this matter. Ask the lead handler."),
            code="not_in_the_team",
            law="Rules 6",
        )


def require_status(document: Document, *allowed: str) -> None:
    """Refuse an act that does not fit the present status; an issued document is corrected (norm C159).

    Raises:
        Conflict: naming the status.
    """
    if document.status in allowed:
        return
    details: dict[str, Json] = {"status": document.status}
    if document.status == DocumentStatus.ISSUED:
        raise Conflict(
            _("This document is issued and never changes. Correct it by a new version instead."),
            code="document_status",
            law="CPL 86; CSR 129",
            details=details,
        )
    raise Conflict(
        _("This document is now “%(status)s”; this is not possible any more.")
        % {"status": document.get_status_display()},
        code="document_status",
        details=details,
    )


def require_reason(reason: str, sentence: str) -> str:
    """Return the reason without blanks around it.

    Raises:
        Invalid: there is none.
    """
    text = stated_reason(reason, sentence)
    if len(text) > 1000:
        raise Invalid(
            _("The reason has more than 1,000 characters. Shorten it."),
            errors={"reason": [_("At most 1,000 characters.")]},
        )
    return text


def note(
    document: Document, actor: User | None, action: str, *, reason: str = "", **details: Json
) -> None:
    """Write the audit entry of an act on a document, last of all."""
    audit.record(
        actor=actor,
        action=f"document.{action}",
        object_type="document",
        object_id=document.pk,
        reason=reason,
        details={"code": document.code, "version": document.version, **details},
        **acts.audit_scope(document.matter),
    )
