"""What every act on a service shares: its lock, its days, its files and its audit entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, invalid_field
from cases.models import Attachment, Case, Lead
from cases.services import acts
from cases.services.attachments import store
from documents import glyphs
from notices.models import Service
from notices.services.common import locked, require_worker

if TYPE_CHECKING:
    Matter = Lead | Case
    Upload = UploadedFile[Any]


def require_day(day: date, field: str, first: date | None) -> None:
    if day > clock.today():
        sentence = _("This day lies in the future. Enter the day on which it really happened.")
        raise invalid_field(field, sentence)
    if first is not None and day < first:
        sentence = _("It cannot have been before %(day)s.") % {"day": first}
        raise invalid_field(field, sentence)


def require_printable(**stated: str) -> None:
    """Refuse a text that no receipt, envelope or certificate could print.

    What is recorded of a service stays: with such a text in it its papers could never be made.

    Raises:
        Invalid: naming the field and the character.
    """
    for field, text in stated.items():
        if sentence := glyphs.fault(text):
            raise invalid_field(field, sentence)


def kept(upload: Upload, service: Service, actor: User) -> Attachment:
    return store(upload, actor=actor, matter=service.matter, purpose="service_proof")


def locked_service(service: Service, actor: User) -> Service:
    """Lock the matter and the document; return the service, if the actor may go on with it.

    Raises:
        NotPermitted: the actor is not in the handling team.
        Conflict: the service has ended.
    """
    document = locked(service.document)
    require_worker(actor, document.matter)
    row = Service.objects.select_related("outcome", "party").get(pk=service.pk)
    row.document = document
    if row.ended is not None:
        raise Conflict(
            _("This service has ended: %(result)s. What is recorded of it stays.")
            % {"result": row.ended.get_result_display()},
            code="service_ended",
            details={"result": row.ended.result},
        )
    return row


def write_audit(service: Service, actor: User, action: str) -> None:
    """Write the audit entry of an act on a service, last of all; an outcome has that of its event."""
    audit.record(
        actor=actor,
        action=action,
        object_type="service",
        object_id=service.pk,
        details={"document": service.document_id, "method": service.method},
        **acts.audit_scope(service.matter),
    )


@transaction.atomic
def record_look(*, actor: User, service: Service) -> None:
    """Record that `actor` read what stands of a service (norm C131)."""
    audit.record(
        actor=actor,
        action="service.viewed",
        object_type="service",
        object_id=service.pk,
        read=True,
        details={"document": service.document_id},
        **acts.audit_scope(service.matter),
    )


@transaction.atomic
def record_addressed(*, actor: User, services: Iterable[Service]) -> None:
    """Record that `actor` printed where these services go (EMS 4; norm C131)."""
    for service in services:
        audit.record(
            actor=actor,
            action="service.addressed",
            object_type="service",
            object_id=service.pk,
            read=True,
            details={"document": service.document_id},
            **acts.audit_scope(service.matter),
        )


@transaction.atomic
def record_certificate(*, actor: User, services: Sequence[Service]) -> None:
    """Record that `actor` printed a certificate of these services, which are of one matter."""
    matter = services[0].matter
    audit.record(
        actor=actor,
        action="service.certified",
        object_type="lead" if isinstance(matter, Lead) else "case",
        object_id=matter.pk,
        read=True,
        details={"services": [service.pk for service in services]},
        **acts.audit_scope(matter),
    )
