"""D-01 to D-09: what lead, assessment and filing already say."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from accounts.models import Office
from cases.models import Case, Lead
from cases.selectors.events import current_facts, latest
from cases.selectors.people import open_team
from notices.bodies.statutes import RULES_ZH
from notices.prefill.decisions import day_of_decision
from notices.prefill.said import Prefilled, Said, on_event, said, today
from notices.prefill.words import (
    BASES_ZH,
    LEAD_SOURCES_ZH,
    bases_zh,
    filed,
    harm,
    unlawful_act,
    violators,
)

if TYPE_CHECKING:
    Matter = Lead | Case

FILING_RULES_ZH = f"{RULES_ZH}第二十八条、第三十条、第八十五条"


def lead_line(lead: Lead) -> Said:
    """Return title and number of the lead."""
    return said(f"{lead.title}（{lead.key}）", "lead")


def register_entry(matter: Matter) -> Prefilled:
    """D-01: source, time, reporter, summary, first evaluation."""
    lead = cast(Lead, matter)
    reporter = "依法保密" if lead.reporter_confidential else lead.reporter_name
    found = {
        "source": said(f"{LEAD_SOURCES_ZH[lead.source]}：{lead.source_detail}", "lead"),
        "received_on": said(lead.received_on.isoformat(), "lead"),
        "reporter": said(reporter or "无", "lead"),
        "summary": said(lead.summary, "lead"),
    }
    assessment = getattr(lead, "assessment", None)
    if assessment:
        reasons = (assessment.truthfulness_reason, assessment.feasibility_reason)
        found["evaluation"] = said("\n".join(reasons), "lead")
    return found


def transfer(matter: Matter) -> Prefilled:
    """D-02 and D-03: to whom the lead goes, why, on which ground, with which materials."""
    lead = cast(Lead, matter)
    facts = current_facts(lead, "lead_transferred")
    target = Office.objects.filter(pk=facts.get("target_office") or 0).first()
    event = latest(lead, "lead_transferred")
    reasons = event.proposal.reasons if event and event.proposal else ""
    return {
        "addressee": said(target.name if target else "", "event"),
        "lead": said(f"{lead.title}（{lead.key}）\n{lead.summary}", "lead"),
        "reason": said(reasons, "event", on_event(event)),
        "ground": said(str(facts.get("jurisdiction_ground", "")), "event", on_event(event)),
        "materials": said(str(facts.get("materials", "")), "event", on_event(event)),
        "day": today(),
    }


def inquiry_report(matter: Matter) -> Prefilled:
    """D-04: where the lead came from and what the inquiry found."""
    lead = cast(Lead, matter)
    finished = latest(lead, "inquiry_finished")
    assessment = getattr(lead, "assessment", None)
    result = str(current_facts(lead, "inquiry_finished").get("result", ""))
    return {
        "origin": said(f"{LEAD_SOURCES_ZH[lead.source]}：{lead.source_detail}", "lead"),
        "facts": said(result, "event", on_event(finished)),
        "feasibility": said(assessment.feasibility_reason if assessment else "", "lead"),
        "day": today(),
    }


def filing_form(matter: Matter) -> Prefilled:
    """D-05: lead, facts and law on which the filing is proposed."""
    lead = cast(Lead, matter)
    held = latest(lead, "inquiry_started")
    return {
        "lead": lead_line(lead),
        "violator": said(lead.suspected_processor, "lead"),
        "facts": said(lead.summary, "lead"),
        "law": said(f"{BASES_ZH['PIPL 70']}、{FILING_RULES_ZH}", "law"),
        "inquiry_report": said("附初步调查报告" if held else "未开展初步调查", "event"),
    }


def filing_decision(matter: Matter) -> Prefilled:
    """D-06: facts, harm, basis and decision, as the filing recorded them."""
    case = cast(Case, matter)
    event, facts = filed(case)
    act = unlawful_act(case) if facts.get("unlawful_act") else said(case.summary, "event")
    return {
        "violator": said(violators(case), "case"),
        "facts": act,
        "harm": harm(case),
        "basis": said(f"{bases_zh(case.legal_bases)}、{FILING_RULES_ZH}", "law"),
        "decision": said(f"对{case.title}立案", "case", on_event(event)),
    } | day_of_decision(matter, "D-06")


def refusal_to_file(matter: Matter) -> Prefilled:
    """D-07: the lead and why it is not filed."""
    lead = cast(Lead, matter)
    event = latest(lead, "filing_refused")
    reason = str(current_facts(lead, "filing_refused").get("reason", ""))
    return {
        "lead": lead_line(lead),
        "reason": said(reason, "event", on_event(event)),
    } | day_of_decision(matter, "D-07")


def record_of_major_lead(matter: Matter) -> Prefilled:
    """D-08: to which office the major lead is reported."""
    lead = cast(Lead, matter)
    superior = lead.office.parent
    return {
        "addressee": said(superior.name if superior else "", "office"),
        "summary": said(lead.summary, "lead"),
        "day": today(),
    }


def plan(matter: Matter) -> Prefilled:
    """D-09: who investigates."""
    staff = "、".join(member.user.name for member in open_team(cast(Case, matter)))
    return {"staff": said(staff, "team"), "day": today()}
