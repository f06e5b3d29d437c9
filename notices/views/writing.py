"""The page on which the whole text of a draft is written freely, or read from an edited copy."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from audit.errors import Refusal
from documents.plain_text import written
from notices import assembling, selectors
from notices.forms import CopyForm, TextForm
from notices.models import Document
from notices.services import writing
from notices.services.common import require_status, require_worker
from notices.views.base import show_refusal, staff
from notices.whole_text import WHOLE_TEXT, paragraph_differences


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def document_text(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Write the whole text; an edited copy is read into the page first, with what it changes."""
    document = selectors.get_document(actor, pk)
    require_worker(actor, document.matter)
    require_status(document, "draft", "in_review")
    base = written(writing.base_of(document).blocks)
    if request.method == "POST" and "read" in request.POST:
        return _read(request, document, base)
    form = TextForm(request.POST or None, document=document, text=writing.text_now(document))
    if request.method != "POST":
        return _page(request, document, base, form)
    status = _write(actor, document, form, back="contents" in request.POST)
    if status:
        return _page(request, document, base, form, status=status)
    messages.success(request, _("Saved."))
    return redirect("document_text", pk=pk)


def _write(actor: User, document: Document, form: TextForm, *, back: bool) -> int:
    """Save the text, or return to the contents; return 0, or the status to show the page again with."""
    if not form.is_valid():
        return 400
    try:
        writing.write_text(
            actor=actor,
            document=document,
            text="" if back else form.cleaned_data["text"],
            version=form.cleaned_data["version"],
        )
    except Refusal as refusal:
        return show_refusal(form, refusal)
    return 0


def _read(request: HttpRequest, document: Document, base: str) -> HttpResponse:
    """Show the text of an edited copy beside what the document says; nothing is saved yet."""
    copy = CopyForm(request.POST, request.FILES)
    before = writing.text_now(document)
    form = TextForm(document=document, text=before)
    if not copy.is_valid():
        return _page(request, document, base, form, copy=copy, status=400)
    try:
        text = writing.read_copy(document, copy.cleaned_data["file"])
    except Refusal as refusal:
        return _page(request, document, base, form, copy=copy, status=show_refusal(copy, refusal))
    form = TextForm(document=document, text=text)
    return _page(request, document, before, form, read=True)


def _page(
    request: HttpRequest,
    document: Document,
    before: str,
    form: TextForm,
    *,
    copy: CopyForm | None = None,
    read: bool = False,
    status: int = 200,
) -> HttpResponse:
    text = str(form["text"].value() or "")
    values: dict[str, Any] = {
        "document": document,
        "matter": document.matter,
        "form": form,
        "copy": copy or CopyForm(),
        "read": read,
        "free": WHOLE_TEXT in document.content,
        "unprintable": [
            bad.sentence for bad in assembling.bad_characters(document.type, {WHOLE_TEXT: text})
        ],
        "differences": paragraph_differences(before, text.replace("\r\n", "\n")),
    }
    return render(request, "notices/text.html", values, status=status)
