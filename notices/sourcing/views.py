"""The sentences of fact of a document, and what each rests on."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from audit.errors import Invalid, Refusal
from documents.model import Support
from notices import selectors
from notices.models import Document, DocumentStatus
from notices.services.reading import record_look
from notices.sourcing import services
from notices.sourcing.downloads import working_copy_answer
from notices.sourcing.forms import SourceForm, name_of
from notices.sourcing.sentences import Sentence, sentences_of
from notices.views.base import show_refusal, staff


def _may_change(actor: User, document: Document) -> bool:
    draft = document.status == DocumentStatus.DRAFT and not document.uploaded
    return draft and selectors.may_work(actor, document.matter)


@require_safe
@staff
def document_sources(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Show the sentences of fact of a document with what each rests on."""
    document = selectors.get_document(actor, pk)
    record_look(actor=actor, document=document, action="viewed")
    sentences = sentences_of(actor, document)
    values = {
        "document": document,
        "matter": document.matter,
        "sentences": sentences,
        "unsupported": sum(not sentence.stands for sentence in sentences),
        "may_change": _may_change(actor, document),
    }
    return render(request, "notices/sources.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def sentence_sources(
    request: HttpRequest, actor: User, pk: int, content: str, position: int
) -> HttpResponse:
    """Add something a sentence rests on, or take it away."""
    document = selectors.get_document(actor, pk)
    sentence = _sentence(actor, document, content, position)
    form = SourceForm(request.POST or None, actor=actor, document=document)
    status = 200
    if request.method == "POST":
        status = _change(request, actor, document, sentence, form)
        if not status:
            return redirect("sentence_sources", pk=pk, content=content, position=position)
    values = {
        "document": document,
        "matter": document.matter,
        "sentence": sentence,
        "grounds": [(ground, name_of(ground.support)) for ground in sentence.grounds],
        "form": form,
        "may_change": _may_change(actor, document),
    }
    return render(request, "notices/sentence.html", values, status=status)


def _sentence(actor: User, document: Document, content: str, position: int) -> Sentence:
    try:
        return services.sentence_of(actor, document, content, position)
    except Invalid as refusal:
        raise Http404 from refusal


def _change(
    request: HttpRequest, actor: User, document: Document, sentence: Sentence, form: SourceForm
) -> int:
    """Save the choice; return 0, or the status to show the page again with."""
    present = [ground.support for ground in sentence.grounds]
    taken = request.POST.get("remove", "")
    if taken:
        supports: Sequence[Support] = [item for item in present if name_of(item) != taken]
        form.fields["supports"].required = False
    if not form.is_valid():
        return 400
    if not taken:
        supports = [*present, form.chosen]
    try:
        services.set_sources(
            actor=actor,
            document=document,
            content=sentence.content.name,
            position=sentence.position,
            supports=supports,
            version=form.cleaned_data["version"],
        )
    except Refusal as refusal:
        return show_refusal(form, refusal)
    messages.success(request, _("Saved."))
    return 0


@require_safe
@staff
def document_working_copy(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Send a copy with what each sentence rests on in the margin; it is no record."""
    return working_copy_answer(actor, selectors.get_document(actor, pk))
