"""The pages of batches: the list, trying and starting one, how far it is, and its documents."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from audit.errors import Refusal
from cases.models import Case
from notices.batch import downloads, selectors, services
from notices.batch.checking import trial
from notices.batch.forms import TEXT, BatchForm, BeginForm, cases_of_form
from notices.batch.planning import Plan, addressee_of
from notices.catalogue import TYPES
from notices.views.base import rows_page, show_refusal, staff


@require_safe
@staff
def batch_list(request: HttpRequest, actor: User) -> HttpResponse:
    """Show the batches of the reader, the newest first."""
    page = rows_page(request, selectors.batches_of(actor), ("-id",))
    rows = [(batch, selectors.progress_of(batch)) for batch in page.items]
    return render(request, "notices/batch/list.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def batch_create(request: HttpRequest, actor: User) -> HttpResponseBase:
    """Ask for type, cases and texts; try them row by row, and start the batch."""
    cases = cases_of_form(actor)
    begin = BeginForm(request.GET or None, cases=cases)
    if not begin.is_valid():
        values = {"form": begin, "cases": cases}
        return render(
            request, "notices/batch/begin.html", values, status=400 if request.GET else 200
        )
    kind = TYPES[begin.cleaned_data["code"]]
    only = next((case for case in cases if case.key == begin.cleaned_data["case"]), None)
    if only and addressee_of(kind) is None:
        begin.add_error("case", _("“%(title)s” names no addressee.") % {"title": kind.title})
        values = {"form": begin, "cases": cases}
        return render(request, "notices/batch/begin.html", values, status=400)
    form = BatchForm(request.POST or None, kind=kind, cases=cases, only=only)
    return _tried_or_started(request, actor, form, only)


def _tried_or_started(
    request: HttpRequest, actor: User, form: BatchForm, only: Case | None
) -> HttpResponseBase:
    values: dict[str, Any] = {"form": form, "kind": form.kind, "matter": only}
    status = 200
    if request.method == "POST":
        status, plan = _planned(form)
        if plan is not None and "start" in request.POST:
            batch = services.start_batch(actor=actor, plan=plan, token=form.cleaned_data["token"])
            messages.success(request, _("The batch has begun. Its documents appear one by one."))
            return redirect(batch)
        if plan is not None:
            rows = trial(actor, plan)
            values |= {"rows": rows, "refused": sum(bool(row.refusal) for row in rows)}
    return render(request, "notices/batch/create.html", values, status=status)


def _planned(form: BatchForm) -> tuple[int, Plan | None]:
    """Return the plan of what was typed, or the status to show the form again with."""
    if not form.is_valid():
        return 400, None
    try:
        return 200, form.plan()
    except Refusal as refusal:
        return show_refusal(_WithTexts(form), refusal), None


class _WithTexts:
    """A form at which the sentences of a content stand at the field it is typed in."""

    def __init__(self, form: BatchForm) -> None:
        self.form, self.fields = form, {name.removeprefix(TEXT) for name in form.fields}

    def add_error(self, name: str | None, sentence: str) -> None:
        """Put a sentence at a field, or above the form."""
        known = self.form.fields
        at = next((field for field in (name, f"{TEXT}{name}") if field in known), None)
        self.form.add_error(at, sentence)


@require_safe
@staff
def batch_detail(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Show how far a batch is, its documents, and what was refused; asked by script, without the frame."""
    batch = selectors.get_batch(actor, pk)
    values = {"batch": batch, "progress": selectors.progress_of(batch)}
    page = rows_page(request, selectors.items_of(actor, batch), ("position", "id"))
    values |= {"page": page}
    part = request.headers.get("HX-Request") == "true"
    name = "notices/batch/_state.html" if part else "notices/batch/detail.html"
    return render(request, name, values)


@require_POST
@staff
def batch_again(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Let what was refused be tried once more."""
    batch = selectors.get_batch(actor, pk)
    services.try_again(actor=actor, batch=batch)
    messages.success(request, _("What was refused is tried again."))
    return redirect(batch)


@require_POST
@staff
def batch_settle(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Leave a batch at what was made."""
    batch = selectors.get_batch(actor, pk)
    services.settle(actor=actor, batch=batch)
    messages.success(request, _("The batch is left at what was made."))
    return redirect(batch)


@require_safe
@staff
def batch_merged(request: HttpRequest, actor: User, pk: int) -> HttpResponseBase:
    """Send the documents of a batch as one PDF with running page numbers; it is no record."""
    return downloads.merged_answer(actor, selectors.get_batch(actor, pk))


@require_safe
@staff
def batch_zip(request: HttpRequest, actor: User, pk: int) -> HttpResponseBase:
    """Send the documents of a batch as a zip with a PDF each."""
    return downloads.zip_answer(actor, selectors.get_batch(actor, pk))
