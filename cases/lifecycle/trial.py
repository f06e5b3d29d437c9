"""Preparation, trial, settlement, withdrawal, first judgment (C2 to C7, CX2 to CX4; law 3.2, 3.7).

What the court decides needs no approval of the office: the handling team records it with the paper that
proves it. Codes that begin with S are records law 3.2 has no number for.
"""

from __future__ import annotations

from django.db import models

from cases.machine import HEAD_THEN_CHIEF, STATE, LegalDay, Proposer, declared
from cases.states import AT_FIRST_INSTANCE, CaseState

PREPARED = (CaseState.PRETRIAL, CaseState.TRIAL)


class Trial(models.Model):
    """From the registration by the court to the first judgment."""

    class Meta:
        abstract = True

    @declared(
        STATE,
        code="S12",
        sources=(*AT_FIRST_INSTANCE, CaseState.LITIGATION_SUSPENDED),
        title_zh="起诉状副本送达被告",
        title_en="Complaint served on a defendant",
        article="CPL 128, 285; JI 17",
        event_kind="complaint_served",
        proposer=Proposer.TEAM,
        requirements=("served_once",),
    )
    def serve_complaint(self) -> None:
        """The court served the complaint on one defendant."""

    @declared(
        STATE,
        code="S13",
        sources=AT_FIRST_INSTANCE,
        title_zh="被告答辩",
        title_en="Defence of a defendant",
        article="CPL 128",
        event_kind="defence_received",
        proposer=Proposer.TEAM,
        requirements=("complaint_reached_defendant",),
    )
    def receive_defence(self) -> None:
        """A defendant's statement arrived."""

    @declared(
        STATE,
        code="S14",
        sources=AT_FIRST_INSTANCE,
        title_zh="人民法院告知行政主管部门",
        title_en="Court notifies the administrative departments",
        article="CPLI 284",
        event_kind="departments_notified",
        proposer=Proposer.TEAM,
    )
    def notify_departments(self) -> None:
        """The court's notice to the competent departments became known."""

    @declared(
        STATE,
        code="T25",
        sources=(CaseState.COURT_ACCEPTED,),
        target=CaseState.PRETRIAL,
        title_zh="审理前准备",
        title_en="Preparation of the trial",
        article="CPL 128, 130; EVID 51",
        event_kind="preparation_begun",
        proposer=Proposer.TEAM,
        requirements=("evidence_period_long_enough",),
    )
    def prepare_trial(self) -> None:
        """The court orders what prepares the trial."""

    @declared(
        STATE,
        code="T26",
        sources=PREPARED,
        title_zh="其他适格主体申请参加诉讼",
        title_en="Another eligible body joins",
        article="CPLI 285",
        event_kind="plaintiff_joined",
        proposer=Proposer.TEAM,
        requirements=("court_permits_joining", "before_the_hearing"),
    )
    def join_plaintiff(self) -> None:
        """A co-plaintiff the court has admitted, before the hearing."""

    @declared(
        STATE,
        code="T27",
        sources=PREPARED,
        title_zh="反诉不予受理",
        title_en="Counterclaim refused",
        article="JI 16",
        event_kind="counterclaim_refused",
        proposer=Proposer.TEAM,
    )
    def refuse_counterclaim(self) -> None:
        """A counterclaim is always refused and opens no claim."""

    @declared(
        STATE,
        code="T53",
        sources=(CaseState.PRETRIAL,),
        title_zh="案件移送其他人民法院管辖",
        title_en="Moved to another court",
        article="CPL 130, 157, 171",
        event_kind="court_changed",
        proposer=Proposer.TEAM,
        requirements=("new_court_is_competent", "objection_in_time"),
    )
    def change_court(self) -> None:
        """The case goes on before another court."""

    @declared(
        STATE,
        code="S61",
        sources=AT_FIRST_INSTANCE,
        title_zh="裁定驳回管辖权异议",
        title_en="Objection to jurisdiction refused",
        article="CPL 130, 157, 171",
        event_kind="jurisdiction_objection_refused",
        proposer=Proposer.TEAM,
    )
    def refuse_jurisdiction_objection(self) -> None:
        """The court stays competent; whoever objected may appeal within ten days of the service."""

    @declared(
        STATE,
        code="S61-2",
        sources=AT_FIRST_INSTANCE,
        title_zh="对管辖权裁定上诉",
        title_en="Appeal against a ruling on jurisdiction",
        article="CPL 157, 171",
        event_kind="jurisdiction_ruling_appealed",
        proposer=Proposer.TEAM,
        requirements=("jurisdiction_appeal_in_time",),
    )
    def appeal_jurisdiction_ruling(self) -> None:
        """The party on whom the ruling was served appeals within its ten days."""

    @declared(
        STATE,
        code="S08",
        sources=AT_FIRST_INSTANCE,
        title_zh="不计入审理期限的期间开始",
        title_en="Time not counted begins",
        article="CPLI 243",
        event_kind="trial_time_excluded",
        proposer=Proposer.TEAM,
    )
    def exclude_trial_time(self) -> None:
        """Announcement, appraisal, settlement or a dispute about jurisdiction stops the trial period."""

    @declared(
        STATE,
        code="S08-2",
        sources=AT_FIRST_INSTANCE,
        title_zh="不计入审理期限的期间结束",
        title_en="Time not counted ends",
        article="CPLI 243",
        event_kind="trial_time_counts_again",
        proposer=Proposer.TEAM,
        requirements=("exclusion_open",),
    )
    def count_trial_time(self) -> None:
        """The trial period runs on."""

    @declared(
        STATE,
        code="S09",
        sources=AT_FIRST_INSTANCE,
        title_zh="延长审理期限",
        title_en="Trial period extended by the court",
        article="CPL 152",
        event_kind="trial_extended",
        proposer=Proposer.TEAM,
        requirements=("trial_end_is_later", "president_gives_six_months"),
    )
    def extend_trial(self) -> None:
        """The president of the court, or the superior court, gave more time."""

    @declared(
        STATE,
        code="S15",
        sources=PREPARED,
        title_zh="人民法院释明",
        title_en="Explanation by the court",
        article="JI 18",
        event_kind="court_explained",
        proposer=Proposer.TEAM,
    )
    def log_explanation(self) -> None:
        """The court pointed out that claims are insufficient; what the office does about it is stated."""

    @declared(
        STATE,
        code="T28",
        sources=PREPARED,
        title_zh="变更、增加诉讼请求",
        title_en="Change or add claims",
        article="CPLI 232; JI 18",
        event_kind="claims_changed",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=("change_names_its_claim", "claim_is_measurable"),
        act_requirements=(
            "change_of_claims_issued",
            "debate_open_or_court_record",
            "delivery_receipt",
        ),
        needs_documents=("D-54",),
        legal_day=LegalDay.ACT,
    )
    def change_claims(self) -> None:
        """Change, add or drop a claim before the debate closes."""

    @declared(
        STATE,
        code="S16",
        sources=AT_FIRST_INSTANCE,
        title_zh="诉讼请求已实现",
        title_en="Claim realised",
        article="Rules 99; JI 19",
        event_kind="claim_realised",
        proposer=Proposer.HANDLER,
        requirements=("claim_stands",),
    )
    def realise_claim(self) -> None:
        """What was claimed has been done, with the proof."""

    @declared(
        STATE,
        code="T29",
        sources=(CaseState.PRETRIAL,),
        target=CaseState.TRIAL,
        title_zh="开庭通知",
        title_en="Hearing notice received",
        article="CPL 139; JI 8; Rules 49",
        event_kind="hearing_noticed",
        proposer=Proposer.TEAM,
        requirements=("a_prosecutor_attends", "hearing_notice_in_time"),
    )
    def open_trial(self) -> None:
        """The court has set the hearing; the office names who attends."""

    @declared(
        STATE,
        code="T29-2",
        sources=(CaseState.TRIAL,),
        title_zh="再次开庭通知",
        title_en="Notice of a further hearing received",
        article="CPL 139; JI 8; Rules 49",
        event_kind="hearing_noticed",
        proposer=Proposer.TEAM,
        requirements=("a_prosecutor_attends", "hearing_notice_in_time"),
    )
    def set_further_hearing(self) -> None:
        """The court has set another hearing, also after a remand; the office names who attends."""

    @declared(
        STATE,
        code="T29-3",
        sources=(CaseState.SECOND_INSTANCE,),
        title_zh="二审开庭通知",
        title_en="Hearing notice of the second instance received",
        article="CPL 139; JI 8; Rules 49, 63",
        event_kind="hearing_noticed",
        proposer=Proposer.TEAM,
        requirements=("a_prosecutor_attends", "hearing_notice_in_time"),
    )
    def set_hearing_on_appeal(self) -> None:
        """The court of second instance has set a hearing; the office names who attends for it."""

    @declared(
        STATE,
        code="S17",
        sources=(CaseState.TRIAL, CaseState.SECOND_INSTANCE),
        title_zh="送交派员出庭通知书",
        title_en="Notice of attending staff delivered",
        article="Rules 49; JI 8",
        event_kind="attendance_notified",
        proposer=Proposer.TEAM,
        requirements=(
            "attendance_notice_issued",
            "a_prosecutor_attends",
            "attendance_follows_notice",
        ),
        needs_documents=("D-50",),
    )
    def notify_attendance(self) -> None:
        """The court was told who attends, within three days."""

    @declared(
        STATE,
        code="S18",
        sources=(CaseState.TRIAL,),
        title_zh="开庭审理情况",
        title_en="Hearing held",
        article="CPL 40; JURY 16; Rules 49-57",
        event_kind="hearing_held",
        proposer=Proposer.TEAM,
        requirements=("a_prosecutor_attends", "panel_of_seven"),
    )
    def hold_hearing(self) -> None:
        """A hearing took place; whether the debate has closed is stated."""

    @declared(
        STATE,
        code="T30",
        sources=(CaseState.TRIAL,),
        target=CaseState.SETTLEMENT_ANNOUNCED,
        title_zh="调解、和解协议公告",
        title_en="Settlement published",
        article="Rules 99; CPLI 287",
        event_kind="settlement_published",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("settlement_not_below_the_claims",),
        act_requirements=("settlement_opinion_issued", "published_by_the_court"),
        needs_documents=("D-59",),
        legal_day=LegalDay.ACT,
    )
    def publish_settlement(self) -> None:
        """An agreement is reached and the court publishes it for at least thirty days."""

    @declared(
        STATE,
        code="T31",
        sources=(CaseState.SETTLEMENT_ANNOUNCED,),
        target=CaseState.MEDIATION_EFFECTIVE,
        title_zh="调解书生效",
        title_en="Mediation document effective",
        article="CPLI 287; CPL 100",
        event_kind="mediation_effective",
        proposer=Proposer.TEAM,
        requirements=("settlement_publication_over", "court_found_no_harm"),
    )
    def make_mediation_effective(self) -> None:
        """Both sides have signed for the mediation document after the publication."""

    @declared(
        STATE,
        code="T32",
        sources=(CaseState.SETTLEMENT_ANNOUNCED,),
        target=CaseState.TRIAL,
        title_zh="协议损害公共利益，继续审理",
        title_en="Agreement refused, trial goes on",
        article="CPLI 287",
        event_kind="settlement_refused",
        proposer=Proposer.TEAM,
        requirements=("settled_in_trial",),
    )
    def refuse_settlement(self) -> None:
        """The court finds that the agreement harms the public interest."""

    @declared(
        STATE,
        code="T32-2",
        sources=(CaseState.SETTLEMENT_ANNOUNCED,),
        target=CaseState.SECOND_INSTANCE,
        title_zh="协议损害公共利益，二审继续审理",
        title_en="Agreement refused, second instance goes on",
        article="CPLI 287; CPL 179",
        event_kind="settlement_refused",
        proposer=Proposer.TEAM,
        requirements=("settled_at_second_instance",),
    )
    def refuse_settlement_on_appeal(self) -> None:
        """The court of second instance finds that the agreement harms the public interest."""

    @declared(
        STATE,
        code="S22",
        sources=AT_FIRST_INSTANCE,
        title_zh="撤回起诉决定书送交人民法院",
        title_en="Withdrawal handed to the court",
        article="Rules 99; JI 19",
        event_kind="withdrawal_submitted",
        proposer=Proposer.TEAM,
        requirements=("withdrawal_decided", "withdrawal_issued"),
        needs_documents=("D-55",),
        spends_documents=False,
    )
    def submit_withdrawal(self) -> None:
        """Hand the decision to the court, within three days; the court then allows it or not."""

    @declared(
        STATE,
        code="T33",
        sources=AT_FIRST_INSTANCE,
        target=CaseState.WITHDRAWN,
        title_zh="撤回起诉",
        title_en="Withdraw the suit",
        article="Rules 99; JI 19; CPL 148; CPLI 288",
        event_kind="suit_withdrawn",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("all_claims_realised", "debate_not_closed"),
        act_requirements=(
            "withdrawal_issued",
            "withdrawal_submitted",
            "court_allows_withdrawal",
        ),
        needs_documents=("D-55",),
        legal_day=LegalDay.ACT,
    )
    def withdraw_suit(self) -> None:
        """End the suit because everything claimed has been realised."""

    @declared(
        STATE,
        code="T34",
        sources=PREPARED,
        target=CaseState.LITIGATION_SUSPENDED,
        title_zh="中止诉讼",
        title_en="Litigation suspended",
        article="CPL 153",
        event_kind="litigation_suspended",
        proposer=Proposer.TEAM,
        requirements=("suspension_ground",),
    )
    def suspend(self) -> None:
        """The court suspends; the state to return to is the one that was left."""

    @declared(
        STATE,
        code="T34-2",
        sources=(CaseState.LITIGATION_SUSPENDED,),
        target=CaseState.PRETRIAL,
        title_zh="恢复诉讼（审理前准备）",
        title_en="Litigation resumed in preparation",
        article="CPL 153",
        event_kind="litigation_resumed",
        proposer=Proposer.TEAM,
        requirements=("suspended_in_preparation",),
    )
    def resume_preparation(self) -> None:
        """Go on where the suspension came."""

    @declared(
        STATE,
        code="T34-3",
        sources=(CaseState.LITIGATION_SUSPENDED,),
        target=CaseState.TRIAL,
        title_zh="恢复诉讼（开庭审理）",
        title_en="Litigation resumed in trial",
        article="CPL 153",
        event_kind="litigation_resumed",
        proposer=Proposer.TEAM,
        requirements=("suspended_in_trial",),
    )
    def resume_trial(self) -> None:
        """Go on where the suspension came."""

    @declared(
        STATE,
        code="T35",
        sources=(*PREPARED, CaseState.LITIGATION_SUSPENDED),
        target=CaseState.LITIGATION_TERMINATED,
        title_zh="终结诉讼",
        title_en="Litigation terminated",
        article="CPL 154",
        event_kind="litigation_terminated",
        proposer=Proposer.TEAM,
        requirements=("termination_ground_of_trial",),
    )
    def terminate_litigation(self) -> None:
        """The court ends the litigation on a ground of CPL 154."""

    @declared(
        STATE,
        code="T36",
        sources=(CaseState.TRIAL,),
        target=CaseState.JUDGED_FIRST,
        title_zh="一审判决",
        title_en="First-instance judgment",
        article="CPL 151, 171; Rules 58",
        event_kind="judged",
        proposer=Proposer.TEAM,
        requirements=("debate_closed", "pronounced_in_public"),
    )
    def judge(self) -> None:
        """The judgment was pronounced; each party's appeal period runs from its own service."""
