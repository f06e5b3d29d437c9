"""Leads and cases at the points where their documents matter, reached as people reach them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from audit import clock
from cases.models import Case, Lead
from cases.services import acts
from notices import services
from notices.models import Document
from tests.support.matters import (
    FILING,
    approve,
    assess,
    assign,
    make_lead,
    propose,
    set_full_team,
)
from tests.support.people import Cast

FACT_GROUPS = ("violator", "act", "harm", "causation", "fault", "exemption", "other")
MINIMAL_PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def on(year: int, month: int, day: int, hour: int = 10):
    """Set the clock of the test (Beijing time)."""
    return clock.frozen(datetime(year, month, day, hour))


def filled(document: Document, actor: Any, **values: str) -> Document:
    """Complete every required content that is empty and change those given."""
    missing = {
        item.name: "已查明。"
        for item in document.type.contents
        if item.required and not item.fixed and not document.values.get(item.name)
    }
    return services.edit_document(
        actor=actor, document=document, values=missing | values, version=document.version
    )


def final(matter: Any, code: str, actor: Any, **values: str) -> Document:
    """Draft (when there is none), complete and make final."""
    document = Document.objects.filter(
        code=code, status="draft", **{matter.machine: matter}
    ).first()
    document = document or services.draft_document(actor=actor, matter=matter, code=code)
    return services.finalise_document(actor=actor, document=filled(document, actor, **values))


def assigned_lead(cast: Cast, **facts: Any) -> Lead:
    return assess(cast, assign(cast, make_lead(cast, **facts)))


def filed_case(cast: Cast, **facts: Any) -> Case:
    """Return the case of a lead that was filed by the chief, with its full team."""
    lead = assigned_lead(cast)
    final(lead, "D-05", cast.handler)
    approve(propose(lead, "T06", FILING | facts, cast.handler), cast.head, cast.chief)
    case = Case.objects.get(lead=lead)
    set_full_team(cast, case)
    return case


def investigated_case(cast: Cast, monkeypatch: Any) -> Case:
    """Return a case whose investigation is closed with the proposal to announce."""
    from cases.registries import requirements

    case = filed_case(cast)
    final(case, "D-09", cast.handler)
    today = clock.today().isoformat()
    acts.record_directly(actor=cast.handler, matter=case, code="T08", data={"legal_day": today})
    case.refresh_from_db()
    # The evidence of the seven fact groups is the business of another room.
    met = requirements["seven_fact_groups"]
    monkeypatch.setitem(requirements._entries, "seven_fact_groups", _always(met))
    acts.record_directly(
        actor=cast.handler,
        matter=case,
        code="T10",
        data={"legal_day": today, "proposal": "announce", "conclusion": "事实清楚。"},
    )
    case.refresh_from_db()
    return case


def _always(requirement: Any) -> Any:
    from dataclasses import replace

    from audit.errors import Verdict

    return replace(requirement, check=lambda matter, facts: Verdict(True, "ok"))


def upload(name: str = "文书.pdf", content: bytes = MINIMAL_PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")
