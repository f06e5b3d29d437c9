"""Acts that cannot be taken back, each on a page of its own: issue, void, correct, propose, file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from audit import clock
from audit.errors import Refusal
from cases.selectors.matters import get_matter
from notices import selectors, services
from notices.catalogue import TYPES
from notices.cautions import cautions
from notices.declaration import DocumentType
from notices.forms import CorrectForm, IssueForm, RegisterForm, SubmitForm, VoidForm
from notices.models import Document
from notices.series import every_series, series_for
from notices.services.drafting import fitting_type
from notices.views.base import show_refusal, staff


def _ask(
    request: HttpRequest,
    document: Document,
    form: forms.Form,
    *,
    question: str,
    submit: str,
    consequences: Sequence[str] = (),
    calm: bool = True,
    status: int = 200,
) -> HttpResponse:
    values = {
        "document": document,
        "matter": document.matter,
        "form": form,
        "question": question,
        "submit": submit,
        "consequences": consequences,
        "calm": calm,
        "cancel": document.get_absolute_url(),
    }
    return render(request, "notices/act.html", values, status=status)


def _done(form: forms.Form, act: Callable[[], Any]) -> tuple[int, Any]:
    """Do the act when the form is valid; return the status to show it again with, or 0 and the result."""
    if not form.is_valid():
        return 400, None
    try:
        return 0, act()
    except Refusal as refusal:
        return show_refusal(form, refusal), None


def _day(document: Document) -> date:
    """Return the day the form of issue proposes: that of the decision, else today."""
    content = document.type.day_content
    stated = document.values.get(content.name, "") if content else ""
    decides = content is not None and not content.set_at_issue and stated
    if decides and document.corrects_id is None:
        return date.fromisoformat(stated)
    return clock.today()


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def document_issue(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Issue a document under its number."""
    document = selectors.get_document(actor, pk)
    form = IssueForm(request.POST or None, document=document, day=_day(document))
    status = 200
    if request.method == "POST":
        status, issued = _done(
            form,
            lambda: services.issue_document(
                actor=actor,
                document=document,
                signer=form.cleaned_data["signer"],
                signed_day=form.cleaned_data["signed_day"],
            ),
        )
        if not status:
            messages.success(
                request,
                _("Issued: %(title)s %(number)s")
                % {"title": issued.type.title, "number": issued.number},
            )
            return redirect("document_detail", pk=pk)
    consequences = [_("An issued document never changes; it can only be corrected or voided.")]
    series = series_for(document.office, document.type, document.matter, document.values)
    if series is not None:
        number = series.number(_day(document).year, None)
        consequences.insert(
            0, _("It gets the next number of the series %(number)s.") % {"number": number}
        )
    question = _("Issue “%(title)s”?") % {"title": document.type.title}
    return _ask(
        request,
        document,
        form,
        question=question,
        submit=_("Issue"),
        consequences=consequences,
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def document_void(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Declare a document void."""
    document = selectors.get_document(actor, pk)
    form = VoidForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status, _row = _done(
            form,
            lambda: services.void_document(
                actor=actor, document=document, reason=form.cleaned_data["reason"]
            ),
        )
        if not status:
            messages.success(request, _("The document is void."))
            return redirect("document_detail", pk=pk)
    consequences = [_("A void document stays on the record and never becomes valid again.")]
    if document.number:
        consequences.append(_("The number %(number)s stays taken.") % {"number": document.number})
    return _ask(
        request,
        document,
        form,
        question=_("Declare “%(title)s” void?") % {"title": document.type.title},
        submit=_("Declare void"),
        consequences=consequences,
        calm=False,
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def document_correct(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Begin the corrected version of an issued document."""
    document = selectors.get_document(actor, pk)
    form = CorrectForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status, draft = _done(
            form,
            lambda: services.correct_document(
                actor=actor, document=document, reason=form.cleaned_data["reason"]
            ),
        )
        if not status:
            messages.success(request, _("The corrected version is a draft. Complete it."))
            return redirect("document_edit", pk=draft.pk)
    return _ask(
        request,
        document,
        form,
        question=_("Correct “%(title)s” by a new version?") % {"title": document.type.title},
        submit=_("Begin the corrected version"),
        consequences=[
            _("The present version stays as it is."),
            _("The new version needs its own approval and gets its own number."),
        ],
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def document_submit(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Send a document to the department head and the chief procurator."""
    document = selectors.get_document(actor, pk)
    form = SubmitForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status, proposal = _done(
            form,
            lambda: services.submit_document(
                actor=actor, document=document, reasons=form.cleaned_data["reasons"]
            ),
        )
        if not status:
            messages.success(request, _("The document is proposed."))
            return redirect(proposal.get_absolute_url())
    return _ask(
        request,
        document,
        form,
        question=_("Propose “%(title)s” for approval?") % {"title": document.type.title},
        submit=_("Propose"),
        consequences=[_("While it is being approved it cannot be changed.")],
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def document_register(request: HttpRequest, actor: User, key: str) -> HttpResponse:
    """File a finished document: first its type, then the file with number, day and signer."""
    matter = get_matter(actor, key)
    code = request.GET.get("code", "") or request.POST.get("code", "")
    if not code:
        kinds: list[DocumentType] = [
            kind for kind in TYPES.values() if kind.made_for(matter.machine)
        ]
        return render(request, "notices/register.html", {"matter": matter, "kinds": kinds})
    kind = fitting_type(code, matter)
    form = RegisterForm(request.POST or None, request.FILES or None, kind=kind, matter=matter)
    status = 200
    if request.method == "POST":
        status, document = _done(
            form,
            lambda: services.register_document(
                actor=actor,
                matter=matter,
                filing=form.filing(),
                upload=form.cleaned_data["file"],
            ),
        )
        if not status:
            messages.success(request, _("The document is filed."))
            return redirect("document_detail", pk=document.pk)
    known = every_series(matter.office, kind)
    year = clock.today().year
    values = {
        "matter": matter,
        "kind": kind,
        "form": form,
        "cautions": cautions(matter, kind, clock.today()),
        "pattern": "、".join(series.number(year, None) for series in known),
    }
    return render(request, "notices/register.html", values, status=status)
