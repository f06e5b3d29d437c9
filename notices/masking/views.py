"""The page on which a document for the public is masked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from audit.errors import Refusal
from notices import selectors
from notices.masking import services
from notices.masking.exposed import exposed, is_public
from notices.masking.forms import MaskForm
from notices.masking.patterns import KINDS, LOOKED_FOR
from notices.models import Document, DocumentStatus
from notices.views.base import show_refusal, staff
from notices.whole_text import CONTENT


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def document_masking(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Show what names a person and what was masked; mask it."""
    document = selectors.get_document(actor, pk)
    if not is_public(document):
        raise Http404
    form = MaskForm(request.POST or None, document=document)
    status = 200
    if request.method == "POST":
        status = _mask(actor, document, form)
        if not status:
            messages.success(
                request, _("Masked. Read the text once more: names that were not typed stay.")
            )
            return redirect("document_masking", pk=pk)
    draft = document.status == DocumentStatus.DRAFT
    values = {
        "document": document,
        "matter": document.matter,
        "form": form,
        "exposed": exposed(document),
        "masked": _listed(document),
        "looked_for": LOOKED_FOR,
        "may_change": draft and selectors.may_work(actor, document.matter),
    }
    return render(request, "notices/masking.html", values, status=status)


def _mask(actor: User, document: Document, form: MaskForm) -> int:
    """Mask; return 0, or the status to show the page again with."""
    if not form.is_valid():
        return 400
    try:
        services.mask_document(
            actor=actor,
            document=document,
            version=form.cleaned_data["version"],
            names=form.cleaned_data["names"].splitlines(),
        )
    except Refusal as refusal:
        return show_refusal(form, refusal)
    return 0


def _listed(document: Document) -> list[tuple[str, str, str]]:
    """Return what was masked, in words."""
    labels = {item.name: item.label for item in (*document.type.contents, CONTENT)}
    return [
        (labels[name], str(KINDS[kind]), shown)
        for name, kind, shown in services.masked_in(document)
    ]
