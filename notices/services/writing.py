"""Writing the whole text of a draft freely, or by an edited copy (`notices.whole_text`)."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit.errors import Invalid, invalid_field
from documents.docx_reader import require_size, text_of
from documents.model import FormDocument, OfficialDocument
from documents.plain_text import read, supported_lines, written
from notices import assembling
from notices.models import Document, DocumentStatus
from notices.rests_on import carried, kept, lines_of
from notices.services.approving import release_review
from notices.services.common import locked, note, require_status, require_worker
from notices.services.drafting import refresh, require_same_version
from notices.whole_text import WHOLE_TEXT

LONGEST_TEXT = 100_000


def base_of(document: Document) -> OfficialDocument:
    """Return the document as its contents alone make it.

    Raises:
        Invalid: it is an upload or a ruled form, whose text is in its fields alone.
    """
    values = {name: text for name, text in document.values.items() if name != WHOLE_TEXT}
    composed = None if document.uploaded else assembling.assembled(document, values)
    if composed is None or isinstance(composed, FormDocument):
        raise Invalid(
            _("This document has no running text. Fill in its fields."), code="no_running_text"
        )
    return composed


def text_now(document: Document) -> str:
    """Return the text of a document: as it was written freely, else as its contents make it."""
    return document.values.get(WHOLE_TEXT, "") or written(base_of(document).blocks)


def read_copy(document: Document, upload: UploadedFile[Any]) -> str:
    """Return the text of an edited `.docx` copy of the document; nothing is saved.

    Raises:
        Invalid: the file is no such copy.
    """
    require_size(upload.size or 0)
    return text_of(upload.read(), base_of(document))


@transaction.atomic
def write_text(*, actor: User, document: Document, text: str, version: int) -> Document:
    """Let a draft say `text`; the text its contents make, or none, returns to the contents.

    Raises:
        NotPermitted: the actor does not belong to the handling team.
        Conflict: it is no draft any more, or somebody changed it.
        Invalid: the text is too long or names a table that is not there; or the document has none.
    """
    row = locked(document)
    require_worker(actor, row.matter)
    release_review(row)
    require_status(row, DocumentStatus.DRAFT)
    require_same_version(row, {}, version)
    base = base_of(row)
    cleaned = _cleaned(text, base)
    _keep(row, cleaned, base)
    refresh(row)
    row.version += 1
    row.edited_by, row.edited_at = actor, clock.now()
    row.save()
    note(row, actor, "written", digest=row.digest, free=WHOLE_TEXT in row.content)
    return row


def _cleaned(text: str, base: OfficialDocument) -> str:
    """Return the text with one paragraph a line; empty when it is what the contents make."""
    cleaned = "\n".join(lines_of(text.replace("\r\n", "\n")))
    if len(cleaned) > LONGEST_TEXT:
        raise invalid_field(
            "text",
            _("This has more than %(most)d characters. Attach the rest.") % {"most": LONGEST_TEXT},
        )
    read(cleaned, base.blocks)
    return "" if cleaned == written(base.blocks) else cleaned


def _keep(document: Document, text: str, base: OfficialDocument) -> None:
    """Keep the text with what its lines rest on: as before, or as the paragraphs of the contents do."""
    before = document.content.pop(WHOLE_TEXT, None)
    if not text:
        return
    if before is None:
        lines = supported_lines(base.blocks)
        stood, rests_on = "\n".join(line for line, _ in lines), [kept(row) for _, row in lines]
    else:
        stood, rests_on = str(before["value"]), before.get("rests_on", [])
    found = carried(stood, rests_on, text)
    document.content[WHOLE_TEXT] = {"value": text, "source": "person"} | (
        {"rests_on": found} if any(found) else {}
    )
