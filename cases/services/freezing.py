"""What an approval is bound to, and how two such states differ (design 3, one approval engine)."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

from audit.canonical import encode
from cases.models import Case, Lead, Proposal
from cases.registries import DraftDocument, document_slots
from cases.services import acts, checklists

if TYPE_CHECKING:
    Matter = Lead | Case


def documents_of(proposal: Proposal) -> list[DraftDocument]:
    """Return the documents an approval of `proposal` covers, in the order of the declaration."""
    slot = document_slots.get("documents")
    if slot is None:
        return []
    if proposal.subject == "document":
        found = slot.documents(proposal.matter, str(proposal.facts.get("code", "")))
        return [item for item in found if item.pk == proposal.document_id]
    declaration = acts.declaration_of(proposal.matter, proposal.transition)
    codes = declaration.needs_documents + declaration.makes_documents
    return [item for code in codes for item in slot.documents(proposal.matter, code)]


def keep_texts(proposal: Proposal) -> None:
    """Keep what the covered documents say now; inside the caller's transaction.

    A frozen proposal names them by digest. Whoever decides on a later round reads what is different.
    """
    slot = document_slots.get("documents")
    if slot is not None:
        slot.keep_texts(documents_of(proposal))


def freeze(proposal: Proposal, legal_day: date | None = None) -> dict[str, Any]:
    """Return everything the approver answers for, as JSON: facts, reasons, documents, verdicts, version.

    Args:
        legal_day: the day of the decision where it was taken before; None for today.
    """
    matter = proposal.matter
    verdicts: list[dict[str, Any]] = []
    if proposal.subject == "transition":
        declaration = acts.declaration_of(matter, proposal.transition)
        lines = checklists.checklist(
            declaration, matter, proposal.facts, carrying_out=False, legal_day=legal_day
        )
        verdicts = [{"code": line.code, "met": line.verdict.met} for line in lines]
    return {
        "transition": proposal.transition or f"document:{proposal.document_id}",
        "facts": proposal.facts,
        "reasons": proposal.reasons,
        "documents": [
            {"code": item.code, "id": item.pk, "sha256": item.sha256}
            for item in documents_of(proposal)
        ],
        "verdicts": verdicts,
        "state": matter.state,
        "version": matter.version,
    }


def digest_of(frozen: dict[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of a frozen proposal."""
    return hashlib.sha256(encode(frozen)).hexdigest()


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return each part that differs, with what it was and what it is."""
    return {
        name: {"before": before.get(name), "after": after.get(name)}
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    }
