"""Calendar feeds: the address outside the house, the page of one's own feeds, and single files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.views.base import ActView, StaffView
from audit.errors import NotVisible
from cases.selectors.matters import get_case, get_matter
from deadlines import feeds, selectors
from deadlines.calendar_file import CONTENT_TYPE
from deadlines.feed_address import address_of
from deadlines.feed_forms import FeedForm
from deadlines.models import FeedScope
from deadlines.services.feeds import (
    MOST_FEEDS,
    Fetched,
    TooOften,
    fetch_feed,
    file_of,
    make_feed,
    revoke_feed,
)

_HEADERS = {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer"}


@require_safe
def calendar_feed(request: HttpRequest, digest: str) -> HttpResponse:
    """Answer a calendar program: no session, no cookie; whatever gives nothing is the same 404."""
    try:
        fetched = fetch_feed(digest)
    except TooOften as refusal:
        return _plain(str(refusal.message), refusal.status, {"Retry-After": str(refusal.wait)})
    if fetched is None:
        return _plain(_("There is no such calendar."), NotVisible.status)
    return _conditional(request, fetched)


def _plain(text: str, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    everything = _HEADERS | (headers or {})
    return HttpResponse(text, "text/plain; charset=utf-8", status=status, headers=everything)


def _conditional(request: HttpRequest, fetched: Fetched) -> HttpResponse:
    """Return the calendar, or 304 when the program has it already (RFC 9110, 13)."""
    changed = int(fetched.changed_at.timestamp())
    tag = f'"{fetched.digest}"'
    answer = _file(fetched.content, "procuracy.ics", inline=True)
    for name, value in (_HEADERS | {"ETag": tag, "Last-Modified": http_date(changed)}).items():
        answer[name] = value
    conditional = get_conditional_response(request, tag, changed, answer)
    assert conditional is not None  # a response was given
    conditional["Referrer-Policy"] = _HEADERS["Referrer-Policy"]  # Django leaves it out of a 304
    return conditional


def _file(content: bytes, name: str, *, inline: bool = False) -> HttpResponse:
    kind = "inline" if inline else "attachment"
    disposition = {"Content-Disposition": f'{kind}; filename="{name}"'}
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=disposition)


# --- single files, with the session -----------------------------------------------------------------


class DeadlineFile(StaffView):
    """One deadline as a calendar file; a closed one cancels what was imported before."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = selectors.get_deadline(self.actor, pk)
        content = file_of([row], reader=self.actor, name=row.matter.key)
        return _file(content, f"deadline-{row.pk}.ics")


class MatterFile(StaffView):
    """The deadlines of a matter as a calendar file, the closed ones as cancelled."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        matter = get_matter(self.actor, key)
        name = _("Deadlines of %(key)s") % {"key": matter.key}
        content = file_of(feeds.entries_of_matter(self.actor, matter), reader=self.actor, name=name)
        return _file(content, f"{matter.key}.ics")


# --- one's own feeds ---------------------------------------------------------------------------------


@method_decorator(never_cache, name="dispatch")
class FeedList(ActView):
    """The feeds of the actor, and making a new one; its address is shown this once."""

    template_name = "deadlines/feeds.html"
    form_class = FeedForm

    def get_initial(self) -> dict[str, Any]:
        """Return what the page of a case has asked for."""
        key = self.request.GET.get("case", "")
        return {"scope": FeedScope.CASE, "case": key} if key else {}

    def act(self, form: BaseForm) -> HttpResponse:
        key, scope = form.cleaned_data["case"], form.cleaned_data["scope"]
        case = get_case(self.actor, key) if key else None
        feed, token = make_feed(actor=self.actor, scope=scope, case=case)
        values = {"title": feeds.title_of(feed), "address": address_of(token)}
        return render(self.request, "deadlines/feed_made.html", values)

    def back(self) -> str:
        return reverse("feed_list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = [(feed, feeds.title_of(feed)) for feed in feeds.feeds_of(self.actor)]
        return super().get_context_data(feeds=shown, most=MOST_FEEDS, **kwargs)


class FeedRevoke(StaffView):
    """Revoking a feed of the actor's."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        revoke_feed(actor=self.actor, pk=pk)
        messages.success(request, _("The feed is revoked. Its address answers nobody any more."))
        return redirect("feed_list")
