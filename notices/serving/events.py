"""The two kinds of events a service ends with: valid service starts periods, failed service none (C128)."""

from __future__ import annotations

from cases.forms.base import FactsForm
from cases.registries import EventKind, event_kinds

SERVED, FAILED = "document_served", "service_failed"


class ServiceDayFacts(FactsForm):
    """What may be corrected of an outcome: its day. Everything else stays as it was proven."""


KINDS = (
    EventKind(
        SERVED,
        "文书送达",
        "Document served",
        "CPL 87-95; EMS 9",
        form=ServiceDayFacts,
        statistics=("documents_served",),
    ),
    EventKind(
        FAILED,
        "送达未成",
        "Service failed",
        "CPL 87-95; EMS 6, 8, 9",
        form=ServiceDayFacts,
        statistics=("services_failed",),
    ),
)


def register() -> None:
    """Hand the kinds to the registry."""
    for kind in KINDS:
        event_kinds.register(kind.code, kind)
