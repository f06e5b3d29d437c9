"""The guards of law 3.2 for T02 to T12 that the kernel can judge itself.

A requirement reads the matter and the facts of the act and changes nothing. Each names what it reads, so
that the documentation can list it beside its article.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.errors import Verdict
from cases.guards import HEAD_CURES, day_of, either, guard, register_all, stated
from cases.registries import document_slots

if TYPE_CHECKING:
    from accounts.models import User
    from cases.models import Case, Lead

    Matter = Lead | Case

# The article of the Personal Information Protection Law came into force on this day (PIPL 74).
PIPL_IN_FORCE = date(2021, 11, 1)


@guard("不属于本院管辖", "Not within the office's jurisdiction", "Rules 13-18, 26", reads="facts")
def not_own_jurisdiction(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """The test of Rules 13-18 fails here and the competent office is named."""
    if facts.get("target_office") == matter.office_id:
        return Verdict(False, _("A lead cannot be transferred to the office that holds it."))
    return stated(
        facts,
        "jurisdiction_ground",
        _("The ground why this office has no jurisdiction is missing."),
    )


@guard(
    "不得退回移送线索", "A transferred lead is not returned", "Rules 26", reads="Lead.received_from"
)
def transfer_not_returned(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """A lead received by transfer is neither sent back nor sent on (Rules 26; norm C005)."""
    origin = getattr(matter, "received_from", None)
    if origin is None:
        return Verdict(True, _("The lead was not received by transfer."))
    return Verdict(
        False,
        _(
            "This lead came from %(office)s; it is neither returned nor sent on. "
            "Report to the superior office."
        )
        % {"office": origin.office.name},
        reverse("lead_escalate", args=[matter.key]),
    )


@guard(
    "承办人无回避情形",
    "The handler has no ground of recusal",
    "Rules 19",
    reads="Recusal, facts",
    cure=HEAD_CURES,
)
def handler_without_conflict(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """No granted recusal stands against the person, and the check was made (Rules 19)."""
    from cases.selectors.people import is_recused

    if is_recused(matter, facts.get("handler")):
        return Verdict(False, _("A granted recusal stands against this person."))
    return Verdict(
        bool(facts.get("conflict_checked")),
        _("The check of grounds of recusal was confirmed.")
        if facts.get("conflict_checked")
        else _("Confirm that no ground of recusal stands against the person."),
    )


@guard("确有必要初步调查", "An inquiry is necessary", "Rules 27", reads="facts")
def inquiry_necessary(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """ "Where necessary" of Rules 27."""
    return stated(facts, "why_necessary", _("Say which facts are unclear."))


@guard(
    "线索已评估真实性与可查性",
    "Truthfulness and feasibility assessed",
    "Rules 27",
    reads="LeadAssessment",
)
def lead_assessed(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """Truthfulness and feasibility are both assessed (Rules 27; norm C007)."""
    link = reverse("lead_assess", args=[matter.key])
    try:
        assessment = matter.assessment  # type: ignore[union-attr]
    except ObjectDoesNotExist:
        return Verdict(False, _("Truthfulness and feasibility have not been assessed."), link)
    return Verdict(
        True,
        _("Truthfulness %(truth)s of 5, feasibility %(feasible)s of 5.")
        % {"truth": assessment.truthfulness, "feasible": assessment.feasibility},
        link,
    )


@guard(
    "初步调查报告已附", "Report of the inquiry attached", "Rules 27", reads="Event, Document D-04"
)
def inquiry_report_attached(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """A preliminary inquiry that was started has its report (Rules 27; norm C008)."""
    if not matter.events.filter(kind="inquiry_started", annulled_by__isnull=True).exists():
        return Verdict(True, _("No preliminary inquiry was held."))
    slot = document_slots.get("documents")
    if slot is None:
        return Verdict(False, _("No room of documents answers."))
    return slot.check(matter, "D-04")


@guard("社会公共利益受到损害", "The public interest has been harmed", "Rules 85(1)", reads="facts")
def public_interest_harmed(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """Rules 85(1)."""
    return stated(facts, "harm", _("How the public interest has been harmed is not stated."))


@guard("可能存在违法行为", "There may be an unlawful act", "Rules 85(2)", reads="facts")
def unlawful_act_possible(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """Rules 85(2): that there may be an unlawful act is enough."""
    return stated(facts, "unlawful_act", _("Which act may be unlawful is not stated."))


@guard("侵害众多个人权益", "Numerous individuals are infringed", "PIPL 70", reads="facts")
def numerous_individuals_assessed(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """PIPL 70: a free assessment, no number (norm C011)."""
    return stated(
        facts, "numerous_individuals", _("The rights of numerous individuals are not assessed.")
    )


@guard(
    "违法行为人明确或情节严重",
    "Violator known, or harm severe",
    "Rules 29",
    reads="facts, Event inquiry_started",
)
def violator_known_or_severe(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """Rules 29; norm C012: unknown only with severe harm and a preliminary inquiry."""
    from cases.selectors.events import standing

    if not facts.get("violator_unknown"):
        return stated(facts, "processor", _("Name the processor, or mark the violator unknown."))
    if not (facts.get("severe") and str(facts.get("severe_reason") or "").strip()):
        return Verdict(
            False, _("With an unknown violator the harm must be severe, with the reason.")
        )
    return either(
        bool(standing(matter, "inquiry_started")),
        _("A preliminary inquiry was held."),
        _("With an unknown violator a preliminary inquiry must have been held."),
    )


@guard("法律依据现行有效", "A legal basis is in force", "PIPL 70; CPL 58", reads="facts")
def legal_basis_in_force(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """Any basis of law 3.2a in force on the day of the decision (law 14.1)."""
    chosen = facts.get("legal_bases") or []
    if not chosen:
        return Verdict(False, _("No legal basis is chosen."))
    if "PIPL 70" in chosen and day_of(facts) < PIPL_IN_FORCE:
        return Verdict(False, _("PIPL 70 was not in force before 2021-11-01."))
    return Verdict(True, ", ".join(chosen))


@guard("不立案理由", "Reason for not filing", "Rules 30", reads="facts")
def reason_for_not_filing(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """Rules 30."""
    return stated(facts, "reason", _("The reason for not filing is missing."))


@guard("有新事实", "New facts are stated", "", reads="facts")
def new_facts_stated(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """T60: reopening needs something new."""
    return stated(facts, "new_facts", _("Say what is new since the decision not to file."))


@guard("并入的线索有效", "The other lead goes on", "", reads="Lead, facts")
def merge_target_open(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """A lead is merged only into another one of the office that has not ended itself."""
    from cases.models import Lead
    from cases.states import LeadState

    target = Lead.objects.filter(pk=int(facts.get("into") or 0), office=matter.office).first()
    if target is None or target.pk == matter.pk:
        return Verdict(False, _("Choose another lead of this office."))
    dead = (LeadState.MERGED, LeadState.LEAD_TRANSFERRED)
    return Verdict(
        target.state not in dead,
        _("The lead goes on under %(key)s.") % {"key": target.key}
        if target.state not in dead
        else _("That lead has itself been merged or transferred."),
    )


@guard(
    "承办检察官可以担任主办",
    "The handler may lead the case",
    "Rules 6, 19",
    reads="Lead.handler, RoleGrant, Recusal",
    cure=HEAD_CURES,
)
def handler_may_lead(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """Whoever handles the lead leads the case (T06): a prosecutor of the office who may act (Rules 6)."""
    link = reverse("hand_over", args=[matter.key])
    handler = matter.handler  # type: ignore[union-attr]
    if handler is None:
        return Verdict(False, _("Nobody handles the lead."), link)
    return _fit_to_lead(matter, handler, link)


def _fit_to_lead(matter: Matter, person: User, link: str) -> Verdict:
    from cases.selectors.fitness import unfit

    if refusal := unfit(matter, person, "lead"):
        return Verdict(False, refusal.message, link)
    return Verdict(True, _("%(name)s leads it as a prosecutor.") % {"name": person.name}, link)


@guard(
    "办案组有且仅有一名主办",
    "The team has exactly one lead",
    "Rules 6",
    reads="TeamMember, RoleGrant, Recusal",
    cure=HEAD_CURES,
)
def team_with_one_lead(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """One handler, or a team with exactly one lead who may act (Rules 6; norm C017)."""
    from cases.selectors.people import lead_handler

    link = reverse("case_team", args=[matter.key])
    lead = lead_handler(matter)
    if lead is None:
        return Verdict(False, _("The team has no lead handler."), link)
    return _fit_to_lead(matter, lead, link)


@guard(
    "检察人员不少于二人",
    "At least two procuratorial staff",
    "Rules 36",
    reads="TeamMember, RoleGrant, Recusal",
    cure=HEAD_CURES,
)
def two_staff(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """At least two procuratorial staff for each act, of those who may still act (Rules 36)."""
    from cases.selectors.people import number_of_acting_staff

    count = number_of_acting_staff(matter)  # type: ignore[arg-type]
    return Verdict(
        count >= 2,
        _("%(count)s procuratorial staff of the team may act; at least two must act together.")
        % {"count": count},
        reverse("case_team", args=[matter.key]),
    )


@guard("先有调查方案", "The plan exists before collection", "Rules 33", reads="Document D-09")
def plan_before_collection(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """The investigation plan exists before the first act (Rules 33; norm C020: block)."""
    slot = document_slots.get("documents")
    if slot is None:
        return Verdict(False, _("No room of documents answers."))
    return slot.check(matter, "D-09")


def _closing_proposal(matter: Matter) -> str:
    from cases.selectors.events import current_facts

    return str(current_facts(matter, "investigation_closed").get("proposal", ""))


@guard(
    "报告提出终结",
    "The report proposes to terminate",
    "Rules 89, 90",
    reads="Event investigation_closed",
)
def report_proposes_termination(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """Rules 89, 90: the closing report proposes to terminate."""
    met = _closing_proposal(matter) == "terminate"
    return Verdict(
        met,
        _("The closing report proposes to terminate.")
        if met
        else _("The closing report does not propose to terminate; correct it first."),
    )


@guard(
    "报告提出公告",
    "The report proposes to announce",
    "Rules 89, 91",
    reads="Event investigation_closed",
)
def report_proposes_announcement(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """Rules 89, 91: harm and unlawful act are established, the report proposes to announce."""
    met = _closing_proposal(matter) == "announce"
    return Verdict(
        met,
        _("The closing report proposes to announce.")
        if met
        else _("The closing report does not propose to announce; correct it first."),
    )


@guard("终结案件情形", "A ground of termination", "Rules 90", reads="facts")
def termination_ground(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """One of the grounds of Rules 90 (norm C036)."""
    from cases.forms.facts import GROUNDS_THAT_NEVER_FIT, TerminationGround

    ground = facts.get("ground")
    met = ground in TerminationGround.values and ground not in GROUNDS_THAT_NEVER_FIT
    return Verdict(
        met,
        str(TerminationGround(str(ground)).label)
        if met
        else _("Choose a ground of Rules 90 that fits."),
    )


@guard("不支持他人起诉", "No other suit is supported", "Rules 90, 100", reads="facts")
def not_to_be_supported(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """The ground "another subject has sued" falls away when the office supports it (Rules 90)."""
    supported = facts.get("ground") == "other_subject_sued" and facts.get("office_will_support")
    return Verdict(
        not supported,
        _("The office will support that suit: the case is not terminated (Rules 90, 100).")
        if supported
        else _("The office supports no other suit in this matter."),
    )


@guard("全国影响的媒体", "A medium of national influence", "Rules 91", reads="facts")
def medium_of_national_influence(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """Rules 91; norm C038."""
    met = bool(facts.get("national_influence")) and bool(str(facts.get("medium") or "").strip())
    return Verdict(
        met,
        str(facts.get("medium"))
        if met
        else _("The medium must be named and confirmed to have national influence."),
    )


@guard("公告证明材料", "Publication proven", "Rules 91; JI 14(3)", reads="facts, Attachment")
def publication_proven(matter: Matter, facts: dict[str, Any]) -> Verdict:
    """The publication is proven by a stored file with its hash (Rules 91; norm C038)."""
    proofs = facts.get("proofs") or []
    return Verdict(
        bool(proofs),
        _("%(count)s proofs with SHA-256.") % {"count": len(proofs)}
        if proofs
        else _("Upload the page, a scan or a screenshot of the publication."),
    )


def register() -> None:
    """Hand the kernel's guards to the registry."""
    register_all()
