"""From the first judgment to an effective one, and retrial (C6 to C10; law 3.2, 3.7).

Codes that begin with S are records law 3.2 has no number for.
"""

from __future__ import annotations

from django.db import models

from cases.machine import HEAD_THEN_CHIEF, STATE, LegalDay, Proposer, declared
from cases.states import DECISION_EFFECTIVE, CaseState, Stage, stage_of

JUDGED = (CaseState.JUDGED_FIRST, CaseState.SECOND_INSTANCE)
COURT_HAS_DECIDED = (
    CaseState.MEDIATION_EFFECTIVE,
    CaseState.JUDGED_FIRST,
    CaseState.SECOND_INSTANCE,
    CaseState.EFFECTIVE,
    CaseState.RETRIAL,
)
# The court may answer an application for retrial while its judgment is performed or enforced.
RETRIAL_ASKED = (
    *COURT_HAS_DECIDED,
    *(
        state
        for state in CaseState
        if stage_of(state) == Stage.POST_LITIGATION
        and state not in (CaseState.CLOSED, CaseState.ARCHIVED)
    ),
)
FINAL = (CaseState.MEDIATION_EFFECTIVE, CaseState.EFFECTIVE)
# While something is owed a paragraph that was forgotten is still entered.
OWED = (
    CaseState.PERFORMANCE_PERIOD,
    CaseState.ENFORCEMENT,
    CaseState.ENF_SUSPENDED,
    CaseState.ENF_ROUND_TERMINATED,
)
ENDED_BEFORE_SUIT = (
    CaseState.TERMINATED,
    CaseState.TRANSFERRED_FOR_SUIT,
    CaseState.SUPPORTING_PROSECUTION,
)

# A report that was forgotten is made up for as long as the case is not closed; a rejected suit may be
# accepted after all, brought again, or given up in any way a case ends before suit.
SINCE_JUDGMENT = tuple(
    state
    for state in CaseState
    if (stage_of(state) != Stage.PRE_LITIGATION or state in ENDED_BEFORE_SUIT)
    and state not in (CaseState.CLOSED, CaseState.ARCHIVED)
)


class Judging(models.Model):
    """Service, operative part, appeal, second instance, effect, retrial."""

    class Meta:
        abstract = True

    @declared(
        STATE,
        code="S19",
        sources=(*JUDGED, CaseState.RETRIAL),
        title_zh="一审裁判送达",
        title_en="First judgment served on a party",
        article="CPL 151, 171, 218",
        event_kind="judgment_served",
        proposer=Proposer.TEAM,
        requirements=("judgment_served_once",),
    )
    def serve_judgment(self) -> None:
        """Each party's period to appeal runs from its own service, after a retrial at first instance too."""

    @declared(
        STATE,
        code="S29",
        sources=SINCE_JUDGMENT,
        title_zh="一审裁判报上一级院备案",
        title_en="First judgment reported for record",
        article="Rules 58",
        event_kind="judgment_reported",
        proposer=Proposer.TEAM,
        requirements=("judgment_not_reported",),
    )
    def report_judgment(self) -> None:
        """Report the judgment or the ruling to the next-higher office, within three days of its receipt."""

    @declared(
        STATE,
        code="S20",
        sources=(*COURT_HAS_DECIDED, *OWED),
        title_zh="录入判项",
        title_en="Enter an operative item",
        article="CPLI 461; EXEC 16",
        event_kind="operative_item_entered",
        proposer=Proposer.TEAM,
        requirements=("judgment_stands", "item_is_measurable"),
    )
    def enter_item(self) -> None:
        """Enter one paragraph of the operative part: who owes what to whom until when."""

    @declared(
        STATE,
        code="S21",
        sources=(*COURT_HAS_DECIDED, *OWED),
        title_zh="删去误录判项",
        title_en="Strike a wrong operative item",
        article="EXEC 16",
        event_kind="operative_item_struck",
        proposer=Proposer.TEAM,
        requirements=("item_stands", "item_not_performed"),
    )
    def strike_item(self) -> None:
        """Take out an item that was entered by mistake."""

    @declared(
        STATE,
        code="S23",
        sources=JUDGED,
        title_zh="上级院指令上诉或者撤回上诉",
        title_en="Order of the superior office",
        article="Rules 61",
        event_kind="superior_ordered",
        proposer=Proposer.TEAM,
        requirements=("order_in_time",),
    )
    def take_order(self) -> None:
        """The next-higher office orders an appeal or its withdrawal."""

    @declared(
        STATE,
        code="T37",
        sources=(CaseState.JUDGED_FIRST,),
        target=CaseState.SECOND_INSTANCE,
        title_zh="本院上诉",
        title_en="Appeal of this office",
        article="CPL 171, 173; Rules 58-61",
        event_kind="appeal_filed",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=("no_order_to_withdraw", "appeal_complete"),
        act_requirements=("appeal_issued", "appeal_in_time", "appeal_route"),
        needs_documents=("D-60",),
        legal_day=LegalDay.ACT,
    )
    def appeal(self) -> None:
        """File the appeal through the court that judged, with a copy to the next-higher office."""

    @declared(
        STATE,
        code="T37-2",
        sources=(CaseState.JUDGED_FIRST,),
        target=CaseState.SECOND_INSTANCE,
        title_zh="被告或者共同原告上诉",
        title_en="Appeal of a defendant or co-plaintiff",
        article="CPL 171, 173-174; Rules 62",
        event_kind="opponent_appealed",
        proposer=Proposer.TEAM,
        requirements=("appeal_in_time",),
    )
    def receive_appeal(self) -> None:
        """Another party has appealed; one appeal takes the whole case to the second instance."""

    @declared(
        STATE,
        code="T37-3",
        sources=(CaseState.SECOND_INSTANCE,),
        title_zh="其他当事人上诉",
        title_en="Appeal of a further party",
        article="CPL 171, 173-174; Rules 62",
        event_kind="opponent_appealed",
        proposer=Proposer.TEAM,
        requirements=("appeal_in_time",),
    )
    def receive_further_appeal(self) -> None:
        """Another defendant or co-plaintiff has appealed within its own period."""

    @declared(
        STATE,
        code="T37-4",
        sources=(CaseState.SECOND_INSTANCE,),
        title_zh="本院亦提出上诉",
        title_en="Appeal of this office too",
        article="CPL 171, 173; Rules 58-61",
        event_kind="appeal_filed",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=("no_order_to_withdraw", "appeal_complete", "office_has_not_appealed"),
        act_requirements=("appeal_issued", "appeal_in_time", "appeal_route"),
        needs_documents=("D-60",),
        legal_day=LegalDay.ACT,
    )
    def appeal_too(self) -> None:
        """A defendant has taken the case to the second instance; this office appeals in its own period."""

    @declared(
        STATE,
        code="S24",
        sources=SINCE_JUDGMENT,
        title_zh="被告上诉报上一级院",
        title_en="Defendant's appeal reported upwards",
        article="Rules 62",
        event_kind="appeal_reported",
        proposer=Proposer.TEAM,
        requirements=("opponent_has_appealed",),
    )
    def report_appeal(self) -> None:
        """Forward the defendant's appeal to the next-higher office, within three days."""

    @declared(
        STATE,
        code="S25",
        sources=(CaseState.SECOND_INSTANCE,),
        title_zh="收到上诉状副本",
        title_en="Copy of an appeal received",
        article="CPL 174",
        event_kind="appeal_served",
        proposer=Proposer.TEAM,
    )
    def receive_copy_of_appeal(self) -> None:
        """The court served the appeal on an appellee."""

    @declared(
        STATE,
        code="S25-2",
        sources=(CaseState.SECOND_INSTANCE,),
        title_zh="上诉答辩",
        title_en="Answer to an appeal",
        article="CPL 174",
        event_kind="appeal_answered",
        proposer=Proposer.TEAM,
        requirements=("appeal_reached_party",),
    )
    def answer_appeal(self) -> None:
        """An appellee answered."""

    @declared(
        STATE,
        code="S18-2",
        sources=(CaseState.SECOND_INSTANCE,),
        title_zh="二审开庭审理情况",
        title_en="Hearing of the second instance",
        article="Rules 63",
        event_kind="appeal_heard",
        proposer=Proposer.TEAM,
        requirements=("a_prosecutor_attends", "both_offices_appear"),
    )
    def hold_hearing_on_appeal(self) -> None:
        """A hearing of the second instance, at which both offices appear."""

    @declared(
        STATE,
        code="T38",
        sources=(CaseState.JUDGED_FIRST,),
        target=CaseState.EFFECTIVE,
        title_zh="一审裁判生效",
        title_en="First judgment effective",
        article="CPL 171; law 14.1",
        event_kind="judgment_effective",
        proposer=Proposer.HANDLER,
        requirements=("served_on_every_party", "appeal_periods_over"),
        legal_day=LegalDay.ACT,
    )
    def become_effective(self) -> None:
        """Nobody appealed, and the period of every party is over."""

    @declared(
        STATE,
        code="T39",
        sources=(CaseState.SECOND_INSTANCE,),
        target=CaseState.EFFECTIVE,
        title_zh="二审裁判送达生效",
        title_en="Second-instance judgment",
        article="CPL 182, 183",
        event_kind="second_instance_judged",
        proposer=Proposer.TEAM,
    )
    def judge_on_appeal(self) -> None:
        """The judgment of the second instance is final when it is served."""

    @declared(
        STATE,
        code="T54",
        sources=(CaseState.SECOND_INSTANCE,),
        target=CaseState.TRIAL,
        title_zh="发回重审",
        title_en="Set aside and remanded",
        article="CPL 41, 177",
        event_kind="judgment_remanded",
        proposer=Proposer.TEAM,
        requirements=("new_panel",),
    )
    def remand(self) -> None:
        """The judgment is set aside; the first court tries the case again with a new panel."""

    @declared(
        STATE,
        code="T55",
        sources=(CaseState.SECOND_INSTANCE,),
        target=CaseState.SETTLEMENT_ANNOUNCED,
        title_zh="二审调解、和解协议公告",
        title_en="Settlement at second instance published",
        article="CPL 179; CPLI 287; Rules 99",
        event_kind="settlement_published",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("settlement_not_below_the_claims",),
        act_requirements=("settlement_opinion_issued", "published_by_the_court"),
        needs_documents=("D-59",),
        legal_day=LegalDay.ACT,
    )
    def publish_settlement_on_appeal(self) -> None:
        """An agreement at second instance, published as one of the first."""

    @declared(
        STATE,
        code="T56",
        sources=(CaseState.SECOND_INSTANCE,),
        target=CaseState.EFFECTIVE,
        title_zh="准许撤回上诉",
        title_en="Withdrawal of the appeal allowed",
        article="CPL 180; Rules 61",
        event_kind="appeal_withdrawn",
        proposer=Proposer.TEAM,
        requirements=("every_appeal_withdrawn",),
    )
    def withdraw_appeal(self) -> None:
        """The court allows the withdrawal; the first judgment takes effect."""

    @declared(
        STATE,
        code="S26",
        sources=COURT_HAS_DECIDED,
        title_zh="申请再审",
        title_en="Application for retrial",
        article="CPL 211, 215, 216",
        event_kind="retrial_applied",
        proposer=Proposer.TEAM,
        requirements=("retrial_application_in_time",),
    )
    def apply_for_retrial(self) -> None:
        """A party asked for a retrial."""

    @declared(
        STATE,
        code="S26-3",
        sources=RETRIAL_ASKED,
        title_zh="驳回再审申请",
        title_en="Application for retrial refused",
        article="CPL 215",
        event_kind="retrial_application_refused",
        proposer=Proposer.TEAM,
        requirements=("retrial_application_waits",),
    )
    def refuse_retrial(self) -> None:
        """The court refused an application for retrial; the judgment stays as it is."""

    @declared(
        STATE,
        code="S26-2",
        sources=DECISION_EFFECTIVE,
        title_zh="提出抗诉",
        title_en="Protest lodged",
        article="Rules 64; CPL 219, 222",
        event_kind="protest_lodged",
        proposer=Proposer.TEAM,
        requirements=("superior_protests",),
    )
    def lodge_protest(self) -> None:
        """A superior office protested; the court orders the retrial within thirty days."""

    @declared(
        STATE,
        code="T40",
        sources=DECISION_EFFECTIVE,
        target=CaseState.RETRIAL,
        title_zh="裁定再审",
        title_en="Retrial ordered",
        article="CPL 209-224; Rules 64-65",
        event_kind="retrial_ordered",
        proposer=Proposer.TEAM,
        requirements=("retrial_ground_fits",),
    )
    def order_retrial(self) -> None:
        """The court orders a retrial; enforcement is stayed (CPL 217)."""

    @declared(
        STATE,
        code="T57",
        sources=(CaseState.RETRIAL,),
        target=CaseState.EFFECTIVE,
        title_zh="再审裁判生效",
        title_en="Retrial judgment effective",
        article="CPL 217-218, 224; Rules 65",
        event_kind="retrial_judged",
        proposer=Proposer.TEAM,
        requirements=("retrial_judgment_is_final",),
    )
    def judge_again(self) -> None:
        """The judgment of the retrial took effect."""
