"""The states of a lead and of a case (law 3.1), their stage and their code there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.errors import Text


class LeadState(models.TextChoices):
    """States L0 to LX2 of law 3.1; `filed` and `merged` are the other two outcomes of norm C160."""

    LEAD_REGISTERED = "lead_registered", _("Lead registered")
    LEAD_ASSESSING = "lead_assessing", _("Lead under assessment")
    PRELIM_INVESTIGATION = "prelim_investigation", _("Preliminary inquiry")
    LEAD_TRANSFERRED = "lead_transferred", _("Lead transferred")
    NOT_FILED = "not_filed", _("Not filed")
    FILED = "filed", _("Filed as a case")
    MERGED = "merged", _("Merged into another lead")


LEAD_OUTCOMES = (
    LeadState.LEAD_TRANSFERRED,
    LeadState.NOT_FILED,
    LeadState.FILED,
    LeadState.MERGED,
)
OPEN_LEADS = tuple(state for state in LeadState if state not in LEAD_OUTCOMES)


class CaseState(models.TextChoices):
    """States P1 to E9 of law 3.1."""

    FILED = "filed", _("Filed")
    INVESTIGATING = "investigating", _("Investigation")
    INVESTIGATION_CLOSED = "investigation_closed", _("Investigation closed")
    ANNOUNCING = "announcing", _("Pre-suit announcement")
    REVIEW_FOR_PROSECUTION = "review_for_prosecution", _("Review for prosecution")
    SUIT_DECIDED = "suit_decided", _("Suit decided")
    TERMINATED = "terminated", _("Case terminated")
    TRANSFERRED_FOR_SUIT = "transferred_for_suit", _("Transferred to another procuratorate")
    SUPPORTING_PROSECUTION = "supporting_prosecution", _("Supporting prosecution")
    SUIT_SUBMITTED = "suit_submitted", _("Complaint delivered to the court")
    COURT_REJECTED = "court_rejected", _("Rejected by the court")
    COURT_ACCEPTED = "court_accepted", _("Registered by the court")
    PRETRIAL = "pretrial", _("Preparation of the trial")
    TRIAL = "trial", _("Trial")
    SETTLEMENT_ANNOUNCED = "settlement_announced", _("Settlement published")
    MEDIATION_EFFECTIVE = "mediation_effective", _("Mediation document effective")
    WITHDRAWN = "withdrawn", _("Suit withdrawn")
    LITIGATION_SUSPENDED = "litigation_suspended", _("Litigation suspended")
    LITIGATION_TERMINATED = "litigation_terminated", _("Litigation terminated")
    JUDGED_FIRST = "judged_first", _("Judged at first instance")
    SECOND_INSTANCE = "second_instance", _("Second instance")
    EFFECTIVE = "effective", _("Judgment effective")
    RETRIAL = "retrial", _("Retrial")
    PERFORMANCE_PERIOD = "performance_period", _("Performance period")
    ENFORCEMENT = "enforcement", _("Enforcement")
    ENF_SUSPENDED = "enf_suspended", _("Enforcement suspended")
    ENF_ROUND_TERMINATED = "enf_round_terminated", _("Round of enforcement terminated")
    ENF_TERMINATED = "enf_terminated", _("Enforcement terminated")
    PERFORMED = "performed", _("Performed")
    LOOK_BACK = "look_back", _("Look-back")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")


class AdministrativeState(models.TextChoices):
    """States A1 to AX2 of law 3.9, and the two in which every case ends (Rules 106).

    They stand in the column of a case beside those of `CaseState`; the track says which machine moves it.
    """

    ADM_FILED = "adm_filed", _("Filed against an authority")
    ADM_CONSULTING = "adm_consulting", _("Consultation with the authority")
    ADM_INVESTIGATION_CLOSED = (
        "adm_investigation_closed",
        _("Investigation of the authority closed"),
    )
    ADM_REC_ISSUED = "adm_rec_issued", _("Recommendation decided")
    ADM_AWAITING_REPLY = "adm_awaiting_reply", _("Waiting for the authority")
    ADM_FOLLOW_UP = "adm_follow_up", _("Follow-up")
    ADM_SUSPENDED = "adm_suspended", _("Review suspended")
    ADM_REVIEW = "adm_review", _("Review of the performance")
    ADM_SUIT = "adm_suit", _("Administrative suit")
    ADM_TERMINATED = "adm_terminated", _("Administrative case terminated")
    ADM_TRANSFERRED = "adm_transferred", _("Administrative case transferred")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")


# Every state the column of a case can hold, each once.
STATES_OF_CASES: tuple[tuple[str, Text], ...] = tuple(
    {**dict(CaseState.choices), **dict(AdministrativeState.choices)}.items()
)
TITLES_OF_STATES: dict[str, Text] = dict(STATES_OF_CASES)
EVERY_STATE_OF_CASES: tuple[str, ...] = tuple(state for state, _label in STATES_OF_CASES)
# The machines of law 3 that move a case, one of them each case.
MACHINES_OF_CASES = ("case", "administrative")
# The recommendation is with the authority and nothing has ended yet.
RECOMMENDED = (
    AdministrativeState.ADM_AWAITING_REPLY,
    AdministrativeState.ADM_FOLLOW_UP,
    AdministrativeState.ADM_SUSPENDED,
    AdministrativeState.ADM_REVIEW,
)
# The authority is investigated.
UNDER_ADMINISTRATIVE_INVESTIGATION = (
    AdministrativeState.ADM_FILED,
    AdministrativeState.ADM_CONSULTING,
)


# The court has registered the suit and has neither judged nor ended it.
AT_FIRST_INSTANCE = (CaseState.COURT_ACCEPTED, CaseState.PRETRIAL, CaseState.TRIAL)
# What the court decided has taken effect and can be performed.
DECISION_EFFECTIVE = (CaseState.MEDIATION_EFFECTIVE, CaseState.EFFECTIVE)


class Stage(models.TextChoices):
    """The three stages a case passes."""

    PRE_LITIGATION = "pre_litigation", _("Pre-litigation")
    LITIGATION = "litigation", _("Litigation")
    POST_LITIGATION = "post_litigation", _("Post-litigation")


# Code and Chinese name of each state in law 3.1.
LEAD_STATE_LAW: dict[str, tuple[str, str]] = {
    LeadState.LEAD_REGISTERED: ("L0", "线索登记"),
    LeadState.LEAD_ASSESSING: ("L1", "线索评估"),
    LeadState.PRELIM_INVESTIGATION: ("L2", "初步调查"),
    LeadState.LEAD_TRANSFERRED: ("LX1", "线索移送"),
    LeadState.NOT_FILED: ("LX2", "不立案"),
    LeadState.FILED: ("P1", "立案"),
    LeadState.MERGED: ("", "并案"),
}
CASE_STATE_LAW: dict[str, tuple[str, str]] = {
    CaseState.FILED: ("P1", "立案"),
    CaseState.INVESTIGATING: ("P2", "调查"),
    CaseState.INVESTIGATION_CLOSED: ("P3", "调查终结"),
    CaseState.ANNOUNCING: ("P4", "诉前公告"),
    CaseState.REVIEW_FOR_PROSECUTION: ("P5", "审查起诉"),
    CaseState.SUIT_DECIDED: ("P6", "决定起诉"),
    CaseState.TERMINATED: ("PX1", "终结案件"),
    CaseState.TRANSFERRED_FOR_SUIT: ("PX2", "移送其他检察院"),
    CaseState.SUPPORTING_PROSECUTION: ("PX3", "支持起诉"),
    CaseState.SUIT_SUBMITTED: ("C1", "起诉书送达法院"),
    CaseState.COURT_REJECTED: ("CX1", "不予受理 / 驳回起诉"),
    CaseState.COURT_ACCEPTED: ("C2", "法院立案"),
    CaseState.PRETRIAL: ("C3", "审理前准备"),
    CaseState.TRIAL: ("C4", "开庭审理"),
    CaseState.SETTLEMENT_ANNOUNCED: ("C5", "调解/和解协议公告"),
    CaseState.MEDIATION_EFFECTIVE: ("C6", "调解书生效"),
    CaseState.WITHDRAWN: ("CX2", "撤回起诉"),
    CaseState.LITIGATION_SUSPENDED: ("CX3", "中止诉讼"),
    CaseState.LITIGATION_TERMINATED: ("CX4", "终结诉讼"),
    CaseState.JUDGED_FIRST: ("C7", "一审裁判"),
    CaseState.SECOND_INSTANCE: ("C8", "二审"),
    CaseState.EFFECTIVE: ("C9", "裁判生效"),
    CaseState.RETRIAL: ("C10", "再审"),
    CaseState.PERFORMANCE_PERIOD: ("E1", "履行期间"),
    CaseState.ENFORCEMENT: ("E2", "执行"),
    CaseState.ENF_SUSPENDED: ("E3", "中止执行"),
    CaseState.ENF_ROUND_TERMINATED: ("E4", "终结本次执行程序"),
    CaseState.ENF_TERMINATED: ("E5", "终结执行"),
    CaseState.PERFORMED: ("E6", "履行/执行完毕"),
    CaseState.LOOK_BACK: ("E7", "回头看"),
    CaseState.CLOSED: ("E8", "结案"),
    CaseState.ARCHIVED: ("E9", "归档"),
    AdministrativeState.ADM_FILED: ("A1", "行政立案"),
    AdministrativeState.ADM_CONSULTING: ("A2", "磋商"),
    AdministrativeState.ADM_INVESTIGATION_CLOSED: ("A3", "行政调查终结"),
    AdministrativeState.ADM_REC_ISSUED: ("A4", "提出检察建议"),
    AdministrativeState.ADM_AWAITING_REPLY: ("A5", "等待整改回复"),
    AdministrativeState.ADM_FOLLOW_UP: ("A6", "跟进调查"),
    AdministrativeState.ADM_SUSPENDED: ("A6S", "中止审查"),
    AdministrativeState.ADM_REVIEW: ("A7", "审查履职"),
    AdministrativeState.ADM_SUIT: ("A8", "行政公益诉讼"),
    AdministrativeState.ADM_TERMINATED: ("AX1", "行政终结案件"),
    AdministrativeState.ADM_TRANSFERRED: ("AX2", "行政移送"),
}

# Which state usually follows (law 3.2): the way the stage track draws ahead of a matter. A display, no rule.
LEAD_USUAL: dict[str, str] = {
    LeadState.LEAD_REGISTERED: LeadState.LEAD_ASSESSING,
    LeadState.LEAD_ASSESSING: LeadState.FILED,
    LeadState.PRELIM_INVESTIGATION: LeadState.LEAD_ASSESSING,
    LeadState.NOT_FILED: LeadState.LEAD_ASSESSING,
}
CASE_USUAL: dict[str, str] = {
    CaseState.FILED: CaseState.INVESTIGATING,
    CaseState.INVESTIGATING: CaseState.INVESTIGATION_CLOSED,
    CaseState.INVESTIGATION_CLOSED: CaseState.ANNOUNCING,
    CaseState.ANNOUNCING: CaseState.REVIEW_FOR_PROSECUTION,
    CaseState.REVIEW_FOR_PROSECUTION: CaseState.SUIT_DECIDED,
    CaseState.SUIT_DECIDED: CaseState.SUIT_SUBMITTED,
    CaseState.TERMINATED: CaseState.CLOSED,
    CaseState.TRANSFERRED_FOR_SUIT: CaseState.CLOSED,
    CaseState.SUPPORTING_PROSECUTION: CaseState.CLOSED,
    CaseState.SUIT_SUBMITTED: CaseState.COURT_ACCEPTED,
    CaseState.COURT_REJECTED: CaseState.COURT_ACCEPTED,
    CaseState.COURT_ACCEPTED: CaseState.PRETRIAL,
    CaseState.PRETRIAL: CaseState.TRIAL,
    CaseState.TRIAL: CaseState.JUDGED_FIRST,
    CaseState.SETTLEMENT_ANNOUNCED: CaseState.MEDIATION_EFFECTIVE,
    CaseState.MEDIATION_EFFECTIVE: CaseState.PERFORMANCE_PERIOD,
    CaseState.WITHDRAWN: CaseState.CLOSED,
    CaseState.LITIGATION_SUSPENDED: CaseState.TRIAL,
    CaseState.LITIGATION_TERMINATED: CaseState.CLOSED,
    CaseState.JUDGED_FIRST: CaseState.EFFECTIVE,
    CaseState.SECOND_INSTANCE: CaseState.EFFECTIVE,
    CaseState.EFFECTIVE: CaseState.PERFORMANCE_PERIOD,
    CaseState.RETRIAL: CaseState.EFFECTIVE,
    CaseState.PERFORMANCE_PERIOD: CaseState.PERFORMED,
    CaseState.ENFORCEMENT: CaseState.PERFORMED,
    CaseState.ENF_SUSPENDED: CaseState.ENFORCEMENT,
    CaseState.ENF_ROUND_TERMINATED: CaseState.ENFORCEMENT,
    CaseState.ENF_TERMINATED: CaseState.CLOSED,
    CaseState.PERFORMED: CaseState.LOOK_BACK,
    CaseState.LOOK_BACK: CaseState.CLOSED,
    CaseState.CLOSED: CaseState.ARCHIVED,
}


ADMINISTRATIVE_USUAL: dict[str, str] = {
    AdministrativeState.ADM_FILED: AdministrativeState.ADM_CONSULTING,
    AdministrativeState.ADM_CONSULTING: AdministrativeState.ADM_INVESTIGATION_CLOSED,
    AdministrativeState.ADM_INVESTIGATION_CLOSED: AdministrativeState.ADM_REC_ISSUED,
    AdministrativeState.ADM_REC_ISSUED: AdministrativeState.ADM_AWAITING_REPLY,
    AdministrativeState.ADM_AWAITING_REPLY: AdministrativeState.ADM_FOLLOW_UP,
    AdministrativeState.ADM_FOLLOW_UP: AdministrativeState.ADM_REVIEW,
    AdministrativeState.ADM_SUSPENDED: AdministrativeState.ADM_FOLLOW_UP,
    AdministrativeState.ADM_REVIEW: AdministrativeState.ADM_TERMINATED,
    AdministrativeState.ADM_SUIT: AdministrativeState.CLOSED,
    AdministrativeState.ADM_TERMINATED: AdministrativeState.CLOSED,
    AdministrativeState.ADM_TRANSFERRED: AdministrativeState.CLOSED,
    AdministrativeState.CLOSED: AdministrativeState.ARCHIVED,
}


def stage_of(state: str) -> Stage:
    """Return the stage a case's state belongs to (column Stage of law 3.1; PX3 by law 14.1).

    Of the administrative track the suit (A8) is litigation; all that comes before it is not (law 3.9).
    """
    code = CASE_STATE_LAW[state][0]
    if state == AdministrativeState.ADM_SUIT:
        return Stage.LITIGATION
    if code.startswith("E"):
        return Stage.POST_LITIGATION
    return Stage.LITIGATION if code.startswith("C") else Stage.PRE_LITIGATION
