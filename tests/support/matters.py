"""Leads and cases for tests, made through the services as people make them."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.models import Case, Lead, Proposal
from cases.services import acts, approvals, leads, proposals, team
from tests.support.people import Cast

FILING: dict[str, Any] = {
    "case_title": "某群组侵害公民个人信息民事公益诉讼案",
    "processor": "某科技有限公司",
    "harm": "公开八百余人个人信息，社会公共利益受到损害。",
    "unlawful_act": "未经同意收集并公开个人信息，可能违反个人信息保护法第十条。",
    "numerous_individuals": "涉及不特定多数人。",
    "legal_bases": ["PIPL 70"],
}


def make_lead(cast: Cast, **facts: Any) -> Lead:
    """Register a lead by the intake staff of the cast's office."""
    given = {
        "title": "群组公开他人信息线索",
        "source": "media",
        "source_detail": "媒体报道",
        "received_on": date(2026, 1, 5),
        "summary": "有人收集并公开他人信息。",
        "major": False,
    } | facts
    return leads.register_lead(actor=cast.intake, facts=given)


def assign(cast: Cast, lead: Lead, handler: Any = None) -> Lead:
    """Give the lead to the handler (T03)."""
    acts.record_directly(
        actor=cast.head,
        matter=lead,
        code="T03",
        data={
            "handler": (handler or cast.handler).pk,
            "conflict_checked": "on",
            "legal_day": lead.received_on.isoformat(),
        },
    )
    lead.refresh_from_db()
    return lead


def assess(cast: Cast, lead: Lead) -> Lead:
    """Assess truthfulness and feasibility."""
    leads.assess_lead(
        actor=lead.handler or cast.handler,
        lead=lead,
        facts={
            "truthfulness": 4,
            "truthfulness_reason": "有截图。",
            "feasibility": 4,
            "feasibility_reason": "运营者可查。",
        },
    )
    lead.refresh_from_db()
    return lead


def propose(matter: Any, code: str, data: dict[str, Any], actor: Any) -> Proposal:
    """Draft and submit a proposal."""
    draft = proposals.draft_proposal(
        actor=actor, matter=matter, code=code, data=data, reasons="理由充分。"
    )
    return proposals.submit_proposal(actor=actor, proposal=draft)


def approve(proposal: Proposal, *people: Any) -> Proposal:
    """Let each person approve in turn."""
    for person in people:
        proposal.refresh_from_db()
        proposal = approvals.decide(
            actor=person,
            proposal=proposal,
            decision="approve",
            opinion="同意",
            digest=proposal.digest,
        )
    return proposal


def set_full_team(cast: Cast, case: Case) -> None:
    """Give the case its lead handler, an assistant and a clerk."""
    team.set_team(
        actor=cast.head,
        case=case,
        members=[
            (cast.handler, "lead"),
            (cast.assistant, "assistant"),
            (cast.clerk, "clerk"),
        ],
        reason="组成办案组",
    )
