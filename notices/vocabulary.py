"""What the acts of this room are called in the audit record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    "document.drafted": _("Document drafted"),
    "document.edited": _("Document edited"),
    "document.finalised": _("Document made final"),
    "document.reopened": _("Document opened again"),
    "document.submitted": _("Document proposed"),
    "document.approved": _("Document approved"),
    "document.issued": _("Document issued"),
    "document.registered": _("Document filed"),
    "document.voided": _("Document declared void"),
    "document.viewed": _("Document viewed"),
    "document.pdf": _("File of a document downloaded"),
    "document.docx": _("Editable copy of a document downloaded"),
    "document.sourced": _("Sources of a sentence set"),
    "document.masked": _("Document masked before publication"),
    "document.written": _("Text of a document written freely"),
    "document.working_copy": _("Copy of a document with its sources downloaded"),
    "event.document_served": _("Document served"),
    "event.service_failed": _("Service failed"),
    "service.started": _("Document sent to be served"),
    "service.attempted": _("Attempt of service recorded"),
    "service.viewed": _("Service viewed"),
    "address.confirmed": _("Address-confirmation form kept"),
    "address.viewed": _("Addresses of a party viewed"),
    "address.downloaded": _("Address-confirmation form downloaded"),
    "number.pattern_set": _("Pattern of numbers set"),
    "number.start_set": _("First number set"),
    "number.voided": _("Number entered as void"),
    "document": _("Document"),
    "service": _("Service of a document"),
    "address_confirmation": _("Address-confirmation form"),
    "number": _("Number"),
    "number_pattern": _("Number pattern"),
    "number_counter": _("Number counter"),
}
