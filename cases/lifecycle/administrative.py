"""The case against an authority that failed its duty, from its filing to its review (A1 to A7; law 3.9).

One case an authority (Rules 69); a case stays on this track. Codes that begin with S are records law 3.9
has no number for; they leave the state as it is. What holds for every case, such as directions of a higher
office, more time, archive, is declared with the civil case.
"""

from __future__ import annotations

from django.db import models

from cases.machine import HEAD_THEN_CHIEF, STATE, Proposer, declared
from cases.states import (
    RECOMMENDED,
    UNDER_ADMINISTRATIVE_INVESTIGATION,
    AdministrativeState,
    CaseState,
)

# Where another body is seen to have failed as well, its own case is filed beside (Rules 69).
BESIDE = (
    CaseState.FILED,
    CaseState.INVESTIGATING,
    CaseState.INVESTIGATION_CLOSED,
    CaseState.ANNOUNCING,
    CaseState.REVIEW_FOR_PROSECUTION,
    CaseState.SUIT_DECIDED,
    *(state for state in AdministrativeState if state not in ("closed", "archived")),
)
# From the recommendation to the end of the pre-suit procedure; the suit has answers of its own.
RECEIVED = (AdministrativeState.ADM_REC_ISSUED, *RECOMMENDED, AdministrativeState.ADM_SUIT)
ASSESSED_IN = (
    AdministrativeState.ADM_AWAITING_REPLY,
    AdministrativeState.ADM_FOLLOW_UP,
    AdministrativeState.ADM_REVIEW,
    AdministrativeState.ADM_SUIT,
)


class Administrative(models.Model):
    """Consultation, recommendation, follow-up and review (Rules 67-80)."""

    class Meta:
        abstract = True

    @declared(
        STATE,
        code="A-1-2",
        sources=BESIDE,
        title_zh="对行政机关另行立案",
        title_en="File beside it against an authority",
        article="Rules 67-70",
        event_kind="administrative_case_split",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=(
            "authority_has_the_duty",
            "harm_by_the_authority",
            "authority_may_have_failed",
            "one_case_an_authority",
            "administrative_basis_in_force",
        ),
        makes_documents=("D-06",),
    )
    def file_against_authority(self) -> None:
        """Open a case against an authority beside this one, which goes on.

        The filing form D-05 belongs to a lead; here the approval form of the proposal stands for it.
        """

    @declared(
        STATE,
        code="A-2",
        sources=(AdministrativeState.ADM_FILED,),
        target=AdministrativeState.ADM_CONSULTING,
        title_zh="开展磋商",
        title_en="Consult the authority",
        article="Rules 70",
        event_kind="consultation_begun",
        proposer=Proposer.HANDLER,
        requirements=("way_of_consultation",),
    )
    def consult(self) -> None:
        """Meet the authority, or write to it to confirm the facts; nobody has to."""

    @declared(
        STATE,
        code="A-2-2",
        sources=(AdministrativeState.ADM_CONSULTING,),
        title_zh="记录磋商结果",
        title_en="Record what the consultation came to",
        article="Rules 70",
        event_kind="consultation_held",
        proposer=Proposer.TEAM,
        requirements=("consultation_is_documented",),
    )
    def record_consultation(self) -> None:
        """What was agreed or confirmed, with the minutes or the letter that shows it."""

    @declared(
        STATE,
        code="A-3",
        sources=UNDER_ADMINISTRATIVE_INVESTIGATION,
        title_zh="记录调查认定",
        title_en="Record a finding of the investigation",
        article="Rules 71-72",
        event_kind="authority_investigated",
        proposer=Proposer.TEAM,
        requirements=("finding_rests_on_something",),
    )
    def investigate(self) -> None:
        """Harm, duty, failure or causal link, as the investigation found it."""

    @declared(
        STATE,
        code="A-4",
        sources=UNDER_ADMINISTRATIVE_INVESTIGATION,
        target=AdministrativeState.ADM_INVESTIGATION_CLOSED,
        title_zh="行政调查终结",
        title_en="Close the investigation of the authority",
        article="Rules 73, 75",
        event_kind="administrative_investigation_closed",
        proposer=Proposer.HANDLER,
        requirements=("four_findings", "consultation_came_to_an_end"),
    )
    def close_administrative_investigation(self) -> None:
        """Propose to terminate or to recommend, and nothing else."""

    @declared(
        STATE,
        code="A-4-2",
        sources=(AdministrativeState.ADM_INVESTIGATION_CLOSED,),
        target=AdministrativeState.ADM_TERMINATED,
        title_zh="终结案件（调查后）",
        title_en="Terminate after the investigation",
        article="Rules 74",
        event_kind="administrative_case_terminated",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("report_proposes_no_recommendation", "ground_of_rules_74"),
        needs_documents=("D-40",),
        makes_documents=("D-44",),
    )
    def terminate_investigation(self) -> None:
        """No illegality, the interest is protected, or the authority has fully remedied it."""

    @declared(
        STATE,
        code="A-5",
        sources=(AdministrativeState.ADM_INVESTIGATION_CLOSED,),
        target=AdministrativeState.ADM_REC_ISSUED,
        title_zh="提出检察建议",
        title_en="Recommend",
        article="Rules 75",
        event_kind="recommendation_decided",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=(
            "report_proposes_recommendation",
            "recommendation_has_measures",
            "recommendation_names_a_period",
            "level_of_the_addressee",
        ),
        needs_documents=("D-40",),
        makes_documents=("D-70",),
    )
    def recommend(self) -> None:
        """Ask the authority to perform its duty within the period the recommendation names."""

    @declared(
        STATE,
        code="A-6",
        sources=(AdministrativeState.ADM_REC_ISSUED,),
        target=AdministrativeState.ADM_AWAITING_REPLY,
        title_zh="行政机关收到检察建议",
        title_en="The authority has the recommendation",
        article="Rules 75-76; JI 21",
        event_kind="recommendation_received",
        proposer=Proposer.TEAM,
        requirements=(
            "recommendation_is_served",
            "day_of_receipt_is_that_of_service",
            "paper_says_the_recommendation",
        ),
    )
    def begin_waiting(self) -> None:
        """Its periods run from the receipt and from nothing else."""

    @declared(
        STATE,
        code="S81",
        sources=RECEIVED,
        title_zh="检察建议备案",
        title_en="Record the recommendation with the next-higher office",
        article="Rules 75",
        event_kind="recommendation_recorded",
        proposer=Proposer.TEAM,
        requirements=("recommendation_is_served", "record_is_shown"),
    )
    def record_with_superior(self) -> None:
        """The next-higher office has the recommendation on record."""

    @declared(
        STATE,
        code="A-6-2",
        sources=(*RECOMMENDED, AdministrativeState.ADM_SUIT),
        title_zh="记录行政机关回复",
        title_en="Log the authority's reply",
        article="JI 21; Rules 77",
        event_kind="authority_replied",
        proposer=Proposer.TEAM,
        requirements=("reply_is_stored", "reply_after_the_service"),
    )
    def log_authority_reply(self) -> None:
        """What it answered to each measure; an answer is read, not believed."""

    @declared(
        STATE,
        code="S80",
        sources=ASSESSED_IN,
        title_zh="评估整改措施",
        title_en="Assess a measure",
        article="Rules 77, 82",
        event_kind="measure_assessed",
        proposer=Proposer.TEAM,
        requirements=("measure_of_this_case", "assessment_rests_on_proof"),
    )
    def assess_measure(self) -> None:
        """Done, partly, not, or on paper only; and when it is tested again."""

    @declared(
        STATE,
        code="A-7",
        sources=(AdministrativeState.ADM_AWAITING_REPLY,),
        target=AdministrativeState.ADM_FOLLOW_UP,
        title_zh="跟进调查",
        title_en="Follow up",
        article="Rules 77",
        event_kind="follow_up_begun",
        proposer=Proposer.HANDLER,
        requirements=("replied_or_time_is_over",),
    )
    def follow_up(self) -> None:
        """See for oneself whether the duty was performed and the interest is protected."""

    @declared(
        STATE,
        code="S82",
        sources=(AdministrativeState.ADM_FOLLOW_UP, AdministrativeState.ADM_SUSPENDED),
        title_zh="跟进调查记录",
        title_en="Record of a follow-up",
        article="Rules 77",
        event_kind="follow_up_recorded",
        proposer=Proposer.TEAM,
        requirements=("follow_up_by_two",),
    )
    def record_follow_up(self) -> None:
        """What was seen on the spot, by whom, with what proves it."""

    @declared(
        STATE,
        code="A-7-2",
        sources=(AdministrativeState.ADM_FOLLOW_UP,),
        target=AdministrativeState.ADM_SUSPENDED,
        title_zh="中止审查",
        title_en="Suspend the review",
        article="Rules 78",
        event_kind="administrative_review_suspended",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("objective_obstacle",),
        makes_documents=("D-74",),
    )
    def suspend_review(self) -> None:
        """The authority cannot act yet, for a reason that does not lie with it."""

    @declared(
        STATE,
        code="S83",
        sources=(AdministrativeState.ADM_SUSPENDED, AdministrativeState.ADM_FOLLOW_UP),
        title_zh="中止审查备案",
        title_en="Record the suspension with the next-higher office",
        article="Rules 78",
        event_kind="suspension_recorded",
        proposer=Proposer.TEAM,
        requirements=("review_was_suspended", "record_is_shown"),
    )
    def record_suspension(self) -> None:
        """The next-higher office has the suspension on record; no period is set for it."""

    @declared(
        STATE,
        code="A-7-3",
        sources=(AdministrativeState.ADM_SUSPENDED,),
        target=AdministrativeState.ADM_FOLLOW_UP,
        title_zh="恢复审查",
        title_en="Resume the review",
        article="Rules 78",
        event_kind="administrative_review_resumed",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("obstacle_is_gone",),
        makes_documents=("D-74",),
    )
    def resume_review(self) -> None:
        """The obstacle is gone: the review runs on."""

    @declared(
        STATE,
        code="A-7-4",
        sources=RECOMMENDED,
        title_zh="通报或者报告",
        title_en="Escalate",
        article="Rules 45; PRR 20, 25",
        event_kind="recommendation_escalated",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("escalation_says_to_whom", "reply_time_is_over"),
        makes_documents=("D-75",),
    )
    def escalate(self) -> None:
        """Tell those above the body, or the people's congress, or supervision, by the chief's decision."""

    @declared(
        STATE,
        code="A-8",
        sources=(AdministrativeState.ADM_FOLLOW_UP,),
        target=AdministrativeState.ADM_REVIEW,
        title_zh="审查履职情况",
        title_en="Review the performance",
        article="Rules 47, 79",
        event_kind="performance_review_begun",
        proposer=Proposer.HANDLER,
        requirements=("measures_are_assessed", "rectification_is_over"),
    )
    def review_performance(self) -> None:
        """Everything was looked at: is the case ended, transferred or brought to court?"""

    @declared(
        STATE,
        code="A-8-2",
        sources=(AdministrativeState.ADM_REVIEW,),
        target=AdministrativeState.ADM_TERMINATED,
        title_zh="终结案件（审查后）",
        title_en="Terminate after the review",
        article="Rules 74, 79",
        event_kind="administrative_case_terminated",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("ground_of_rules_74", "measures_are_final"),
        needs_documents=("D-43",),
        makes_documents=("D-44",),
    )
    def terminate_review(self) -> None:
        """Every measure is final and the interest is protected."""

    @declared(
        STATE,
        code="A-8-3",
        sources=(AdministrativeState.ADM_REVIEW,),
        target=AdministrativeState.ADM_TRANSFERRED,
        title_zh="移送其他人民检察院",
        title_en="Transfer to another procuratorate",
        article="Rules 16, 79",
        event_kind="administrative_case_transferred",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=("receiving_office_is_another", "transfer_letter_issued"),
        needs_documents=("D-43", "D-47"),
    )
    def transfer_administrative_case(self) -> None:
        """The competent court lies in another office's area."""
