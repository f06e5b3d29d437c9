"""The papers of service, each made when it is asked for: receipt, certificate, envelope, label, form.

Pages and programs send the same: what may not be seen is not found, and every look leaves its trace.
"""

from __future__ import annotations

from django.http import HttpResponse

from accounts.models import User
from audit import clock
from cases.models import Case, Lead
from documents.download import made_file
from documents.mailing import render_envelopes, render_labels
from documents.typst_renderer import render_pdf
from notices.models import Document, Service
from notices.selectors import may_work
from notices.serving import mailing, selectors, services
from notices.serving.certificate import certificate_of, validly_served
from notices.serving.receipt import receipt_of


def _sent(content: bytes, name: str) -> HttpResponse:
    return made_file(content, name=name, shown=True)


def receipt_answer(actor: User, service: Service) -> HttpResponse:
    """Return the receipt: to be signed while the service is under way, filled in after it (D-80, D-81)."""
    services.record_look(actor=actor, service=service)
    receipt = receipt_of(service, with_address=may_work(actor, service.matter))
    return _sent(render_pdf(receipt, issued_at=clock.now()).content, f"receipt-{service.pk}.pdf")


# --- certificates ---------------------------------------------------------------------------------


def certificate_of_matter(actor: User, matter: Lead | Case) -> HttpResponse:
    """Return the certificate of everything that was validly served in a lead or case.

    Raises:
        Conflict: nothing was.
    """
    rows = selectors.services_visible_to(actor).filter(
        pk__in=selectors.services_of(matter).order_by().values("pk")
    )
    return _certificate(actor, list(rows), matter)


def certificate_of_document(actor: User, document: Document) -> HttpResponse:
    """Return the certificate of one document: on whom it was validly served.

    Raises:
        Conflict: on nobody.
    """
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


def envelope_answer(actor: User, service: Service) -> HttpResponse:
    """Return the envelope of one service.

    Raises:
        NotVisible: the actor may not see addresses.
        Conflict: it goes to no place, or nobody knows where.
    """
    mailing.require_sees_addresses(actor, service.document)
    content = render_envelopes([mailing.mail_of(service)])
    return _addressed(actor, [service], content, f"envelope-{service.pk}.pdf")


def express_form_answer(actor: User, service: Service) -> HttpResponse:
    """Return the express form of procuratorial mail.

    Raises:
        NotVisible: the actor may not see addresses.
        Conflict: the service is no express mail.
    """
    mailing.require_sees_addresses(actor, service.document)
    form = mailing.express_form_of(service)
    content = render_pdf(form, issued_at=clock.now()).content
    return _addressed(actor, [service], content, f"express-{service.pk}.pdf")


def envelopes_answer(actor: User, document: Document) -> HttpResponse:
    """Return an envelope for each service of a document that is under way.

    Raises:
        NotVisible: the actor may not see addresses.
        Conflict: none is under way to an address.
    """
    rows = _on_their_way(actor, document)
    content = render_envelopes(mailing.mails_of(rows))
    return _addressed(actor, rows, content, f"envelopes-{document.pk}.pdf")


def labels_answer(actor: User, document: Document) -> HttpResponse:
    """Return the labels for the services of a document that are under way, on sheets of A4.

    Raises:
        NotVisible: the actor may not see addresses.
        Conflict: none is under way to an address.
    """
    rows = _on_their_way(actor, document)
    content = render_labels(mailing.mails_of(rows))
    return _addressed(actor, rows, content, f"labels-{document.pk}.pdf")


def _on_their_way(actor: User, document: Document) -> list[Service]:
    """Return the services of a document under way that go to a place, the first one sent first."""
    mailing.require_sees_addresses(actor, document)
    rows = selectors.services_of_document(document).filter(outcome=None).order_by("id")
    return [row for row in rows if mailing.place_of(row) is not None]


def _addressed(actor: User, rows: list[Service], content: bytes, name: str) -> HttpResponse:
    services.record_addressed(actor=actor, services=rows)
    return _sent(content, name)
