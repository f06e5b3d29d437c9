"""Kinds of events: judgments, appeal, second instance, retrial (T37 to T40, T54 to T57)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.registries import EventKind
from litigation.forms import court, judging, proposing, rulings

KINDS = (
    EventKind(
        "judgment_served",
        "一审裁判送达",
        "First judgment served",
        "CPL 151, 171",
        form=judging.JudgmentServedFacts,
    ),
    EventKind(
        "judgment_reported",
        "一审裁判报上一级院备案",
        "First judgment reported for record",
        "Rules 58",
        form=judging.ReportedFacts,
    ),
    EventKind(
        "operative_item_entered",
        "录入判项",
        "Operative item entered",
        "CPLI 461; EXEC 16",
        form=judging.ItemFacts,
        of_entry=True,
        counter_act=_("Strike the item (S21) and enter it anew (S20)."),
    ),
    EventKind(
        "operative_item_struck",
        "删去误录判项",
        "Operative item struck",
        "EXEC 16",
        form=judging.StrikeItemFacts,
        of_entry=True,
    ),
    EventKind(
        "superior_ordered",
        "上级院指令",
        "Order of the superior office",
        "Rules 61",
        form=judging.OrderFacts,
    ),
    EventKind(
        "appeal_filed",
        "本院上诉",
        "Appeal of this office",
        "CPL 171, 173; Rules 58-61",
        form=judging.AppealFacts,
        proposal_form=proposing.AppealProposal,
        statistics=("appeals",),
    ),
    EventKind(
        "opponent_appealed",
        "被告或者共同原告上诉",
        "Appeal of a defendant or co-plaintiff",
        "CPL 171, 173-174",
        form=judging.OpponentAppealFacts,
    ),
    EventKind(
        "appeal_reported",
        "被告上诉报上一级院",
        "Defendant's appeal reported upwards",
        "Rules 62",
        form=judging.AppealReportedFacts,
    ),
    EventKind(
        "appeal_served",
        "收到上诉状副本",
        "Copy of an appeal received",
        "CPL 174",
        form=judging.AppealServedFacts,
    ),
    EventKind(
        "appeal_answered",
        "上诉答辩",
        "Answer to an appeal",
        "CPL 174",
        form=judging.AppealAnsweredFacts,
    ),
    EventKind(
        "appeal_heard",
        "二审开庭审理",
        "Hearing of the second instance",
        "Rules 63",
        form=court.AppealHeardFacts,
    ),
    EventKind(
        "judgment_effective",
        "一审裁判生效",
        "First judgment effective",
        "CPL 171",
        form=judging.EffectiveFacts,
    ),
    EventKind(
        "second_instance_judged",
        "二审裁判",
        "Second-instance judgment",
        "CPL 182, 183",
        form=judging.HigherJudgmentFacts,
        statistics=("judgments",),
    ),
    EventKind(
        "judgment_remanded",
        "发回重审",
        "Judgment set aside and remanded",
        "CPL 41, 177",
        form=judging.RemandFacts,
    ),
    EventKind(
        "appeal_withdrawn",
        "准许撤回上诉",
        "Withdrawal of the appeal allowed",
        "CPL 180",
        form=judging.AppealWithdrawnFacts,
    ),
    EventKind(
        "retrial_applied",
        "申请再审",
        "Application for retrial",
        "CPL 211, 216",
        form=judging.RetrialApplicationFacts,
    ),
    EventKind(
        "retrial_application_refused",
        "驳回再审申请",
        "Application for retrial refused",
        "CPL 215",
        form=rulings.RetrialRefusedFacts,
    ),
    EventKind(
        "protest_lodged",
        "提出抗诉",
        "Protest lodged",
        "Rules 64; CPL 222",
        form=judging.ProtestFacts,
    ),
    EventKind(
        "retrial_ordered",
        "裁定再审",
        "Retrial ordered",
        "CPL 209-224",
        form=judging.RetrialFacts,
    ),
    EventKind(
        "retrial_judged",
        "再审裁判",
        "Retrial judgment",
        "CPL 218, 224",
        form=judging.RetrialJudgmentFacts,
    ),
)
