"""Looking at exhibits: every look is recorded, and a check says whether the file is unchanged."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from audit import services as audit
from cases.services import acts
from documents.store import Integrity, verify
from evidence.models import Exhibit


def check_exhibit(*, actor: User, exhibit: Exhibit) -> Integrity:
    """Read the stored file whole, compare its digest and record what was found."""
    found = verify(exhibit.sha256)
    with transaction.atomic():
        audit.record(
            actor=actor,
            action="exhibit.checked",
            object_type="exhibit",
            object_id=exhibit.pk,
            outcome="success" if found is Integrity.INTACT else "failed",
            details={"number": exhibit.number, "sha256": exhibit.sha256, "found": str(found)},
            **acts.audit_scope(exhibit.case),
        )
    return found


def record_look(*, actor: User, exhibit: Exhibit) -> None:
    """Record that `actor` read what stands of an exhibit."""
    _record_read(actor, exhibit, "exhibit.viewed")


def record_download(*, actor: User, exhibit: Exhibit) -> None:
    """Record that `actor` took the file; called before its first byte is sent."""
    _record_read(actor, exhibit, "exhibit.downloaded")


@transaction.atomic
def _record_read(actor: User, exhibit: Exhibit, action: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type="exhibit",
        object_id=exhibit.pk,
        read=True,
        details={"number": exhibit.number},
        **acts.audit_scope(exhibit.case),
    )
