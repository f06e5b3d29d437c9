"""The audit viewer. Whoever may not read the record is told that there is no such page."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from audit import selectors, services
from audit.access import Actor
from audit.chain import Fault
from audit.errors import Text
from audit.forms import AuditFilterForm
from audit.keyset import capped_count
from audit.matters import Numbers, key_of
from audit.models import AuditEvent
from audit.paging import page_asked_for
from audit.services import WHOLE_LIST
from audit.verify import Report, Verdict
from audit.vocabulary import page_called, word_for

# Such an entry names the page that was asked for, and what that page was to show.
REFUSED_REQUEST = "request.refused"
NO_ROW = "page"


@login_required
@require_safe
def audit_log(request: HttpRequest) -> HttpResponse:
    """Show the entries the reader may see, newest first; the look is itself recorded."""
    actor = _reader(request)
    form = AuditFilterForm(request.GET)
    events = selectors.visible_to(actor)
    if form.is_valid():
        events = selectors.matching(events, form.wanted())
        filters = form.wanted().names_set()
    else:
        events, filters = events.none(), []
    shown = page_asked_for(request, events, order=selectors.NEWEST_FIRST)
    names = selectors.names_of(shown.items)
    services.record_view(actor=actor, filters=filters)
    values = {
        "form": form,
        "page": shown,
        "rows": [_row(event, names) for event in shown.items],
        "count": capped_count(events),
        "filtered": bool(filters) or not form.is_valid(),
        "verification": _verification(actor),
    }
    return render(request, "audit/log.html", values, status=200 if form.is_valid() else 400)


@login_required
@require_safe
def audit_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one entry with its details and digests; the look is itself recorded."""
    actor = _reader(request)
    event = get_object_or_404(selectors.visible_to(actor), pk=pk)
    names = selectors.names_of([event])
    services.record_view(actor=actor, event=event)
    values = {
        "row": _row(event, names),
        "matter": key_of(Numbers(event.case_id, event.lead_id)),
        "details": selectors.details_of(event),
        "mac": bytes(event.mac).hex(),
        "previous": bytes(event.previous).hex(),
        "recorded": bytes(event.canonical).decode("utf-8", "backslashreplace"),
    }
    return render(request, "audit/event.html", values)


@login_required
@require_POST
def audit_verify(request: HttpRequest) -> HttpResponse:
    """Verify the chains of the reader's office and say what was found."""
    report = services.verify_for(actor=_reader(request))
    level = messages.SUCCESS if report.verdict is Verdict.CLEAN else messages.ERROR
    messages.add_message(request, level, _finding(report))
    return redirect("audit_log")


def _reader(request: HttpRequest) -> Actor:
    # Only signed-in members of staff come here (login_required); floor 0 does not know their class.
    actor = cast("Actor", request.user)
    if not selectors.may_read(actor):
        raise Http404
    return actor


def _row(event: AuditEvent, names: dict[int, str]) -> dict[str, Any]:
    return {
        "event": event,
        "who": _who(event.actor_id, names),
        "on_behalf_of": _who(event.on_behalf_of_id, names),
        "action": word_for(event.action),
        "kind": _kind(event),
        "object": _object(event),
        "outcome": word_for(event.outcome),
        "tone": {"success": "ok", "refused": "warn"}.get(event.outcome, "bad"),
    }


def _kind(event: AuditEvent) -> Text:
    if event.action == REFUSED_REQUEST:
        return page_called(event.object_type)
    return word_for(event.object_type)


def _object(event: AuditEvent) -> Text:
    """Return which one it was: its number or key, nothing for a page that names no row."""
    if event.action == REFUSED_REQUEST and event.object_id == NO_ROW:
        return ""
    return word_for(event.object_id) if event.object_id == WHOLE_LIST else event.object_id


def _who(key: int | None, names: dict[int, str]) -> str:
    return "" if key is None else names.get(key, f"#{key}")


def _verification(actor: Actor) -> dict[str, Any] | None:
    if (event := selectors.last_verification(actor)) is None:
        return None
    details = selectors.details_of(event)
    return {"at": event.at, "verdict": details.get("verdict"), "events": details.get("events")}


def _finding(report: Report) -> str:
    """Return what a verification found, in the user's language."""
    if report.fault:
        return _("The record was changed: %(place)s. %(what)s.") % {
            "place": _place(report.fault),
            "what": _(report.fault.what).capitalize(),
        }
    if report.verdict is Verdict.UNDECIDED:
        return _("It cannot be told whether the record was changed: %(why)s") % {"why": report.why}
    return _("%(events)s entries in %(chains)s chains are as they were written.") % {
        "events": report.events,
        "chains": report.scopes,
    }


def _place(fault: Fault) -> str:
    return _("entry %(number)s of the chain %(chain)s") % {
        "number": fault.sequence,
        "chain": fault.scope,
    }
