"""Documents for tests, drafted and finished through the services of their room."""

from __future__ import annotations

from typing import Any

from notices import services
from notices.models import Document


def filled(document: Document, actor: Any, **values: str) -> Document:
    """Complete every required content that is empty and change those given."""
    missing = {
        item.name: "已查明。"
        for item in document.type.contents
        if item.required and not item.fixed and not document.values.get(item.name)
    }
    return services.edit_document(
        actor=actor, document=document, values=missing | values, version=document.version
    )


def final(matter: Any, code: str, actor: Any, **values: str) -> Document:
    """Draft (when there is none), complete and make final."""
    document = Document.objects.filter(
        code=code, status="draft", **{matter.machine: matter}
    ).first()
    document = document or services.draft_document(actor=actor, matter=matter, code=code)
    return services.finalise_document(actor=actor, document=filled(document, actor, **values))
