"""Lists of documents, the single document, the catalogue of types."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from audit import clock
from cases.selectors.matters import get_matter
from cases.selectors.people import is_handler
from documents.printed import render_sheet
from notices import assembling, selectors
from notices.catalogue import GROUPS, Numbering
from notices.cautions import cautions_of
from notices.forms import DocumentFilterForm
from notices.masking.exposed import unmasked
from notices.models import Document, DocumentStatus
from notices.services.approving import approval_of, differs_from_decision, waiting_proposal
from notices.services.reading import record_look
from notices.serving import selectors as serving
from notices.serving.rules import AT_AN_ADDRESS
from notices.serving.services import may_be_served
from notices.sourcing.sentences import unsupported
from notices.views.base import rows_page, staff


@require_safe
@staff
def document_list(request: HttpRequest, actor: User, key: str = "") -> HttpResponse:
    """Show the documents of one lead or case, or of all the actor sees, the newest first."""
    rows = selectors.documents_visible_to(actor)
    values: dict[str, Any] = {"matter": None}
    if key:
        matter = get_matter(actor, key)
        rows = rows.filter(pk__in=selectors.documents_of(matter).values("pk"))
        values = {"matter": matter, "may_work": selectors.may_work(actor, matter)}
    form = DocumentFilterForm(request.GET)
    rows = selectors.filtered(rows, form.cleaned_data) if form.is_valid() else rows.none()
    values |= {"form": form, "page": rows_page(request, rows, ("-id",))}
    return render(request, "notices/list.html", values, status=200 if form.is_valid() else 400)


@require_safe
@staff
def document_detail(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Show one document: its sheet, its facts, and what can be done with it."""
    document = selectors.get_document(actor, pk)
    record_look(actor=actor, document=document, action="viewed")
    values = facts(actor, document)
    if not document.uploaded:
        values["sheet"] = render_sheet(assembling.shown(document))
    return render(request, "notices/detail.html", values)


def facts(actor: User, document: Document) -> dict[str, Any]:
    """Return what the page of a document shows beside its sheet."""
    may_work = selectors.may_work(actor, document.matter)
    draft = document.status == DocumentStatus.DRAFT
    final = document.status == DocumentStatus.FINAL
    issued = document.status == DocumentStatus.ISSUED
    approval = approval_of(document)
    kind = document.type
    services = list(serving.services_of_document(document))
    proposable = may_work and kind.issued and approval is None and (draft or final)
    handles = is_handler(document.matter, actor)
    corrections = list(document.corrections.all())
    on_the_way = any(row.ended is None or row.is_served for row in services)
    return {
        "document": document,
        "kind": kind,
        "matter": document.matter,
        "approval": approval,
        "differs": approval is None and kind.issued and differs_from_decision(document),
        "missing": assembling.missing_contents(document) if draft else [],
        "unsupported": [] if document.uploaded else unsupported(actor, document),
        "exposed": unmasked(document),
        "cautions": cautions_of(document, clock.today()),
        "may_edit": may_work and draft and not document.uploaded,
        "may_reopen": may_work and final and approval is None,
        "may_submit": proposable and handles,
        "handler_proposes": proposable and not handles,
        "proposal": waiting_proposal(document),
        "may_issue": may_work and kind.issued and approval is not None and (draft or final),
        "may_correct": may_work
        and not document.uploaded
        and all(row.status == DocumentStatus.VOID for row in corrections)
        and (issued or (final and approval is not None)),
        "may_void": (draft and may_work)
        or ((final or issued) and not on_the_way and selectors.may_void(actor, document)),
        "may_serve": may_work and may_be_served(document),
        "services": services,
        "letters": may_work
        and any(row.ended is None and row.method in AT_AN_ADDRESS for row in services),
        "certified": any(row.is_served for row in services),
        "versions": corrections,
        "has_pdf": bool(document.sha256),
    }


@require_safe
@staff
def document_type_list(request: HttpRequest, actor: User) -> HttpResponse:
    """Show every document type of the law with its article, approval and number."""
    kinds = [
        (kind, [content for content in kind.contents if content.required])
        for group in GROUPS
        for kind in group.TYPES
    ]
    return render(request, "notices/types.html", {"kinds": kinds, "word": Numbering.WORD})
