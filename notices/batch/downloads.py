"""The documents of a batch as one PDF to print, or as a zip with a file each; made when asked for."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Sequence
from typing import IO

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit.clock import BEIJING
from audit.errors import Conflict
from documents.download import as_file, made_file, verified_chunks
from documents.errors import MissingGlyphs
from documents.merge import merge, stamp_page_numbers
from documents.names import safe_name
from documents.store import open_blob
from documents.typst_renderer import render_preview_pdf
from notices import assembling
from notices.batch import selectors
from notices.batch.services import record_download
from notices.models import BatchItem, Document, DocumentBatch
from notices.services.drafting import PDF

# So much of a zip is kept in memory; what is longer lies in a temporary file.
IN_MEMORY = 16 * 1024 * 1024
# A file name holds 255 bytes on most disks, and a Chinese character takes three of them.
LONGEST_PART = 24
_SEPARATORS = re.compile(r"[/\\]")


def merged_pdf(items: Sequence[BatchItem]) -> bytes:
    """Return the documents as one PDF with running page numbers, each with all its pages.

    Raises:
        Conflict: there is no document yet, or one cannot be printed; it is named.
    """
    _require_some(items)
    return stamp_page_numbers(merge([_pdf_of(item) for item in items]))


def zipped(items: Sequence[BatchItem]) -> IO[bytes]:
    """Return an open zip with one PDF a document, to be read from its beginning.

    Raises:
        Conflict: as `merged_pdf`.
    """
    _require_some(items)
    made: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the answer closes it
    moment = clock.now().astimezone(BEIJING).timetuple()[:6]
    with zipfile.ZipFile(made, "w") as packed:
        for item in items:
            entry = zipfile.ZipInfo(name_of(item), date_time=moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, _pdf_of(item))
    made.seek(0)
    return made


def name_of(item: BatchItem) -> str:
    """Return the name of a document's file, unlike that of every other item of the batch."""
    document = _document(item)
    parts = (document.title, item.addressee)
    words = [_SEPARATORS.sub("_", part)[:LONGEST_PART] for part in parts if part]
    return safe_name(" ".join([f"{item.position:04d}", item.case.key, *words]) + ".pdf")


def _document(item: BatchItem) -> Document:
    assert item.document is not None  # held by batch_item_done_names_its_document
    return item.document


def _require_some(items: Sequence[BatchItem]) -> None:
    if not items:
        raise Conflict(_("No document of this batch is made yet."), code="nothing_made")


def _pdf_of(item: BatchItem) -> bytes:
    """Return the file of record where there is one, else the preview of the draft."""
    document = _document(item)
    if document.sha256 and document.media_type == PDF and document.in_final_form:
        return b"".join(verified_chunks(open_blob(document.sha256), document.sha256))
    try:
        return render_preview_pdf(assembling.assembled(document, document.values))
    except MissingGlyphs as error:
        raise Conflict(
            _("Document %(position)d cannot be printed: %(sentence)s")
            % {"position": item.position, "sentence": error.message},
            code="not_printable",
        ) from error


# --- answers -------------------------------------------------------------------------------------


def merged_answer(actor: User, batch: DocumentBatch) -> HttpResponseBase:
    """Send what `merged_pdf` makes of a batch; the look is recorded with each document.

    Raises:
        Conflict: as `merged_pdf`.
    """
    items = selectors.made_by(actor, batch)
    content = merged_pdf(items)
    _record(actor, batch, items, "merged")
    return made_file(content, name=_name(batch, ".pdf"))


def zip_answer(actor: User, batch: DocumentBatch) -> HttpResponseBase:
    """Send what `zipped` makes of a batch; the look is recorded with each document.

    Raises:
        Conflict: as `merged_pdf`.
    """
    items = selectors.made_by(actor, batch)
    packed = zipped(items)
    _record(actor, batch, items, "zipped")
    return as_file(FileResponse(packed, content_type="application/zip"), _name(batch, ".zip"))


def _record(actor: User, batch: DocumentBatch, items: Sequence[BatchItem], action: str) -> None:
    documents = [_document(item) for item in items]
    record_download(actor=actor, batch=batch, documents=documents, action=action)


def _name(batch: DocumentBatch, ending: str) -> str:
    return f"{batch.type.title_zh} {batch.pk}{ending}"
