"""D-80 and D-81: what the record of service already says; its address stays with the team (EMS 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from cases.models import Case, Lead
from notices import selectors
from notices.bodies.receipts import Receipt
from notices.models import Method, Service
from notices.prefill.said import Prefilled, on_event, said
from notices.serving.receipt import told

if TYPE_CHECKING:
    Matter = Lead | Case


def receipt_of_service(matter: Matter) -> Prefilled:
    """D-80: the last service of the matter that is not by express mail."""
    service = _services(matter).exclude(method=Method.POSTAL).first()
    return _matter(matter) | (_told(service, "signature", "reason") if service else {})


def express_mail_receipt(matter: Matter) -> Prefilled:
    """D-81: the last express mail of the matter, with every attempt."""
    service = _services(matter).filter(method=Method.POSTAL).first()
    return _matter(matter) | (_told(service, "sign", "return") if service else {})


def _services(matter: Matter) -> QuerySet[Service]:
    papers = selectors.documents_of(matter)
    return Service.objects.filter(document__in=papers).order_by("-id")


def _matter(matter: Matter) -> Prefilled:
    return {"case": said(matter.title, "case")}


def _told(service: Service, signature: str, reason: str) -> Prefilled:
    """Return the receipt of a service as contents; `signature` and `reason` are what the type calls them."""
    receipt: Receipt = told(service, with_address=False)
    ended = on_event(service.ended.event if service.ended else None)
    day = receipt.received_on
    after = {
        "date": day.isoformat() if day else "",
        "result": receipt.result,
        "relation": receipt.relation,
        signature: receipt.receiver or receipt.result,
        reason: receipt.reason,
        "witnesses": receipt.witnesses,
        "recorded": receipt.recorded,
    }
    before = {
        "document": receipt.document,
        "addressee": receipt.addressee,
        "method": receipt.method,
        "through": receipt.through,
        "handed_over": receipt.handed_over,
        "consignment": receipt.consignment,
        "attempts": "\n".join(receipt.attempts),
    }
    return {name: said(text, "case") for name, text in before.items()} | {
        name: said(text, "event", ended) for name, text in after.items()
    }
