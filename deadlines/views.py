"""The pages of this room. The person is always that of the session; not visible is not found."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from audit import clock
from audit.errors import Conflict, Invalid, NotVisible, Refusal
from audit.keyset import capped_count
from audit.paging import page_asked_for
from cases.models import Case, Lead
from cases.selectors.matters import get_matter
from deadlines import lead_report as report
from deadlines import reasons, selectors, services
from deadlines.clock_context import clock_context, matter_acts
from deadlines.explain import notification_text, period_words, rule_title, source_words
from deadlines.forms import (
    CloseForm,
    ConfirmForm,
    ManualDeadlineForm,
    MonthForm,
    NoticeForm,
    ShownNoticeForm,
)
from deadlines.models import RUNNING, Deadline
from deadlines.office_period_pages import own_periods_context
from deadlines.rulebook import rulebooks
from deadlines.services.manual import may_set
from deadlines.services.publishing import may_publish, preview, publish
from deadlines.workplace import panel_context
from deadlines.yearbook import is_shipped, known_notices

Rest = ParamSpec("Rest")


def _staff(
    view: Callable[Concatenate[HttpRequest, User, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Give a view the signed-in person; what that person may not see is not found."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        try:
            return view(request, cast(User, request.user), *args, **kwargs)
        except NotVisible as refusal:
            raise Http404 from refusal

    return guarded


# --- law and calendar -------------------------------------------------------------------------


@require_safe
@_staff
def rulebook(request: HttpRequest, actor: User) -> HttpResponse:
    """Show the periods of law of one version, and apart those the reader's office set itself."""
    book = selectors.rulebook_called(request.GET.get("version", ""))
    rows = [
        (rule, rule_title(rule), period_words(rule.length) if rule.length else "")
        for rule in book.periods.values()
    ]
    values = {"book": book, "rows": rows, "versions": rulebooks().values()}
    values |= own_periods_context(actor)
    return render(request, "deadlines/rulebook.html", values)


@require_safe
@_staff
def calendar_year_list(request: HttpRequest, actor: User) -> HttpResponse:
    """Show the official notices, the latest year first, with days off and make-up days."""
    shown = [(notice, is_shipped(notice)) for notice in known_notices()[::-1]]
    this_year = clock.today().year
    values = {"notices": shown, "may_publish": may_publish(actor), "this_year": this_year}
    return render(request, "deadlines/calendar.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@_staff
def calendar_publish(request: HttpRequest, actor: User) -> HttpResponse:
    """Publish the notice of a year: first what it moves is shown, then it is done as one act."""
    if not may_publish(actor):
        raise NotVisible(_("There is no such page."))
    if request.method != "POST":
        return _publishing(request, NoticeForm())
    if "digest" in request.POST:
        return _published(request, actor, ShownNoticeForm(request.POST))
    form = NoticeForm(request.POST, request.FILES)
    if not form.is_valid():
        return _publishing(request, form, status=400)
    return _shown(request, actor, form)


def _shown(
    request: HttpRequest, actor: User, form: NoticeForm, *, status: int = 200
) -> HttpResponse:
    """Show the days of the notice and the deadlines it moves, or why it cannot be used."""
    try:
        outcome = preview(actor=actor, entry=form.entry())
    except Refusal as refusal:
        _show(form, refusal)
        return _publishing(request, form, status=refusal.status)
    given = form.cleaned_data | {"digest": outcome.digest}
    shown = ShownNoticeForm(initial=given)
    return _publishing(request, shown, status=status, outcome=outcome, given=given)


def _published(request: HttpRequest, actor: User, form: ShownNoticeForm) -> HttpResponse:
    if not form.is_valid():
        return _publishing(request, NoticeForm(), status=400)
    try:
        publish(actor=actor, entry=form.entry(), digest=form.cleaned_data["digest"])
    except Conflict as refusal:
        messages.warning(request, str(refusal.message))
        return _shown(request, actor, form, status=refusal.status)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return _publishing(request, NoticeForm(), status=refusal.status)
    messages.success(request, _("The notice is published. What it moves is moved."))
    return redirect("calendar_year_list")


def _publishing(
    request: HttpRequest, form: NoticeForm, *, status: int = 200, **values: Any
) -> HttpResponse:
    return render(request, "deadlines/publish.html", {"form": form} | values, status=status)


# --- deadlines ---------------------------------------------------------------------------------


@require_safe
@_staff
def lead_report(request: HttpRequest, actor: User) -> HttpResponse:
    """Show what became of the leads of twelve months, and those nothing watches (norm C160)."""
    form = MonthForm(request.GET if "month" in request.GET else {})
    if not form.is_valid():
        return render(request, "deadlines/lead_report.html", {"form": form}, status=400)
    month = form.cleaned_data["month"]
    rows = report.unwatched(actor, month)
    values = {
        "form": MonthForm(initial={"month": month}),
        "months": report.months_until(actor, month),
        "page": page_asked_for(request, rows, order=("received_on", "id")),
        "count": capped_count(rows),
    }
    return render(request, "deadlines/lead_report.html", values)


@require_safe
@_staff
def deadline_detail(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Show one deadline: why this day, and its reminders."""
    deadline = selectors.get_deadline(actor, pk)
    return _detail(request, actor, deadline, CloseForm(matter=deadline.matter))


def _detail(
    request: HttpRequest, actor: User, deadline: Deadline, form: CloseForm, status: int = 200
) -> HttpResponse:
    values = {
        "deadline": deadline,
        "lines": reasons.why(actor, deadline),
        "other_lines": reasons.in_other_language(deadline),
        "start": reasons.start_of(actor, deadline),
        "rollover": reasons.rollover(deadline) if deadline.rule else "",
        "reminders": deadline.reminders.select_related("recipient", "for_whom"),
        "form": form,
        "may_close": deadline.manual
        and deadline.state in RUNNING
        and may_set(actor, deadline.matter),
        "confirm_form": ConfirmForm(),
        **clock_context(deadline, actor),
    }
    return render(request, "deadlines/detail.html", values, status=status)


@require_POST
@_staff
def deadline_close(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Close a deadline set by hand: met, or no longer needed."""
    deadline = selectors.get_deadline(actor, pk)
    form = CloseForm(request.POST, request.FILES, matter=deadline.matter)
    if not form.is_valid():
        return _detail(request, actor, deadline, form, status=400)
    given = form.cleaned_data
    try:
        if request.POST.get("outcome") == "met":
            services.complete_manual(
                actor=actor,
                deadline=deadline,
                note=given["note"],
                files=given["paper"],
                proof=given["proof"],
            )
        else:
            services.cancel_manual(actor=actor, deadline=deadline, note=given["note"])
    except NotVisible:
        raise
    except Refusal as refusal:
        _show(form, refusal)
        return _detail(request, actor, deadline, form, status=refusal.status)
    messages.success(request, _("The deadline is closed."))
    return redirect("deadline_detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@_staff
def deadline_matter_list(request: HttpRequest, actor: User, key: str) -> HttpResponse:
    """Show the deadlines of one lead or case and set one by hand."""
    matter = get_matter(actor, key)
    form = ManualDeadlineForm(
        request.POST if request.method == "POST" else None, members=selectors.members_of(matter)
    )
    status = 200
    if form.is_bound:
        status = 400
        if form.is_valid():
            status = _set(request, actor, matter, form)
            if status == 200:
                return redirect("deadline_matter_list", key=key)
    values = panel_context(matter, actor) | {"form": form}
    values["matter_acts"] = matter_acts(matter, actor)
    return render(request, "deadlines/matter.html", values, status=status)


def _set(request: HttpRequest, actor: User, matter: Lead | Case, form: ManualDeadlineForm) -> int:
    """Set the deadline; returns the status to answer with, the refusal shown in the form."""
    try:
        services.set_manual(actor=actor, matter=matter, **form.cleaned_data)
    except NotVisible:
        raise
    except Refusal as refusal:
        _show(form, refusal)
        return refusal.status
    messages.success(request, _("The deadline is set."))
    return 200


def _show(form: Any, refusal: Refusal) -> None:
    """Put the sentences of a refusal at its fields or above the form."""
    errors = refusal.errors if isinstance(refusal, Invalid) else {}
    for name, sentences_of_field in errors.items():
        for sentence in sentences_of_field:
            form.add_error(name if name in form.fields else None, str(sentence))
    if not errors:
        form.add_error(None, str(refusal.message))


# --- notifications -----------------------------------------------------------------------------


@require_safe
@_staff
def notification_list(request: HttpRequest, actor: User) -> HttpResponse:
    """Show what the actor was told, newest first."""
    shown = page_asked_for(request, selectors.notifications_of(actor), order=("-id",))
    rows = [(row, notification_text(row), source_words(row.deadline)) for row in shown.items]
    values = {"page": shown, "rows": rows, "unread": selectors.unread_count(actor)}
    return render(request, "deadlines/notifications.html", values)


@require_POST
@_staff
def notification_read(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Mark one notification as read."""
    services.mark_read(actor=actor, pk=pk)
    return redirect("notification_list")


@require_POST
@_staff
def notification_read_all(request: HttpRequest, actor: User) -> HttpResponse:
    """Mark all notifications as read."""
    services.mark_all_read(actor=actor)
    return redirect("notification_list")
