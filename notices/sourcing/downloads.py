"""The copy for the desk as a file, for pages and programs."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.models import User
from documents.download import made_file
from documents.typst_renderer import render_preview_pdf
from notices.models import Document
from notices.services.reading import record_look
from notices.sourcing.working_copy import working_copy
from notices.views.files import file_name, require_composed


def working_copy_answer(actor: User, document: Document) -> HttpResponse:
    """Return a copy with what each sentence rests on in its margin and record the look; it is no record.

    Raises:
        Invalid: the document is an upload.
    """
    require_composed(document)
    content = render_preview_pdf(working_copy(actor, document), with_supports=True)
    record_look(actor=actor, document=document, action="working_copy")
    return made_file(content, name=file_name(document, _(" with sources.pdf")))
