"""The trace of looks at documents: who opened or took which one (norm C131)."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from audit import services as audit
from cases.services import acts
from notices.models import Document


def record_look(*, actor: User, document: Document, action: str) -> None:
    """Record that `actor` looked at a document or took a copy: ``viewed``, ``pdf`` or ``docx``."""
    with transaction.atomic():
        audit.record(
            actor=actor,
            action=f"document.{action}",
            object_type="document",
            object_id=document.pk,
            details={"code": document.code},
            read=True,
            **acts.audit_scope(document.matter),
        )
