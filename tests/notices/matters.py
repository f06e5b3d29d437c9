"""Leads and cases at the points where their documents matter, reached as people reach them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from administrative.models import Body, BodyKind, BodyLevel
from audit import clock
from cases.models import Case, Lead
from cases.services import acts
from notices import services
from notices.models import Document
from notices.services.registering import Filing
from tests.support.days import on  # noqa: F401
from tests.support.documents import final
from tests.support.matters import (
    FILING,
    approve,
    assess,
    assign,
    force,
    make_lead,
    propose,
    set_full_team,
)
from tests.support.people import Cast

AUTHORITY = "江州市云山区住房和城乡建设局"
FILING_AGAINST: dict[str, Any] = {
    "case_title": f"{AUTHORITY}不依法履行个人信息保护监督管理职责案",
    "duty": "负责辖区住宅小区物业服务活动的监督管理。",
    "conduct": "inaction",
    "failure": "对物业服务企业强制采集人脸信息的行为未依法查处。",
    "harm": "众多业主的人脸信息处于泄露风险之中，社会公共利益受到侵害。",
    "legal_bases": ["PIPL 70"],
}
FACT_GROUPS = ("violator", "act", "harm", "causation", "fault", "exemption", "other")
MINIMAL_PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


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


def case_against_authority(cast: Cast, *, authority: str = AUTHORITY, **facts: Any) -> Case:
    """Return the case against an authority of a lead that was filed, with its full team (A-1)."""
    lead = assigned_lead(cast)
    body = Body.objects.create(
        name=authority, kind=BodyKind.HOUSING, level=BodyLevel.COUNTY, created_by=cast.handler
    )
    given = FILING_AGAINST | {"authority": body.pk, "authority_name": authority} | facts
    force(lead, "A-1", clock.today(), actor=cast.handler, **given)
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
    monkeypatch.setitem(requirements._entries, "seven_fact_groups", always(met))
    acts.record_directly(
        actor=cast.handler,
        matter=case,
        code="T10",
        data={"legal_day": today, "proposal": "announce", "conclusion": "事实清楚。"},
    )
    case.refresh_from_db()
    return case


def always(requirement: Any) -> Any:
    from dataclasses import replace

    from audit.errors import Verdict

    return replace(requirement, check=lambda matter, facts: Verdict(True, "ok"))


def upload(name: str = "文书.pdf", content: bytes = MINIMAL_PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def approve_text(document: Document, cast: Cast) -> None:
    """Let the text of a document, as it is now, be proposed and approved."""
    proposal = services.submit_document(
        actor=cast.handler, document=document, reasons="补充查明的事实。"
    )
    approve(proposal, cast.head, cast.chief)
    document.refresh_from_db()


def issue(cast: Cast, document: Document, **how: Any) -> Document:
    """Issue a document by the clerk with the chief's signature, unless told otherwise."""
    return services.issue_document(
        **{"actor": cast.clerk, "document": document, "signer": cast.chief} | how
    )


def filing_of(code: str, **facts: Any) -> Filing:
    """Return what a clerk states of a finished document, signed on 24 June 2026 unless told otherwise."""
    return Filing(**{"code": code, "signed_day": date(2026, 6, 24)} | facts)


def register(cast: Cast, case: Case, number: str, **facts: Any) -> Document:
    """File a finished filing decision that bears `number`, signed by the chief."""
    filing = filing_of("D-06", number=number, signer=cast.chief, **facts)
    return services.register_document(actor=cast.clerk, matter=case, filing=filing, upload=upload())
