"""The kinds of events this room registers (law 3.9)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from administrative.forms import filing, following, investigating, suing
from cases.registries import EventKind, event_kinds

AGAIN = _("What was found stands as it was found that day; assess the measure again.")
REPLY_STANDS = _("What came stands; log what came later as a reply of its own.")

KINDS = (
    EventKind(
        "administrative_case_filed",
        "对行政机关立案",
        "Case against an authority filed",
        "Rules 67-70",
        form=filing.FileAgainstAuthorityFacts,
        statistics=("administrative_cases",),
    ),
    EventKind(
        "administrative_case_split",
        "对行政机关另行立案",
        "Case against an authority filed beside it",
        "Rules 67-70",
        form=filing.FileAgainstAuthorityFacts,
        statistics=("administrative_cases",),
    ),
    EventKind(
        "consultation_begun",
        "开展磋商",
        "Consultation begun",
        "Rules 70",
        form=investigating.BeginConsultationFacts,
    ),
    EventKind(
        "consultation_held",
        "磋商结果",
        "Consultation held",
        "Rules 70",
        form=investigating.ConsultationFacts,
        statistics=("consultations",),
    ),
    EventKind(
        "authority_investigated",
        "调查认定",
        "Finding of the investigation",
        "Rules 71-72",
        form=investigating.FindingFacts,
    ),
    EventKind(
        "administrative_investigation_closed",
        "行政调查终结",
        "Investigation of the authority closed",
        "Rules 73",
        form=investigating.CloseAuthorityInvestigationFacts,
    ),
    EventKind(
        "administrative_case_terminated",
        "行政案件终结",
        "Case against the authority terminated",
        "Rules 74, 79",
        form=investigating.EndFacts,
        statistics=("administrative_cases_terminated",),
    ),
    EventKind(
        "recommendation_decided",
        "决定提出检察建议",
        "Recommendation decided",
        "Rules 75",
        form=following.RecommendFacts,
        statistics=("recommendations",),
    ),
    EventKind(
        "recommendation_received",
        "行政机关收到检察建议",
        "Recommendation received",
        "JI 21; Rules 76",
        form=following.ReceivedFacts,
    ),
    EventKind(
        "recommendation_recorded",
        "检察建议备案",
        "Recommendation on record with the next-higher office",
        "Rules 75",
        form=investigating.RecordFacts,
    ),
    EventKind(
        "authority_replied",
        "行政机关回复",
        "Authority replied",
        "JI 21",
        form=following.ReplyFacts,
        counter_act=REPLY_STANDS,
        statistics=("replies",),
    ),
    EventKind(
        "measure_assessed",
        "评估整改措施",
        "Measure assessed",
        "Rules 77, 82",
        form=following.AssessFacts,
        counter_act=AGAIN,
        statistics=("measures_assessed",),
    ),
    EventKind(
        "follow_up_begun",
        "跟进调查",
        "Follow-up begun",
        "Rules 77",
        form=following.FollowUpFacts,
        statistics=("follow_ups",),
    ),
    EventKind(
        "follow_up_recorded",
        "跟进调查记录",
        "Follow-up recorded",
        "Rules 77",
        form=following.FollowUpRecordFacts,
    ),
    EventKind(
        "administrative_review_suspended",
        "中止审查",
        "Review suspended",
        "Rules 78",
        form=following.SuspendFacts,
    ),
    EventKind(
        "suspension_recorded",
        "中止审查备案",
        "Suspension on record with the next-higher office",
        "Rules 78",
        form=investigating.RecordFacts,
    ),
    EventKind(
        "administrative_review_resumed",
        "恢复审查",
        "Review resumed",
        "Rules 78",
        form=following.ResumeFacts,
    ),
    EventKind(
        "recommendation_escalated",
        "通报、报告",
        "Escalated",
        "Rules 45; PRR 25",
        form=following.EscalateFacts,
        statistics=("escalations",),
    ),
    EventKind(
        "performance_review_begun",
        "审查履职情况",
        "Review of the performance begun",
        "Rules 79",
        form=following.ReviewFacts,
    ),
    EventKind(
        "administrative_case_transferred",
        "移送其他人民检察院",
        "Case transferred to another procuratorate",
        "Rules 16, 79",
        form=following.TransferFacts,
        statistics=("administrative_cases_transferred",),
    ),
    EventKind(
        "administrative_case_received",
        "接收移送的行政案件",
        "Transferred case against an authority received",
        "Rules 16, 47, 79",
        statistics=("administrative_cases_received",),
    ),
    EventKind(
        "administrative_suit_decided",
        "决定提起行政公益诉讼",
        "Suit against the authority decided",
        "Rules 81-83",
        form=suing.SueFacts,
        statistics=("administrative_suits",),
    ),
    EventKind(
        "administrative_suit_submitted",
        "递交行政公益诉讼起诉书",
        "Complaint against the authority delivered",
        "JI 22; APL 51",
        form=suing.DeliverFacts,
        statistics=("administrative_suits_brought",),
    ),
    EventKind(
        "administrative_suit_accepted",
        "法院登记立案",
        "Suit against the authority registered",
        "APL 51",
        form=suing.RegisteredFacts,
    ),
    EventKind(
        "administrative_complaint_served",
        "行政机关收到起诉状副本",
        "Complaint served on the authority",
        "APL 67",
        form=suing.ComplaintServedFacts,
    ),
    EventKind(
        "administrative_suit_judged",
        "行政公益诉讼裁判",
        "Suit against the authority decided by the court",
        "APL 69-78; JI 25",
        form=suing.JudgedFacts,
        statistics=("administrative_judgments",),
    ),
    EventKind(
        "administrative_decision_served",
        "行政公益诉讼裁判送达",
        "Decision served on a party",
        "APL 85",
        form=suing.DecisionServedFacts,
    ),
    EventKind(
        "administrative_decision_effective",
        "行政公益诉讼裁判生效",
        "Decision effective",
        "APL 85",
        form=suing.DecisionEffectiveFacts,
    ),
    EventKind(
        "administrative_suit_withdrawn",
        "撤回行政公益诉讼",
        "Suit against the authority withdrawn",
        "Rules 84; JI 24",
        form=suing.WithdrawnFacts,
        proposal_form=suing.PerformedProposal,
        statistics=("administrative_suits_withdrawn",),
    ),
    EventKind(
        "administrative_claim_changed",
        "变更为请求确认违法",
        "Claim changed to find the illegality",
        "Rules 84; JI 24",
        form=suing.ChangedFacts,
        proposal_form=suing.PerformedProposal,
    ),
    EventKind(
        "administrative_case_closed",
        "行政案件结案",
        "Case against the authority closed",
        "Rules 106",
        form=suing.CloseAdministrativeFacts,
        statistics=("administrative_cases_closed",),
    ),
)


def register() -> None:
    """Hand the kinds to the registry."""
    for kind in KINDS:
        event_kinds.register(kind.code, kind)
