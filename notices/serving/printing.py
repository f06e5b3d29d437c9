"""The addresses at which the papers of service are printed (`notices.serving.downloads`)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.models import User
from cases.selectors.matters import get_matter
from notices.selectors import get_document
from notices.serving import downloads, selectors
from notices.views.base import staff


@require_safe
@staff
def service_receipt(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Print the receipt of one service; the look is recorded."""
    return downloads.receipt_answer(actor, selectors.get_service(actor, pk))


@require_safe
@staff
def service_certificate(request: HttpRequest, actor: User, key: str) -> HttpResponse:
    """Print the certificate of everything that was validly served in a lead or case."""
    return downloads.certificate_of_matter(actor, get_matter(actor, key))


@require_safe
@staff
def document_certificate(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Print the certificate of one document: on whom it was validly served."""
    return downloads.certificate_of_document(actor, get_document(actor, pk))


@require_safe
@staff
def service_envelope(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Print the envelope of one service; the look at the address is recorded."""
    return downloads.envelope_answer(actor, selectors.get_service(actor, pk))


@require_safe
@staff
def service_express_form(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Print the express form of procuratorial mail; the look at the address is recorded."""
    return downloads.express_form_answer(actor, selectors.get_service(actor, pk))


@require_safe
@staff
def document_envelopes(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Print an envelope for each service of a document that is under way."""
    return downloads.envelopes_answer(actor, get_document(actor, pk))


@require_safe
@staff
def document_labels(request: HttpRequest, actor: User, pk: int) -> HttpResponse:
    """Print the labels for the services of a document that are under way, on sheets of A4."""
    return downloads.labels_answer(actor, get_document(actor, pk))
