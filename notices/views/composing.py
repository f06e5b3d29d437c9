"""Beginning a document and filling it in, with its sheet beside."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from audit.errors import Invalid, Refusal
from cases.selectors.matters import get_matter
from cases.selectors.words import case_says, lead_says
from cases.views.matter_frame import presence
from documents import glyphs
from documents.errors import MissingGlyphs
from documents.printed import render_sheet
from documents.typst_renderer import render_preview_png
from notices import assembling, selectors, services
from notices.forms import ComposeForm, MatterSearchForm
from notices.masking.exposed import unmasked
from notices.models import Document, DocumentStatus
from notices.picker import groups_for
from notices.services.common import require_status
from notices.services.drafting import clean_values
from notices.sourcing.sentences import unsupported
from notices.views.base import show_refusal, staff
from notices.whole_text import WHOLE_TEXT

# Of leads and of cases; who looks for another one names it.
MOST_MATTERS = 25


@require_safe
@staff
def document_begin(request: HttpRequest, actor: User) -> HttpResponse:
    """Ask for which lead or case a document is to be made: there is none without one."""
    form = MatterSearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    cases, leads = selectors.cases_worked_on(actor), selectors.leads_worked_on(actor)
    if words:
        cases, leads = cases.filter(case_says(words)), leads.filter(lead_says(words))
    newest = (list(cases[:MOST_MATTERS]), list(leads[:MOST_MATTERS]))
    values = {
        "form": form,
        "rows": [row for rows in newest for row in rows],
        "words": words,
        "most": MOST_MATTERS,
        "cut": any(len(rows) == MOST_MATTERS for rows in newest),
    }
    return render(request, "notices/begin.html", values, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def document_create(request: HttpRequest, actor: User, key: str) -> HttpResponse:
    """Offer the documents that are made here for this matter, and begin one."""
    matter = get_matter(actor, key)
    if request.method == "POST":
        code = request.POST.get("code", "")
        document = services.draft_document(actor=actor, matter=matter, code=code)
        messages.success(request, _("The draft is filled from the record. Complete it."))
        return redirect("document_edit", pk=document.pk)
    values = {
        "matter": matter,
        "groups": groups_for(matter),
        "chosen": request.GET.get("code", ""),
        "may_work": selectors.may_work(actor, matter),
    }
    return render(request, "notices/create.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def document_edit(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Fill in the contents of a draft."""
    document = selectors.get_document(actor, pk)
    if request.method != "POST":
        require_status(document, DocumentStatus.DRAFT, DocumentStatus.IN_REVIEW)
        return composer(request, actor, document, ComposeForm(document=document))
    form = ComposeForm(request.POST, document=document)
    if not form.is_valid():
        return composer(request, actor, document, form, status=400)
    try:
        services.edit_document(
            actor=actor,
            document=document,
            values=form.values(),
            version=form.cleaned_data["version"],
        )
        if "finalise" in request.POST:
            document.refresh_from_db()
            services.finalise_document(actor=actor, document=document)
    except Refusal as refusal:
        status = show_refusal(form, refusal)
        return composer(request, actor, document, _renewed(form, document), status=status)
    messages.success(request, _("Saved."))
    return redirect("document_detail" if "finalise" in request.POST else "document_edit", pk=pk)


def _renewed(form: ComposeForm, document: Document) -> ComposeForm:
    """Carry the version that was saved before the refusal, so that saving again is no conflict."""
    document.refresh_from_db()
    typed: Any = form.data
    renewed = typed.copy()
    renewed["version"] = str(document.version)
    form.data = renewed
    return form


def composer(
    request: HttpRequest,
    actor: User,
    document: Document,
    form: ComposeForm,
    *,
    status: int = 200,
    values: dict[str, str] | None = None,
) -> HttpResponse:
    """Show the form of a draft with its sheet; `values` are typed and not saved."""
    may_work = selectors.may_work(actor, document.matter)
    now = document.values if values is None else document.values | values
    page: dict[str, Any] = {
        "document": document,
        "kind": document.type,
        "matter": document.matter,
        "form": form,
        "unsupported": unsupported(actor, document),
        "exposed": unmasked(document),
        "free": WHOLE_TEXT in document.content,
        "given": [(item, now.get(item.name, "")) for item in document.type.contents if item.fixed],
        "may_work": may_work,
        **_typed(document, now),
        **(_presence(actor, document) if may_work else {}),
    }
    return render(request, "notices/compose.html", page, status=status)


def _presence(actor: User, document: Document) -> dict[str, Any]:
    """Note that `actor` has the composer open; say who else has, a hint, never a lock."""
    return presence(
        actor=actor,
        matter=document.matter,
        section=f"document-{document.pk}",
        address=reverse("document_presence", args=[document.pk]),
    )


@require_POST
@staff
def document_presence(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Note that the actor still has the composer open; answers who else has."""
    document = selectors.get_document(actor, pk)
    if not selectors.may_work(actor, document.matter):
        raise Http404
    return render(request, "cases/_presence.html", _presence(actor, document))


def _typed(document: Document, values: dict[str, str]) -> dict[str, Any]:
    """Return what follows from the present values: the sheet, and what is wrong with it or missing."""
    return {
        "missing": assembling.missing_contents(document, values),
        "sheet": render_sheet(assembling.shown(document, values)),
        "unprintable": [item.sentence for item in assembling.bad_characters(document.type, values)],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def document_preview(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Show typed contents as a sheet without saving them; asked by GET, the exact pages."""
    document = selectors.get_document(actor, pk)
    if document.uploaded:
        raise Invalid(_("This document is an upload. Download it."), code="uploaded")
    if request.method != "POST":
        return _exact(request, document)
    form = ComposeForm(request.POST, document=document)
    typed = form.values() if form.is_valid() else {}
    try:
        typed = clean_values(document.type, typed)
    except Invalid as refusal:
        show_refusal(form, refusal)
        typed = {}
    if request.headers.get("HX-Request") == "true":
        values = document.values | typed
        return render(request, "notices/_typed.html", _typed(document, values))
    return composer(request, actor, document, form, values=typed)


def _exact(request: HttpRequest, document: Document) -> HttpResponse:
    composed = assembling.shown(document)
    values = {
        "document": document,
        "matter": document.matter,
        "unprintable": [bad.sentence for bad in glyphs.missing(composed)],
        "pages": range(1, _count(composed) + 1),
    }
    return render(request, "notices/preview.html", values)


def _count(composed: Any) -> int:
    try:
        return len(render_preview_png(composed))
    except MissingGlyphs:
        return 0


@require_POST
@staff
def document_finalise(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Make a draft final."""
    document = selectors.get_document(actor, pk)
    services.finalise_document(actor=actor, document=document)
    messages.success(request, _("The document is final."))
    return redirect("document_detail", pk=pk)


@require_POST
@staff
def document_reopen(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Make a final document a draft again."""
    document = selectors.get_document(actor, pk)
    services.reopen_document(actor=actor, document=document)
    messages.success(request, _("The document is a draft again."))
    return redirect("document_edit", pk=pk)
