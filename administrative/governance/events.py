"""The kinds of events of a recommendation on governance (PRR 11-25)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from administrative.governance import forms
from administrative.governance.lifecycle import ENDED, ENTERED, ISSUED, MOVED, TERM_BEGUN
from cases.registries import EventKind, Uncounted, event_kinds

WRITE_ANEW = _("Write the contents anew; the review is made again.")
DECIDE_ANEW = _("Change or withdraw the recommendation by a decision of its own (PRR 22-23).")
STANDS = _("It stands; enter what is right as a step of its own.")

KINDS = (
    EventKind(
        "governance_begun",
        "启动社会治理检察建议",
        "Recommendation on governance begun",
        "PRR 3, 11",
        form=forms.BeginFacts,
        counter_act=_("Close it as not made, and begin another one."),
        statistics=("governance_begun",),
    ),
    EventKind(
        ENTERED,
        "登记社会治理检察建议",
        "Recommendation entered",
        part=True,
        uncounted=Uncounted.PART,
    ),
    EventKind(
        MOVED, "检察建议状态变更", "Recommendation moved", part=True, uncounted=Uncounted.PART
    ),
    EventKind(
        ISSUED,
        "检察建议书已发出",
        "Recommendation on governance issued",
        "PRR 21",
        part=True,
        statistics=("governance_recommendations",),
    ),
    EventKind(
        TERM_BEGUN,
        "被建议单位收到检察建议书",
        "Time to reply begun",
        "PRR 18, 19",
        part=True,
        uncounted=Uncounted.PART,
    ),
    EventKind(ENDED, "检察建议终结", "Recommendation ended", part=True, uncounted=Uncounted.PART),
    EventKind(
        "governance_investigation_decided",
        "决定开展检察建议调查",
        "Investigation for a recommendation decided",
        "PRR 15",
        form=forms.InvestigationFacts,
        uncounted=Uncounted.INTERNAL,
    ),
    EventKind(
        "governance_investigated",
        "检察建议调查终结",
        "Investigation for a recommendation over",
        "PRR 15",
        form=forms.InvestigatedFacts,
        uncounted=Uncounted.INTERNAL,
    ),
    EventKind(
        "governance_drafted",
        "拟定检察建议内容",
        "Recommendation on governance written",
        "PRR 16, 19",
        form=forms.WritingFacts,
        counter_act=WRITE_ANEW,
        uncounted=Uncounted.INTERNAL,
    ),
    EventKind(
        "governance_reviewed",
        "法律政策研究部门审核",
        "Review of the legal-policy department",
        "PRR 17",
        form=forms.ReviewFacts,
        counter_act=_("Enter the review again."),
        uncounted=Uncounted.INTERNAL,
    ),
    EventKind(
        "governance_decided",
        "决定提出社会治理检察建议",
        "Recommendation on governance decided",
        "PRR 15-17",
        form=forms.DecisionFacts,
        counter_act=DECIDE_ANEW,
        uncounted=Uncounted.INTERNAL,
    ),
    EventKind(
        "governance_sent_out",
        "发出检察建议书",
        "Recommendation on governance sent out",
        "PRR 18, 21",
        form=forms.IssueFacts,
        counter_act=STANDS,
        uncounted=Uncounted.PART,
    ),
    EventKind(
        "governance_recorded",
        "检察建议书备案",
        "Recommendation on governance recorded",
        "PRR 21",
        form=forms.RecordFacts,
        counter_act=STANDS,
        uncounted=Uncounted.INTERNAL,
    ),
    EventKind(
        "governance_objected",
        "收到被建议单位异议",
        "Objection to a recommendation received",
        "PRR 22-23",
        form=forms.ObjectionFacts,
        uncounted=Uncounted.STEP,
    ),
    EventKind(
        "governance_objection_decided",
        "异议复核决定",
        "Objection to a recommendation decided",
        "PRR 22-23",
        form=forms.ObjectionDecidedFacts,
        counter_act=DECIDE_ANEW,
        statistics=("governance_objections_decided",),
    ),
    EventKind(
        "governance_change_decided",
        "变更、撤回检察建议",
        "Recommendation on governance changed or withdrawn",
        "PRR 22-23",
        form=forms.ChangeFacts,
        counter_act=STANDS,
        statistics=("governance_changes",),
    ),
    EventKind(
        "governance_unit_told",
        "告知被建议单位处理结果",
        "Unit told of the outcome",
        "PRR 22-23",
        form=forms.ToldFacts,
        uncounted=Uncounted.STEP,
    ),
    EventKind(
        "governance_answered",
        "收到检察建议回复",
        "Reply to a recommendation on governance",
        "PRR 19; POL 21",
        form=forms.ReplyFacts,
        counter_act=STANDS,
        statistics=("governance_replies",),
    ),
    EventKind(
        "governance_assessed",
        "评估检察建议采纳情况",
        "Reply to a recommendation assessed",
        "PRR 24-25",
        form=forms.AssessmentFacts,
        counter_act=STANDS,
        statistics=("governance_assessed",),
    ),
    EventKind(
        "governance_escalated",
        "报告或者通报检察建议落实情况",
        "Recommendation on governance carried further",
        "PRR 25",
        form=forms.EscalationFacts,
        statistics=("governance_escalations",),
    ),
    EventKind(
        "governance_closed",
        "社会治理检察建议办结",
        "Recommendation on governance closed",
        "PRR 24-25",
        form=forms.CloseFacts,
        counter_act=_("It is closed; begin another recommendation."),
        statistics=("governance_closed",),
    ),
)


def register() -> None:
    """Hand the kinds to the registry."""
    for kind in KINDS:
        event_kinds.register(kind.code, kind)
