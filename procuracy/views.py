"""The pages of no room: home, help, style guide, and what is shown when something is wrong."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from audit import clock, context
from cases.services.leads import may_register
from deadlines.calendar import Rest
from deadlines.yearbook import calendar
from procuracy import dates, glossary, navigation, problems, styleguide_samples
from procuracy.context_processors import THEME_COOKIE, THEMES
from procuracy.inbox import inbox
from procuracy.search import MOST, SearchForm, numbered, search

THEME_COOKIE_SECONDS = 365 * 24 * 3600


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person (`procuracy.inbox`)."""
    assert isinstance(request.user, User)  # login_required
    chosen = inbox(request.user, request.GET.get("group", ""), request.GET.get("span", ""))
    today, working = clock.today(), calendar()
    page = {
        "inbox": chosen,
        "today": today,
        "rest": _named(working.rest(today)),
        "settled": working.is_settled(today),
        "may_register": may_register(request.user),
    }
    return render(request, "procuracy/home.html", page)


def _named(rest: Rest | None) -> str:
    """Return what a day off is called, empty for a working day."""
    if rest is None:
        return ""
    return rest.name if dates.chinese() else rest.name_en


@require_safe
@login_required
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what the person may see that holds the words of the address; open what bears just this number.

    The address may name the groups to look in.
    """
    assert isinstance(request.user, User)  # login_required
    form = SearchForm(request.GET)
    form.is_valid()
    words, groups = form.words, form.groups
    if one := numbered(request.user, words, groups):
        return redirect(one.link)
    page = {
        "form": form,
        "words": words,
        "narrowed": bool(groups),
        "groups": search(request.user, words, groups) if words else [],
        "most": MOST,
    }
    return render(request, "procuracy/search.html", page, status=400 if form.errors else 200)


@require_safe
@login_required
def help_page(request: HttpRequest) -> HttpResponse:
    """Show the keys and the glossary."""
    keys = [
        (entry.hotkey, entry.title)
        for group in navigation.GROUPS
        for entry in group.entries
        if entry.hotkey and navigation.address(entry.page)
    ]
    return render(request, "procuracy/help.html", {"keys": keys, "terms": glossary.TERMS})


@require_safe
@login_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component, for those who build pages and for the tests."""
    return render(request, "procuracy/styleguide.html", styleguide_samples.context())


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice of light or dark colours in this browser."""
    response = HttpResponseRedirect(_local(request, request.POST.get("next", "")))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            THEME_COOKIE,
            theme,
            max_age=THEME_COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=settings.SECURE_COOKIES,
        )
    return response


def _local(request: HttpRequest, address: str) -> str:
    """Return `address` when it lies in this house, else the home page."""
    allowed = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if allowed else "/"


def way_back(request: HttpRequest) -> str:
    """Return the page the person came from, when it is one of ours, else the home page."""
    address = request.headers.get("Referer", "")
    if _local(request, address) != address:
        return "/"
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


# --- when something is wrong --------------------------------------------------------------------


def _error(request: HttpRequest, status: int, code: str, title: str, text: str) -> HttpResponse:
    if problems.is_api(request):
        return problems.plain_response(status, code, title)
    # A request with a forged host name ends here too: nothing below may ask for that name.
    page = {"title": title, "text": text}
    return render(request, "errors/error.html", page, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(
        request,
        400,
        "bad_request",
        _("The request cannot be understood"),
        _("Open the page again from the navigation. If it happens again, tell your administrator."),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(
        request,
        403,
        "permission_denied",
        _("You are not permitted to do this"),
        _("Roles are granted by the security administrator of your office."),
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer alike for what does not exist and for what the person may not see."""
    return _error(
        request,
        404,
        "not_found",
        _("There is no such page, or you may not see it"),
        _(
            "Check the address. A case is seen by its team and by those who decide in it; "
            "whoever needs access asks the lead handler or the department head."
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something of ours failed; asks neither the session nor the database."""
    title = _("Something went wrong on our side")
    if problems.is_api(request):
        return problems.plain_response(500, "server_error", title)
    page = render_to_string("errors/500.html", {"reference": context.current().request_id})
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was not made by us for this person, mostly one left open too long."""
    return _error(
        request,
        403,
        "csrf_failed",
        _("This form is too old"),
        _("Go back, load the page again and send the form once more. Nothing was changed."),
    )
