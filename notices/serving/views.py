"""The pages of service: sending, attempts, outcome, receipt, and the addresses of a party."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from audit.clock import BEIJING
from audit.errors import Refusal
from cases.models import Case
from cases.selectors.matters import get_matter
from cases.views.case_frame import frame_of
from documents.download import attachment
from notices.bodies.receipts import MOST_ATTEMPTS
from notices.models import AttemptResult, Document, Method, Service
from notices.selectors import get_document, may_work
from notices.services.common import require_worker
from notices.serving import addresses, mailing, rules, selectors, services
from notices.serving.forms import (
    AddressForm,
    AttemptForm,
    OutcomeForm,
    SendForm,
    ServiceFilterForm,
)
from notices.views.base import rows_page, show_refusal, staff

READ_AND_WRITE = ["GET", "HEAD", "POST"]


def _done(form: forms.Form, act: Callable[[], Any]) -> int:
    """Do the act when the form is valid; return 0, or the status to show the form again with."""
    if not form.is_valid():
        return 400
    try:
        act()
    except Refusal as refusal:
        return show_refusal(form, refusal)
    return 0


@require_safe
@staff
def service_list(request: HttpRequest, actor: User, key: str = "") -> HttpResponse:
    """Show who was served with what and when, the newest first: of one lead or case, or of all he sees."""
    matter = get_matter(actor, key) if key else None
    rows = selectors.services_visible_to(actor)
    if matter is not None:
        rows = rows.filter(pk__in=selectors.services_of(matter).order_by().values("pk"))
    has_served = matter is not None and rows.filter(selectors.IS_SERVED).exists()
    form = ServiceFilterForm(request.GET)
    rows = selectors.filtered(rows, form.cleaned_data) if form.is_valid() else rows.none()
    values = {
        "matter": matter,
        "form": form,
        "page": rows_page(request, rows, ("-id",)),
        "has_served": has_served,
    }
    status = 200 if form.is_valid() else 400
    return render(request, "notices/serving/list.html", values, status=status)


# --- sending --------------------------------------------------------------------------------------


@require_http_methods(READ_AND_WRITE)
@staff
def service_create(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Send a document: first the method, then the addressee and what the method needs."""
    document = get_document(actor, pk)
    require_worker(actor, document.matter)
    if request.method != "POST" and not services.may_be_served(document):
        return _not_servable(request, document)
    chosen = request.POST.get("method", "") or request.GET.get("method", "")
    if chosen not in Method.values:
        return _methods(request, document)
    form = SendForm(request.POST or None, request.FILES or None, document=document, method=chosen)
    status, started = 200, list[Service]()
    if request.method == "POST":
        status = _done(
            form,
            lambda: started.append(
                services.start_service(actor=actor, document=document, sending=form.sending())
            ),
        )
        if not status:
            messages.success(request, _("The document is on its way. Enter how it ends."))
            return redirect("service_detail", pk=started[0].pk)
    values = _of(document) | {
        "form": form,
        "method": Method(chosen),
        "explanation": rules.EXPLANATIONS[chosen],
        "law": rules.ARTICLES[chosen],
        "forms": _addresses(actor, document, chosen),
        "fallback_rule": rules.FALLBACK_RULE,
    }
    return render(request, "notices/serving/send.html", values, status=status)


def _not_servable(request: HttpRequest, document: Document) -> HttpResponse:
    """Lead back to the document, with why it is not served."""
    try:
        services.require_servable(document)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("document_detail", pk=document.pk)


def _methods(request: HttpRequest, document: Document) -> HttpResponse:
    methods = [
        {
            "method": method,
            "explanation": rules.EXPLANATIONS[method],
            "law": rules.ARTICLES[method],
        }
        for method in Method
    ]
    return render(request, "notices/serving/send.html", _of(document) | {"methods": methods})


def _addresses(actor: User, document: Document, method: str) -> list[Any] | None:
    """Return where each party may be served; None where no address matters or it is not shown."""
    matter = document.matter
    at_an_address = method in (*rules.AT_AN_ADDRESS, Method.ELECTRONIC)
    if not (at_an_address and isinstance(matter, Case) and selectors.sees_addresses(actor, matter)):
        return None
    return selectors.parties_with_forms(matter)


def _of(document: Document) -> dict[str, Any]:
    return {"document": document, "matter": document.matter}


# --- one service ----------------------------------------------------------------------------------


@require_safe
@staff
def service_detail(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Show one service with its attempts and its outcome; the look is recorded."""
    service = selectors.get_service(actor, pk)
    services.record_look(actor=actor, service=service)
    return render(request, "notices/serving/detail.html", _facts(actor, service))


def _facts(actor: User, service: Service) -> dict[str, Any]:
    attempts = list(service.attempts.all())
    works, open_ = may_work(actor, service.matter), service.ended is None
    postal = service.method == Method.POSTAL
    return _of(service.document) | {
        "service": service,
        "attempts": attempts,
        "law": rules.ARTICLES[service.method],
        "is_notice": service.method == Method.PUBLIC_NOTICE,
        "may_write": works and open_,
        "may_try": not (postal and len(attempts) >= MOST_ATTEMPTS),
        "may_try_again": works and not open_ and not service.is_served,
        "sees_address": works,
        "has_place": works and mailing.place_of(service) is not None,
        "attempts_end": rules.attempts_end(service.matter, service.started_on).last_day
        if postal
        else None,
        "notice_ends": _notice_ends(service) if open_ else None,
        "caution": "" if open_ else rules.few_attempts(service),
    }


def _notice_ends(service: Service) -> Any:
    for attempt in service.attempts.all():
        if attempt.result == AttemptResult.PUBLISHED:
            published = attempt.at.astimezone(BEIJING).date()
            return rules.notice_end(service.matter, published).last_day
    return None


@require_http_methods(READ_AND_WRITE)
@staff
def service_attempt(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Enter one try to deliver, or the publication of a notice."""
    service = selectors.get_service(actor, pk)
    require_worker(actor, service.matter)
    form = AttemptForm(request.POST or None, service=service)
    notice = service.method == Method.PUBLIC_NOTICE
    words = {
        "heading": _("Enter the publication") if notice else _("Enter an attempt"),
        "button": _("Enter it"),
        "law": rules.ARTICLES[service.method],
        "explanation": rules.EXPLANATIONS[service.method],
    }
    return _act(
        request,
        service,
        form,
        lambda: services.record_attempt(actor=actor, service=service, **form.stated()),
        words,
        _("The attempt is entered."),
    )


@require_http_methods(READ_AND_WRITE)
@staff
def service_outcome(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Enter how a service ended, with its proof."""
    service = selectors.get_service(actor, pk)
    require_worker(actor, service.matter)
    form = OutcomeForm(request.POST or None, request.FILES or None, service=service)
    words = {
        "heading": _("Enter the outcome"),
        "button": _("Enter the outcome"),
        "law": "CPL 87; EMS 8, 9",
        "explanation": _(
            "What is entered stays. Only “Served” starts periods; nothing else is service."
        ),
        "caution": rules.few_attempts(service),
    }
    return _act(
        request,
        service,
        form,
        lambda: services.record_outcome(actor=actor, service=service, ending=form.ending()),
        words,
        _("The outcome is entered."),
    )


def _act(
    request: HttpRequest,
    service: Service,
    form: forms.Form,
    act: Callable[[], Any],
    words: dict[str, Any],
    done: str,
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = _done(form, act)
        if not status:
            messages.success(request, done)
            return redirect("service_detail", pk=service.pk)
    values = _of(service.document) | words | {"service": service, "form": form}
    return render(request, "notices/serving/act.html", values, status=status)


# --- addresses of a party -------------------------------------------------------------------------


@require_http_methods(READ_AND_WRITE)
@staff
def party_addresses(request: HttpRequest, actor: User, key: str, pk: int) -> HttpResponse:
    """Show where a party is served, to the handling team alone, and keep a form (EMS 3-5)."""
    party = selectors.get_party(actor, key, pk)
    form = AddressForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = _done(
            form,
            lambda: addresses.confirm_address(actor=actor, party=party, said=form.said()),
        )
        if not status:
            messages.success(request, _("The form is kept."))
            return redirect("party_addresses", key=key, pk=pk)
    addresses.record_look(actor=actor, party=party)
    values = frame_of(actor, party.case, "case_parties") | {
        "party": party,
        "form": form,
        "confirmations": list(selectors.confirmations_of(party)),
        "fallback": rules.fallback_of(party),
        "fallback_rule": rules.FALLBACK_RULE,
    }
    return render(request, "notices/serving/addresses.html", values, status=status)


@require_safe
@staff
def party_address_file(
    request: HttpRequest, actor: User, key: str, pk: int, form: int
) -> HttpResponseBase:
    """Send the file of an address-confirmation form; the look is recorded."""
    row = selectors.get_confirmation(selectors.get_party(actor, key, pk), form)
    addresses.record_download(actor=actor, confirmation=row)
    return attachment(
        sha256=row.sha256, name=row.file_name, media_type=row.media_type, size=row.size
    )
