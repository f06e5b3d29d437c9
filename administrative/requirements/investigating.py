"""Consultation, the four findings, the end of the investigation (A-2 to A-4-2; Rules 70-74)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from administrative.forms.investigating import Proposal, Way
from administrative.grounds import EndGround, Finding
from audit.errors import Verdict
from cases.guards import TEAM_CURES, either, guard, stated
from cases.models import Case
from cases.registries import document_slots
from cases.selectors.events import corrected, current_facts, latest, standing

# What shows a consultation, by its way (Rules 70): minutes of a meeting, a letter that confirms the facts.
PAPERS = {Way.MEETING: "D-32", Way.LETTER: "D-31"}


@guard("磋商方式", "Way of the consultation", "Rules 70", reads="facts")
def way_of_consultation(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A meeting or a letter, and what it is about."""
    if facts.get("way") not in Way.values:
        return Verdict(False, _("Choose a meeting or a letter to confirm the facts."))
    return stated(facts, "subject", _("Say what is to be consulted about."))


@guard(
    "有磋商笔录、纪要或者事实确认书",
    "Minutes or a confirmation of the facts",
    "Rules 70",
    reads="Event consultation_begun, Document D-31, Document D-32",
    cure=TEAM_CURES,
)
def consultation_is_documented(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A consultation without its paper is none: the step stays open (norm C100)."""
    way = current_facts(matter, "consultation_begun").get("way") or Way.MEETING
    slot = document_slots.get("documents")
    if slot is None:
        return Verdict(False, _("No room of documents answers."))
    other = next(code for code in PAPERS.values() if code != PAPERS[Way(way)])
    verdict = slot.check(matter, PAPERS[Way(way)])
    return verdict if verdict.met else _either_paper(verdict, slot.check(matter, other))


def _either_paper(wanted: Verdict, other: Verdict) -> Verdict:
    return other if other.met else wanted


@guard("认定有依据", "The finding rests on something", "Rules 71-72", reads="facts")
def finding_rests_on_something(matter: Case, facts: dict[str, Any]) -> Verdict:
    """What was found, and by which provision or exhibit."""
    if facts.get("finding") not in Finding.values:
        return Verdict(False, _("Choose which of the four it is."))
    verdict = stated(facts, "text", _("Say what was found."))
    if not verdict.met:
        return verdict
    return stated(facts, "rests_on", _("Name the provision or the exhibits it rests on."))


@guard(
    "四项调查认定",
    "The four findings are made",
    "Rules 71",
    reads="Event authority_investigated",
    cure=TEAM_CURES,
)
def four_findings(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Harm, duty, failure and causal link were each found out, or found not to be there."""
    events = standing(matter, "authority_investigated")
    made = {corrected(event)[1].get("finding") for event in events}
    missing = [finding for finding in Finding if finding not in made]
    names = "；".join(str(finding.label) for finding in missing)
    return either(
        not missing,
        _("Harm, duty, failure and link are each found out."),
        _("Not found out yet: %(names)s.") % {"names": names},
        reverse("transition_record", args=[matter.key, "A-3"]),
    )


@guard(
    "磋商已有结果",
    "The consultation came to an end",
    "Rules 70",
    reads="Event consultation_begun, Event consultation_held",
    cure=TEAM_CURES,
)
def consultation_came_to_an_end(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Nobody has to consult; but a consultation that began is recorded with its paper (norm C100)."""
    if latest(matter, "consultation_begun") is None:
        return Verdict(True, _("No consultation was begun; nobody has to."))
    link = reverse("transition_record", args=[matter.key, "A-2-2"])
    return either(
        latest(matter, "consultation_held") is not None,
        _("The consultation is recorded with its paper."),
        _(
            "A consultation was begun. Record what it came to, with the minutes or the letter (A-2-2)."
        ),
        link,
    )


def _proposed(matter: Case, proposal: Proposal) -> Verdict:
    given = current_facts(matter, "administrative_investigation_closed").get("proposal", "")
    title = str(Proposal(given).label) if given in Proposal.values else "—"
    return Verdict(given == proposal, _("The closing report proposes: %(what)s.") % {"what": title})


@guard(
    "调查终结报告提出终结",
    "The report proposes to terminate",
    "Rules 73-74",
    reads="Event administrative_investigation_closed",
)
def report_proposes_no_recommendation(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Rules 73: it is terminated only where the report proposes it."""
    return _proposed(matter, Proposal.TERMINATE)


@guard(
    "调查终结报告提出检察建议",
    "The report proposes to recommend",
    "Rules 73, 75",
    reads="Event administrative_investigation_closed",
)
def report_proposes_recommendation(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Rules 73: a recommendation rests on the report."""
    return _proposed(matter, Proposal.RECOMMEND)


@guard("终结案件情形（行政）", "A ground of termination", "Rules 74", reads="facts")
def ground_of_rules_74(matter: Case, facts: dict[str, Any]) -> Verdict:
    """One of the four grounds, with why it holds."""
    if facts.get("ground") not in EndGround.values:
        return Verdict(False, _("Choose a ground of Rules 74."))
    return stated(facts, "explanation", _("Say why the ground holds."))
