"""The papers of service, each made when it is asked for: receipt, certificate, envelope, label, form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.models import User
from audit import clock
from cases.models import Case, Lead
from cases.selectors.matters import get_matter
from documents.mailing import render_envelopes, render_labels
from documents.typst_renderer import render_pdf
from notices.models import Document, Service
from notices.selectors import get_document, may_work
from notices.serving import mailing, selectors, services
from notices.serving.certificate import certificate_of, validly_served
from notices.serving.receipt import receipt_of
from notices.views.base import staff


def _sent(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@staff
def service_receipt(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Print the receipt: to be signed while the service is under way, filled in after it (D-80, D-81)."""
    service = selectors.get_service(actor, pk)
    services.record_look(actor=actor, service=service)
    receipt = receipt_of(service, with_address=may_work(actor, service.matter))
    return _sent(render_pdf(receipt, issued_at=clock.now()).content, f"receipt-{service.pk}.pdf")


# --- certificates ---------------------------------------------------------------------------------


@require_safe
@staff
def service_certificate(request: HttpRequest, actor: User, key: str) -> HttpResponse:
    """Print the certificate of everything that was validly served in a lead or case."""
    matter = get_matter(actor, key)
    rows = selectors.services_visible_to(actor).filter(
        pk__in=selectors.services_of(matter).order_by().values("pk")
    )
    return _certificate(actor, list(rows), matter)


@require_safe
@staff
def document_certificate(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Print the certificate of one document: on whom it was validly served."""
    document = get_document(actor, pk)
    return _certificate(actor, list(selectors.services_of_document(document)), document.matter)


def _certificate(actor: User, rows: list[Service], matter: Lead | Case) -> HttpResponse:
    served = validly_served(rows)
    certificate = certificate_of(
        served, office=matter.office, title=matter.title, day=clock.today()
    )
    content = render_pdf(certificate, issued_at=clock.now()).content
    services.record_certificate(actor=actor, services=served)
    return _sent(content, f"certificate-{matter.key}.pdf")


# --- where it goes --------------------------------------------------------------------------------


@require_safe
@staff
def service_envelope(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Print the envelope of one service; the look at the address is recorded."""
    service = _addressed(actor, pk)
    content = render_envelopes([mailing.mail_of(service)])
    services.record_addressed(actor=actor, services=[service])
    return _sent(content, f"envelope-{service.pk}.pdf")


@require_safe
@staff
def service_express_form(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Print the express form of procuratorial mail; the look at the address is recorded."""
    service = _addressed(actor, pk)
    form = mailing.express_form_of(service)
    content = render_pdf(form, issued_at=clock.now()).content
    services.record_addressed(actor=actor, services=[service])
    return _sent(content, f"express-{service.pk}.pdf")


def _addressed(actor: User, pk: int) -> Service:
    service = selectors.get_service(actor, pk)
    mailing.require_sees_addresses(actor, service.document)
    return service


@require_safe
@staff
def document_envelopes(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Print an envelope for each service of a document that is under way."""
    document, rows = _on_their_way(actor, pk)
    content = render_envelopes(mailing.mails_of(rows))
    services.record_addressed(actor=actor, services=rows)
    return _sent(content, f"envelopes-{document.pk}.pdf")


@require_safe
@staff
def document_labels(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Print the labels for the services of a document that are under way, on sheets of A4."""
    document, rows = _on_their_way(actor, pk)
    content = render_labels(mailing.mails_of(rows))
    services.record_addressed(actor=actor, services=rows)
    return _sent(content, f"labels-{document.pk}.pdf")


def _on_their_way(actor: User, pk: int) -> tuple[Document, list[Service]]:
    """Return a document with its services under way that go to a place, the first one sent first."""
    document = get_document(actor, pk)
    mailing.require_sees_addresses(actor, document)
    rows = selectors.services_of_document(document).filter(outcome=None).order_by("id")
    return document, [row for row in rows if mailing.place_of(row) is not None]
