"""Files of documents: the PDF of record, the editable copy, the exact pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from audit import clock
from audit.errors import Conflict, Invalid
from documents.docx_renderer import render_docx
from documents.download import attachment, made_file
from documents.names import safe_name
from documents.typst_renderer import render_preview_png
from notices import assembling, selectors
from notices.models import Document
from notices.services.reading import record_look
from notices.views.base import staff

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def file_name(document: Document, ending: str) -> str:
    """Return the name a copy is saved under."""
    return safe_name(f"{document.matter.key} {document.title} {document.number}".strip() + ending)


@require_safe
@staff
def document_pdf(request: HttpRequest, actor: User, pk: int) -> HttpResponseBase:
    """Send the file of record, of an upload the file as it was received."""
    return file_of_record(actor, selectors.get_document(actor, pk))


def file_of_record(actor: User, document: Document) -> HttpResponseBase:
    """Return the file of record as a download and record the look.

    Raises:
        Conflict: a draft has none.
    """
    if not document.sha256 or document.size is None:
        raise Conflict(
            _("A draft has no file of record yet. Use the exact preview, or make it final."),
            code="no_file_yet",
        )
    record_look(actor=actor, document=document, action="pdf")
    name = document.file_name if document.uploaded else file_name(document, ".pdf")
    return attachment(
        sha256=document.sha256, name=name, media_type=document.media_type, size=document.size
    )


@require_safe
@staff
def document_docx(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Send an editable copy for exchange; it is no record."""
    return editable_copy(actor, selectors.get_document(actor, pk))


def editable_copy(actor: User, document: Document) -> HttpResponse:
    """Return an editable copy for exchange and record the look.

    Raises:
        Invalid: the document is an upload.
    """
    require_composed(document)
    content = render_docx(assembling.shown(document), issued_at=document.issued_at or clock.now())
    record_look(actor=actor, document=document, action="docx")
    return made_file(content, name=file_name(document, ".docx"), media_type=DOCX)


def require_composed(document: Document) -> None:
    """Refuse a copy of what was not made here: there is the file itself.

    Raises:
        Invalid: the document is an upload.
    """
    if document.uploaded:
        raise Invalid(_("This document is an upload. Download it as it is."), code="uploaded")


@require_safe
@staff
def document_page(request: HttpRequest, actor: User, pk: int, number: int) -> HttpResponse:
    """Send one page exactly as the PDF has it, as a picture."""
    document = selectors.get_document(actor, pk)
    if document.uploaded:
        raise Http404
    pages = render_preview_png(assembling.shown(document))
    if not 1 <= number <= len(pages):
        raise Http404
    response = HttpResponse(pages[number - 1], content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response
