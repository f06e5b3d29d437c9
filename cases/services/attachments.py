"""Keeping the files that prove an event or carry a paper approval."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import services as audit
from audit.errors import Invalid
from cases.models import Attachment, Case, Lead
from cases.registries import StoredFile
from cases.services.acts import audit_scope
from documents.names import safe_name
from documents.store import put_upload

if TYPE_CHECKING:
    Matter = Lead | Case


def store(upload: UploadedFile[Any], *, actor: User, matter: Matter, purpose: str) -> Attachment:
    """Keep one uploaded file in the write-once store and return its attachment.

    Raises:
        Invalid: the file is empty or too large.
    """
    if not upload.size:
        raise Invalid(
            _("The file “%(name)s” is empty. Choose the right file.") % {"name": upload.name},
            errors={"file": [_("The file is empty.")]},
            code="empty_file",
        )
    blob = put_upload(upload)
    file = StoredFile(safe_name(upload.name or ""), blob.media_type, blob.size, blob.sha256)
    return keep(file, actor=actor, matter=matter, purpose=purpose)


def keep(file: StoredFile, *, actor: User, matter: Matter, purpose: str) -> Attachment:
    """Return an attachment of the matter for a file that lies in the store already."""
    return Attachment.objects.create(
        lead=matter if isinstance(matter, Lead) else None,
        case=matter if isinstance(matter, Case) else None,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        purpose=purpose,
        uploaded_by=actor,
    )


def store_all(
    uploads: Iterable[UploadedFile[Any]], *, actor: User, matter: Matter, purpose: str
) -> list[Attachment]:
    """Keep several files, in order."""
    return [store(upload, actor=actor, matter=matter, purpose=purpose) for upload in uploads]


@transaction.atomic
def record_download(*, actor: User, attachment: Attachment) -> None:
    """Leave the trace that `actor` took a file out (norm C131)."""
    matter = attachment.case or attachment.lead
    assert matter is not None  # held by the constraint attachment_of_one_matter
    audit.record(
        actor=actor,
        action="attachment.downloaded",
        object_type="attachment",
        object_id=attachment.pk,
        read=True,
        **audit_scope(matter),
    )
