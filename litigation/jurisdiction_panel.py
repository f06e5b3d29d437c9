"""The part of the case page that tells of jurisdiction, the criminal case beside it and borrowed staff."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.lifecycle.jurisdiction import BEFORE_DELIVERY
from cases.models import Case, Event, Lead
from cases.models.matter import Track
from cases.registries import Panel, panels
from cases.selectors import people
from cases.selectors.events import corrected, standing
from litigation import selectors
from litigation.jurisdiction import dispute_of

# The events the panel tells of.
TOLD = (
    "jurisdiction_examined",
    "jurisdiction_negotiated",
    "criminal_case_joined",
    "criminal_evidence_listed",
)


def panel_context(matter: Lead | Case, actor: User) -> dict[str, Any]:
    """Return what is known of jurisdiction, criminal case and borrowed staff of a case."""
    assert isinstance(matter, Case)  # the panel stands on cases alone
    events = {event.kind: event for event in standing(matter, *TOLD)}
    listed = "criminal_evidence_listed" in events
    return {
        "matter": matter,
        "dispute": dispute_of(matter) if "jurisdiction_negotiated" in events else None,
        "conclusion": _fact(events.get("jurisdiction_examined"), "conclusion"),
        "criminal": _criminal(matter, events.get("criminal_case_joined")),
        "evidence": selectors.criminal_evidence(matter) if listed else [],
        "loans": people.loans_told(matter),
        "may_examine": matter.state in BEFORE_DELIVERY,
    }


def _fact(event: Event | None, name: str) -> str:
    return str(corrected(event)[1].get(name, "")) if event else ""


def _criminal(case: Case, event: Event | None) -> dict[str, Any] | None:
    if event is None or case.track != Track.CRIMINAL_INCIDENTAL:
        return None
    return {
        "number": _fact(event, "criminal_case_number"),
        "court": selectors.criminal_court(case),
    }


def register() -> None:
    """Hand the panel to the registry."""
    panels.register(
        "jurisdiction",
        Panel(
            code="jurisdiction",
            title=gettext_lazy("Jurisdiction"),
            template="litigation/_jurisdiction_panel.html",
            context=panel_context,
            order=60,
            of=("case",),
        ),
    )
