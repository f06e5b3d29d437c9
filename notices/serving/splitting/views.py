"""The page on which one document is served on several: who, the split, then all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from audit.errors import NotVisible, Refusal
from notices.models import Document
from notices.selectors import get_document
from notices.services.common import require_worker
from notices.serving import addresses
from notices.serving.services import require_servable
from notices.serving.splitting.channels import Channel, propose
from notices.serving.splitting.forms import (
    AddresseesForm,
    StartForm,
    posted_rows,
    rows_of,
    show_above,
    show_in_rows,
)
from notices.serving.splitting.services import start_services
from notices.views.base import staff


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def service_split(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Ask who is served, show which way each is proposed, and start all services once it is confirmed."""
    document = get_document(actor, pk)
    require_worker(actor, document.matter)
    require_servable(document)
    if request.POST.get("step") == "confirm":
        return _confirmed(request, actor, document)
    form = AddresseesForm(request.POST or None, document=document)
    if request.method == "POST" and form.is_valid():
        channels = propose(document, form.addressees())
        rows = rows_of(document, channels)
        return _split(request, actor, document, channels, StartForm(), rows)
    values = {"document": document, "matter": document.matter, "form": form}
    status = 400 if request.method == "POST" else 200
    return render(request, "notices/serving/addressees.html", values, status=status)


def _confirmed(request: HttpRequest, actor: User, document: Document) -> HttpResponse:
    start, rows = StartForm(request.POST), posted_rows(document, request.POST)
    status = 400
    if start.is_valid() and rows.is_valid():
        day = start.cleaned_data["started_on"]
        try:
            started = start_services(
                actor=actor, document=document, sendings=[row.sending(day) for row in rows]
            )
        except NotVisible:
            raise
        except Refusal as refusal:
            status = show_in_rows(start, list(rows), refusal)
        else:
            messages.success(request, _sent(len(started)))
            return redirect("service_list", key=document.matter.key)
    show_above(start, rows)
    known = [row.addressee() for row in rows if row.is_valid()]
    channels = propose(document, known)
    return _split(request, actor, document, channels, start, rows, status)


def _sent(number: int) -> str:
    return ngettext(
        "The document is on its way to %(number)d addressee. Enter how it ends.",
        "The document is on its way to %(number)d addressees. Enter how each ends.",
        number,
    ) % {"number": number}


def _split(
    request: HttpRequest,
    actor: User,
    document: Document,
    channels: Sequence[Channel],
    start: StartForm,
    rows: Any,
    status: int = 200,
) -> HttpResponse:
    """Show the split; the look at each address in it is recorded."""
    seen = {channel.to.party.pk for channel in channels if channel.to.party and channel.address}
    addresses.record_looks(actor=actor, parties=seen)
    values = {
        "document": document,
        "matter": document.matter,
        "channels": channels,
        "form": start,
        "rows": rows,
        "wrong_rows": [row for row in rows if row.is_bound and row.errors],
    }
    return render(request, "notices/serving/split.html", values, status=status)
