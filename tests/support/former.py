"""Lines of a former system, and the same cases entered through the services one act after another."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from cases.forms.facts import FileCaseFacts
from cases.forms.leads import AssessLeadForm, RegisterLeadForm
from cases.forms.parties import PartyForm
from cases.models import Case
from cases.registries import effects_of
from cases.services import acts, leads, parties
from cases.services.back_entry import begin_back_entry
from cases.services.facts import form_class
from procuracy.importing.lines import declaration_of
from procuracy.importing.setting import Setting
from tests.support.people import Cast

FILED_ON = date(2023, 3, 20)
REASON = "旧系统停用，历史案件迁入。"
CREDIT_CODE = "91110000600037341L"
TERMINATED = ("T08", "T10", "T11")
REVIEWED = ("T08", "T10", "T12", "T16")


def told_lead(**changes: Any) -> dict[str, Any]:
    """Return what a line says of the lead."""
    return {
        "title": "优享家泄露住户信息线索",
        "source": "media",
        "source_detail": "某报2023年3月1日报道",
        "received_on": (FILED_ON - timedelta(days=12)).isoformat(),
        "summary": "物业软件把住户信息公开在网上。",
        "suspected_processor": "优享家科技有限公司",
    } | changes


def told_assessment(**changes: Any) -> dict[str, Any]:
    """Return what a line says of the assessment."""
    return {
        "day": (FILED_ON - timedelta(days=5)).isoformat(),
        "truthfulness": 4,
        "truthfulness_reason": "有截图。",
        "feasibility": 5,
        "feasibility_reason": "运营者可查。",
    } | changes


def told_filing(**changes: Any) -> dict[str, Any]:
    """Return what a line says of the decision to file."""
    return {
        "day": FILED_ON.isoformat(),
        "case_title": "优享家侵害个人信息民事公益诉讼案",
        "processor": "优享家科技有限公司",
        "harm": "一千余户住户信息被公开。",
        "unlawful_act": "未经同意公开，违反个人信息保护法第二十五条。",
        "numerous_individuals": "涉及不特定多数人。",
        "legal_bases": ["PIPL 70", "CPL 58"],
        "persons_concerned": 1200,
        "sensitive": True,
    } | changes


def told(cast: Cast, reference: str = "旧2023-0001", **changes: Any) -> dict[str, Any]:
    """Return what a line says: a case filed on 20 March 2023, with two parties."""
    line: dict[str, Any] = {
        "reference": reference,
        "handler": cast.handler.username,
        "lead": told_lead(),
        "assigned_on": (FILED_ON - timedelta(days=10)).isoformat(),
        "assessment": told_assessment(),
        "filing": told_filing(),
        "parties": [
            {
                "role": "third_party",
                "kind": "organisation",
                "name": "云山区物业服务有限公司",
                "credit_code": CREDIT_CODE,
            }
        ],
    }
    return line | changes


def moved(*, years: int, keep_bases: bool = False) -> dict[str, Any]:
    """Return the changes that put a line so many years on; before PIPL another basis holds."""
    day = FILED_ON.replace(year=FILED_ON.year + years)
    bases = ["PIPL 70"] if keep_bases else ["CPL 58"]
    return {
        "lead": told_lead(received_on=(day - timedelta(days=12)).isoformat()),
        "assigned_on": (day - timedelta(days=10)).isoformat(),
        "assessment": told_assessment(day=(day - timedelta(days=5)).isoformat()),
        "filing": told_filing(day=day.isoformat(), legal_bases=bases),
        "steps": steps("T08", "T10", "T12", began=day),
    }


def steps(
    *codes: str,
    began: date = FILED_ON,
    expiry: str = "2023-05-10",
    ground: str = "interest_protected",
) -> list[dict[str, Any]]:
    """Return steps a week apart; an announcement that expires does so on `expiry`."""
    facts: dict[str, dict[str, Any]] = {
        "T10": {
            "proposal": "announce" if "T12" in codes else "terminate",
            "conclusion": "已查清。",
        },
        "T11": {"ground": ground, "explanation": "已整改。"},
        "T12": {"medium": "检察日报", "national_influence": True},
        "T19": {"ground": ground, "explanation": "已整改。"},
    }
    days = [began + timedelta(days=7 * n) for n in range(1, len(codes) + 1)]
    found = [
        {"code": code, "day": day.isoformat()} | facts.get(code, {})
        for code, day in zip(codes, days, strict=True)
    ]
    for step in found:
        if step["code"] == "T16":
            step["day"] = expiry
        if step["code"] == "T19":
            step["day"] = (date.fromisoformat(expiry) + timedelta(days=20)).isoformat()
    return found


def line(told: dict[str, Any]) -> str:
    """Return a line of the file."""
    return json.dumps(told, ensure_ascii=False)


def _facts(form: Any, cells: dict[str, Any]) -> dict[str, Any]:
    bound = form(cells)
    assert bound.is_valid(), bound.errors
    data: dict[str, Any] = bound.cleaned_data
    return data


def entered(setting: Setting, told: dict[str, Any]) -> Case:
    """Enter what a line says through the services; guards that ask for papers must be silenced."""
    actor = setting.asked_by
    form = RegisterLeadForm({"reporter_confidential": True} | told["lead"], actor=actor)
    assert form.is_valid(), form.errors
    lead = leads.register_lead(actor=actor, facts=form.cleaned_data)
    begin_back_entry(
        lead=lead,
        reason=setting.reason,
        asked_by=actor,
        asked_at=setting.now,
        agreed_by=setting.agreed_by,
        standing=setting.standing,
    )
    facts = {"handler": setting.handlers[told["handler"]].pk, "conflict_checked": True}
    _perform(lead, "T03", told["assigned_on"], facts, actor)
    assessment = dict(told["assessment"])
    day = date.fromisoformat(assessment.pop("day"))
    leads.assess_lead(
        actor=actor, lead=lead, facts=_facts(AssessLeadForm, assessment), legal_day=day
    )
    lead.refresh_from_db()
    filing = dict(told["filing"])
    filed = filing.pop("day")
    bound = FileCaseFacts(filing)
    assert bound.is_valid(), bound.errors
    _perform(lead, "T06", filed, bound.facts(), actor)
    case = Case.objects.get(lead=lead)
    for party in told.get("parties", []):
        form_of_party = PartyForm(party)
        assert form_of_party.is_valid(), form_of_party.errors
        parties.add_party(actor=actor, case=case, facts=form_of_party.facts())
        case.refresh_from_db()
    for step in told.get("steps", []):
        cells = dict(step)
        code, day_of_step = cells.pop("code"), cells.pop("day")
        bound_step = form_class(declaration_of(code).event_kind)(cells | {"legal_day": day_of_step})
        assert bound_step.is_valid(), bound_step.errors
        _perform(case, code, day_of_step, bound_step.facts(), actor)
    case.refresh_from_db()
    return case


def _perform(matter: Any, code: str, day: str, facts: dict[str, Any], actor: Any) -> None:
    declaration = declaration_of(code)
    assert effects_of(declaration.event_kind)
    acts.perform(
        actor=actor,
        declaration=declaration,
        matter=matter,
        facts=facts,
        legal_day=date.fromisoformat(day),
    )
    matter.refresh_from_db()
