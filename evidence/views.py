"""The pages of evidence. The person is always that of the session; not visible is not found."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.views.base import show_refusal
from audit.errors import Invalid, NotVisible, Refusal
from audit.keyset import capped_count, page
from cases.models import Case
from cases.selectors.matters import get_case
from cases.views.case_frame import frame_of
from documents.download import attachment
from documents.store import Integrity
from evidence import selectors, services
from evidence.facts import GROUPS
from evidence.forms import ExhibitFilterForm, ExhibitForm, FactForm, ReasonForm, RemovalForm
from evidence.models import Exhibit
from evidence.services.checks import may_write, require_may_write

Rest = ParamSpec("Rest")
SIZE = 50
READ_AND_WRITE = ["GET", "HEAD", "POST"]


def _staff(
    view: Callable[Concatenate[HttpRequest, User, Rest], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    """Give a view the signed-in person; what that person may not see is not found."""

    @login_required
    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        try:
            return view(request, cast(User, request.user), *args, **kwargs)
        except NotVisible as refusal:
            raise Http404 from refusal

    return guarded


# --- exhibits ------------------------------------------------------------------------------------


def _frame(actor: User, case: Case) -> dict[str, Any]:
    """Return what every page inside the frame of the case shows around its own part."""
    return frame_of(actor, case, "exhibit_list") | {"may_write": may_write(actor, case)}


def _page(request: HttpRequest, exhibits: QuerySet[Exhibit], order: str) -> dict[str, Any]:
    """Return the page of a list the address asks for; an unknown cursor is not found."""
    try:
        shown = page(exhibits, order=(order,), after=request.GET.get("after") or None, size=SIZE)
    except Invalid as refusal:
        raise Http404 from refusal
    return {"page": shown, "total": capped_count(exhibits)}


def _of_case(request: HttpRequest, actor: User, key: str) -> dict[str, Any]:
    """Return what list and matrix both show: one page of the exhibits of a case."""
    case = get_case(actor, key)
    return _frame(actor, case) | _page(request, selectors.exhibits_of(actor, case), "number")


@require_safe
@_staff
def exhibit_register(request: HttpRequest, actor: User) -> HttpResponse:
    """Show the exhibits of all cases the person sees, the newest first."""
    form = ExhibitFilterForm(request.GET)
    rows = selectors.register_of_exhibits(actor)
    rows = selectors.filtered(rows, form.cleaned_data) if form.is_valid() else rows.none()
    values = {"form": form, "filtered": any(form.cleaned_data.values()), "groups": GROUPS}
    values |= _page(request, rows, "-id")
    return render(request, "evidence/register.html", values, status=200 if form.is_valid() else 400)


@require_safe
@_staff
def exhibit_list(request: HttpRequest, actor: User, key: str) -> HttpResponse:
    """Show the exhibits of a case in the order of their numbers."""
    return render(request, "evidence/list.html", _of_case(request, actor, key))


@require_safe
@_staff
def exhibit_matrix(request: HttpRequest, actor: User, key: str) -> HttpResponse:
    """Show which exhibit proves something in which of the seven groups of facts."""
    values = _of_case(request, actor, key)
    facts = list(selectors.facts_of(actor, values["case"]))
    values |= {
        "groups": list(GROUPS.values()),
        "rows": selectors.matrix(values["page"].items, facts),
        "stated": selectors.by_group(facts),
    }
    return render(request, "evidence/matrix.html", values)


@require_http_methods(READ_AND_WRITE)
@_staff
def exhibit_create(request: HttpRequest, actor: User, key: str) -> HttpResponse:
    """Add exhibits: files with what is stated of them."""
    case = get_case(actor, key)
    require_may_write(actor, case)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ExhibitForm(*posted, case=case, actor=actor)
    refusal: Refusal | None = None
    if form.is_bound and form.is_valid():
        refusal = _add(request, actor, case, form)
        if refusal is None:
            return redirect("exhibit_list", key=key)
    values = {
        "case": case,
        "form": form,
        "refusal": refusal if refusal and refusal.unmet else None,
        "limit": settings.EVIDENCE_MAX_BYTES,
    }
    return render(request, "evidence/create.html", values, status=_status(form, refusal))


def _add(request: HttpRequest, actor: User, case: Case, form: ExhibitForm) -> Refusal | None:
    """Add the exhibits, or return the refusal, its sentences shown in the form."""
    try:
        added = services.add_exhibits(
            actor=actor, case=case, uploads=form.cleaned_data["uploads"], facts=form.stated()
        )
    except NotVisible:
        raise
    except Refusal as refusal:
        show_refusal(form, refusal)
        return refusal
    labels = ", ".join(exhibit.label for exhibit in added)
    messages.success(request, _("Added: %(labels)s.") % {"labels": labels})
    for exhibit in added:
        _warn_of_twins(request, actor, exhibit)
    return None


def _warn_of_twins(request: HttpRequest, actor: User, exhibit: Exhibit) -> None:
    """Say that the case holds this very file already, under another number."""
    twins = ", ".join(str(twin) for twin in selectors.same_file_before(actor, exhibit))
    if twins:
        sentence = _(
            "The file of %(label)s is already in this case as %(twins)s: the SHA-256 is the same. "
            "Withdraw one of them unless both are meant."
        )
        messages.warning(request, sentence % {"label": exhibit.label, "twins": twins})


def _status(form: Any, refusal: Refusal | None) -> int:
    if refusal is not None:
        return refusal.status
    return 400 if form.is_bound else 200


@require_safe
@_staff
def exhibit_detail(request: HttpRequest, actor: User, key: str, number: int) -> HttpResponse:
    """Show one exhibit, where it comes from and what it proves; the look is recorded."""
    exhibit = selectors.get_exhibit(actor, key, number)
    services.record_look(actor=actor, exhibit=exhibit)
    return _detail(request, actor, exhibit, ReasonForm())


def _detail(
    request: HttpRequest, actor: User, exhibit: Exhibit, form: ReasonForm, status: int = 200
) -> HttpResponse:
    values = _frame(actor, exhibit.case) | {
        "exhibit": exhibit,
        "facts": selectors.facts_of(actor, exhibit.case).filter(exhibit=exhibit),
        "groups": GROUPS,
        "form": form,
    }
    return render(request, "evidence/detail.html", values, status=status)


@require_safe
@_staff
def exhibit_download(request: HttpRequest, actor: User, key: str, number: int) -> HttpResponseBase:
    """Send the file; it arrives whole only when its digest is right."""
    exhibit = selectors.get_exhibit(actor, key, number)
    services.record_download(actor=actor, exhibit=exhibit)
    return attachment(
        sha256=exhibit.sha256,
        name=exhibit.file_name,
        media_type=exhibit.media_type,
        size=exhibit.size,
    )


@require_POST
@_staff
def exhibit_check(request: HttpRequest, actor: User, key: str, number: int) -> HttpResponse:
    """Read the file whole and compare its digest with the recorded one."""
    exhibit = selectors.get_exhibit(actor, key, number)
    found = services.check_exhibit(actor=actor, exhibit=exhibit)
    if found is Integrity.INTACT:
        messages.success(request, _("The file is unchanged: its SHA-256 is the recorded one."))
    elif found is Integrity.MISSING:
        messages.error(request, _("The file is missing. Tell the system administrator at once."))
    else:
        messages.error(request, _("The file was changed. Tell the system administrator at once."))
    return redirect("exhibit_detail", key=key, number=number)


@require_POST
@_staff
def exhibit_withdraw(request: HttpRequest, actor: User, key: str, number: int) -> HttpResponse:
    """Say with a reason that the team no longer relies on an exhibit."""
    exhibit = selectors.get_exhibit(actor, key, number)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _detail(request, actor, exhibit, form, status=400)
    services.withdraw_exhibit(actor=actor, exhibit=exhibit, reason=form.cleaned_data["reason"])
    messages.success(request, _("%(label)s is withdrawn.") % {"label": exhibit.label})
    return redirect("exhibit_detail", key=key, number=number)


# --- the seven groups of facts -------------------------------------------------------------------


@require_http_methods(READ_AND_WRITE)
@_staff
def fact_groups(request: HttpRequest, actor: User, key: str) -> HttpResponse:
    """Show what is stated in each of the seven groups, and state something."""
    case = get_case(actor, key)
    posted = request.POST if request.method == "POST" else None
    initial = {"group": request.GET.get("group", "")}
    form = FactForm(posted, initial=initial, case=case, actor=actor)
    refusal: Refusal | None = None
    if form.is_bound and form.is_valid():
        refusal = _state(request, actor, case, form)
        if refusal is None:
            return redirect("fact_groups", key=key)
    values = _frame(actor, case) | {
        "form": form,
        "stated": selectors.by_group(selectors.facts_of(actor, case)),
    }
    return render(request, "evidence/facts.html", values, status=_status(form, refusal))


def _state(request: HttpRequest, actor: User, case: Case, form: FactForm) -> Refusal | None:
    """State the fact, or return the refusal, its sentences shown in the form."""
    facts = dict(form.cleaned_data)
    facts["exhibits"] = list(facts["exhibits"])
    try:
        services.state_fact(actor=actor, case=case, **facts)
    except NotVisible:
        raise
    except Refusal as refusal:
        show_refusal(form, refusal)
        return refusal
    messages.success(request, _("The fact is stated."))
    return None


@require_http_methods(READ_AND_WRITE)
@_staff
def fact_unlink(request: HttpRequest, actor: User, key: str, pk: int) -> HttpResponse:
    """Ask for the reason, then say that a fact no longer stands."""
    link = selectors.get_fact(actor, key, pk)
    require_may_write(actor, link.case)
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        services.unlink(actor=actor, link=link, reason=form.cleaned_data["reason"])
        messages.success(request, _("The fact no longer stands."))
        return redirect("fact_groups", key=key)
    values = {"case": link.case, "link": link, "form": form, "group": GROUPS[link.group]}
    status = 400 if form.is_bound else 200
    return render(request, "evidence/unlink.html", values, status=status)
