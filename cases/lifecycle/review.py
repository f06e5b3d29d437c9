"""From the expiry of the announcement to the decision to sue (P4 to P6, PX1 to PX3; law 3.2, 14.1).

Codes that begin with S are records law 3.2 has no number for; they leave the state as it is.
"""

from __future__ import annotations

from django.db import models

from cases.machine import HEAD_THEN_CHIEF, STATE, LegalDay, Proposer, declared
from cases.states import EVERY_STATE_OF_CASES, CaseState

ANNOUNCED = (CaseState.ANNOUNCING, CaseState.REVIEW_FOR_PROSECUTION)
# Law 3.2 writes T17 and T18 from P5 to P5, but law 14.2 lets the review period run on after the decision
# to sue, until the complaint is delivered (T22): what changes it is recorded for as long as it runs.
REVIEW_PERIOD_RUNS = (CaseState.REVIEW_FOR_PROSECUTION, CaseState.SUIT_DECIDED)


class Review(models.Model):
    """Replies to the announcement, review for prosecution, support, transfer, decision to sue."""

    class Meta:
        abstract = True

    @declared(
        STATE,
        code="T13",
        sources=ANNOUNCED,
        title_zh="记录公告答复",
        title_en="Log a reply to the announcement",
        article="Rules 93",
        event_kind="announcement_reply",
        proposer=Proposer.TEAM,
    )
    def log_reply(self) -> None:
        """Enter what an eligible body, a victim or an authority answered."""

    @declared(
        STATE,
        code="S01",
        sources=ANNOUNCED,
        title_zh="跟进公告答复",
        title_en="Follow a reply up",
        article="Rules 93",
        event_kind="announcement_reply_followed",
        proposer=Proposer.TEAM,
        requirements=("reply_to_follow",),
    )
    def follow_reply(self) -> None:
        """Enter what came of looking into a reply."""

    @declared(
        STATE,
        code="S02",
        sources=ANNOUNCED,
        title_zh="确认暂定期满日",
        title_en="Confirm a provisional last day",
        article="law 14.2",
        event_kind="provisional_day_confirmed",
        proposer=Proposer.CHIEF,
        requirements=("announcement_day_provisional",),
    )
    def confirm_provisional_day(self) -> None:
        """Take the last day of the announcement as certain before the year's notice is published."""

    @declared(
        STATE,
        code="T14",
        sources=ANNOUNCED,
        target=CaseState.SUPPORTING_PROSECUTION,
        title_zh="支持起诉",
        title_en="Support another's suit",
        article="Rules 90, 100, 101; CPL 58(2)",
        event_kind="support_begun",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=("plaintiff_of_rules_100",),
        act_requirements=("court_acceptance_proven",),
        makes_documents=("D-48",),
        legal_day=LegalDay.ACT,
    )
    def support(self) -> None:
        """Support the suit of an eligible plaintiff that a court has accepted."""

    @declared(
        STATE,
        code="T15",
        sources=ANNOUNCED,
        target=CaseState.TERMINATED,
        title_zh="他人起诉，终结案件",
        title_en="Terminate: another subject has sued",
        article="Rules 90(1)(4), 95",
        event_kind="case_terminated",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("other_subject_sued", "not_to_be_supported"),
        makes_documents=("D-44",),
    )
    def leave_to_plaintiff(self) -> None:
        """End the case because an eligible subject has sued and is not supported."""

    @declared(
        STATE,
        code="T16",
        sources=(CaseState.ANNOUNCING,),
        target=CaseState.REVIEW_FOR_PROSECUTION,
        title_zh="公告期满，转入审查起诉",
        title_en="Announcement expired: review for prosecution",
        article="Rules 47, 94; law 14.1",
        event_kind="announcement_expired",
        proposer=Proposer.SYSTEM,
        requirements=(
            "announcement_expired",
            "announcement_day_settled",
            "publication_stored",
            "replies_followed",
        ),
        legal_day=LegalDay.ACT,
    )
    def expire_announcement(self) -> None:
        """Begin the review; its day is the last day of the announcement."""

    @declared(
        STATE,
        code="T17",
        sources=REVIEW_PERIOD_RUNS,
        title_zh="延长审查起诉期限",
        title_en="Extend the review by one month",
        article="Rules 47",
        event_kind="review_extended",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("review_running", "extension_ground", "not_extended_before"),
    )
    def extend_review(self) -> None:
        """Add one month in a major, difficult or complex case."""

    @declared(
        STATE,
        code="T17-2",
        sources=REVIEW_PERIOD_RUNS,
        title_zh="报请上一级院批准延长",
        title_en="Further extension by the next-higher office",
        article="Rules 47",
        event_kind="review_extended_further",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=("review_running", "extension_ground", "extended_before"),
        act_requirements=("new_end_named", "superior_approval_stored"),
        legal_day=LegalDay.ACT,
    )
    def extend_review_further(self) -> None:
        """Take the new end from the approval of the next-higher office."""

    @declared(
        STATE,
        code="T18",
        sources=REVIEW_PERIOD_RUNS,
        title_zh="委托鉴定等",
        title_en="Commission an appraisal or the like",
        article="Rules 41, 48",
        event_kind="work_commissioned",
        proposer=Proposer.HANDLER,
    )
    def commission_work(self) -> None:
        """Send out work whose time does not count in the review."""

    @declared(
        STATE,
        code="T18-2",
        sources=REVIEW_PERIOD_RUNS,
        title_zh="收到鉴定等报告",
        title_en="Report of commissioned work received",
        article="Rules 48",
        event_kind="work_reported",
        proposer=Proposer.HANDLER,
        requirements=("commission_open",),
    )
    def receive_report(self) -> None:
        """Enter the report; the review runs on."""

    @declared(
        STATE,
        code="S03",
        sources=(CaseState.REVIEW_FOR_PROSECUTION,),
        title_zh="审查终结",
        title_en="Report the review",
        article="Rules 94",
        event_kind="review_reported",
        proposer=Proposer.HANDLER,
        makes_documents=("D-43",),
    )
    def report_review(self) -> None:
        """State the result of the review: terminate, transfer or sue."""

    @declared(
        STATE,
        code="S04",
        sources=EVERY_STATE_OF_CASES,
        title_zh="检察委员会决定",
        title_en="Decision of the procuratorial committee",
        article="PCR 8, 11, 14, 21; POL 32",
        event_kind="committee_decided",
        proposer=Proposer.COMMITTEE_SECRETARY,
        requirements=("committee_quorum",),
    )
    def record_committee_decision(self) -> None:
        """Enter what the committee decided on this case, with its votes and minutes."""

    @declared(
        STATE,
        code="S05",
        sources=EVERY_STATE_OF_CASES,
        title_zh="检委会决定执行完毕",
        title_en="Committee decision executed",
        article="PCR 32",
        event_kind="committee_decision_executed",
        proposer=Proposer.HANDLER,
        requirements=("committee_decision_stands",),
    )
    def execute_committee_decision(self) -> None:
        """Enter that the decision was executed; the feedback is due within five days."""

    @declared(
        STATE,
        code="S06",
        sources=EVERY_STATE_OF_CASES,
        title_zh="反馈检委会决定执行情况",
        title_en="Feedback on a committee decision",
        article="PCR 32",
        event_kind="committee_feedback_given",
        proposer=Proposer.HANDLER,
        requirements=("committee_decision_executed",),
    )
    def give_committee_feedback(self) -> None:
        """Enter the feedback form."""

    @declared(
        STATE,
        code="T19",
        sources=(CaseState.REVIEW_FOR_PROSECUTION,),
        target=CaseState.TERMINATED,
        title_zh="审查后终结案件",
        title_en="Terminate after the review",
        article="Rules 90, 94(1), 95",
        event_kind="case_terminated",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("review_proposes_termination", "termination_ground", "not_to_be_supported"),
        needs_documents=("D-43",),
        makes_documents=("D-44",),
    )
    def terminate_after_review(self) -> None:
        """End the case on a ground of Rules 90 that the review found."""

    @declared(
        STATE,
        code="T20",
        sources=(CaseState.REVIEW_FOR_PROSECUTION,),
        target=CaseState.TRANSFERRED_FOR_SUIT,
        title_zh="移送有管辖权的检察院起诉",
        title_en="Transfer to the office matching the court",
        article="Rules 16, 47, 94(3)",
        event_kind="case_transferred",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=(
            "review_proposes_transfer",
            "target_matches_court",
            "court_of_the_target_competent",
            "own_office_does_not_match",
            "transfer_follows_designation",
        ),
        act_requirements=("transfer_letter_issued", "transfer_proven"),
        needs_documents=("D-43", "D-47"),
        legal_day=LegalDay.ACT,
    )
    def transfer_for_suit(self) -> None:
        """Hand the file to the office at the competent court; its review begins with its receipt."""

    @declared(
        STATE,
        code="T21",
        sources=(CaseState.REVIEW_FOR_PROSECUTION,),
        target=CaseState.SUIT_DECIDED,
        title_zh="决定起诉",
        title_en="Decide to sue",
        article="Rules 94(2), 96; CPL 58; JI 13",
        event_kind="suit_decided",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=(
            "review_proposes_suit",
            "harm_persists",
            "announcement_elapsed",
            "announcement_day_settled",
            "no_eligible_plaintiff",
            "eligible_subjects_known",
            "defendant_identified",
            "committee_agreed",
            "review_period_kept",
        ),
        needs_documents=("D-43",),
    )
    def decide_suit(self) -> None:
        """Decide to sue; the review period runs until the complaint reaches the court."""

    @declared(
        STATE,
        code="T65",
        sources=(CaseState.SUIT_DECIDED,),
        target=CaseState.REVIEW_FOR_PROSECUTION,
        title_zh="撤销起诉决定",
        title_en="Revoke the decision to sue",
        article="law 14.1",
        event_kind="suit_decision_revoked",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("revocation_reason",),
    )
    def revoke_suit(self) -> None:
        """Go back to the review before anything was delivered to the court."""

    @declared(
        STATE,
        code="S60",
        sources=(CaseState.SUPPORTING_PROSECUTION,),
        title_zh="支持起诉工作记录",
        title_en="Act of support",
        article="Rules 101",
        event_kind="support_given",
        proposer=Proposer.TEAM,
        requirements=("support_as_decided",),
    )
    def give_support(self) -> None:
        """Enter advice, an opinion to the court, help with evidence or attendance, with its paper."""

    @declared(
        STATE,
        code="T59",
        sources=(CaseState.SUPPORTING_PROSECUTION,),
        target=CaseState.FILED,
        title_zh="撤回支持起诉并立案",
        title_en="Withdraw support and file",
        article="Rules 102, 103",
        event_kind="support_withdrawn",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=(
            "ground_of_rules_102",
            "plaintiffs_claims_insufficient",
            "public_interest_harmed",
            "unlawful_act_possible",
            "numerous_individuals_assessed",
            "violator_known_or_severe",
            "legal_basis_in_force",
        ),
        makes_documents=("D-49", "D-05", "D-06"),
    )
    def withdraw_support(self) -> None:
        """Stop supporting a plaintiff who no longer protects the public interest, and go on alone."""

    @declared(
        STATE,
        code="S07",
        sources=tuple(CaseState),
        title_zh="送交撤回支持起诉决定书",
        title_en="Withdrawal of support delivered",
        article="Rules 102",
        event_kind="support_withdrawal_served",
        proposer=Proposer.TEAM,
        requirements=("support_withdrawn_before",),
    )
    def deliver_withdrawal(self) -> None:
        """Enter that court and plaintiff have received the withdrawal."""
