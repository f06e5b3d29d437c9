"""Kinds of events: replies, review, committee, support, transfer (T13 to T21, T59, T64, T65)."""

from __future__ import annotations

from cases.registries import EventKind
from deadlines import extension_forms
from litigation.forms import committee, proposing, review, support, transfer

KINDS = (
    EventKind(
        "announcement_reply",
        "公告答复",
        "Reply to the announcement",
        "Rules 93",
        form=review.AnnouncementReplyFacts,
        statistics=("announcement_replies",),
    ),
    EventKind(
        "announcement_reply_followed",
        "跟进公告答复",
        "Reply followed up",
        "Rules 93",
        form=review.FollowReplyFacts,
    ),
    EventKind(
        "provisional_day_confirmed",
        "确认暂定期满日",
        "Provisional last day confirmed",
        "law 14.2",
        form=review.ConfirmDayFacts,
    ),
    EventKind("announcement_expired", "公告期满", "Announcement expired", "Rules 47, 94"),
    EventKind(
        "review_extended",
        "延长审查起诉期限",
        "Review extended",
        "Rules 47",
        form=extension_forms.ExtensionFacts,
        statistics=("reviews_extended",),
    ),
    EventKind(
        "review_extended_further",
        "上一级院批准延长审查起诉期限",
        "Review extended by the next-higher office",
        "Rules 47",
        form=extension_forms.ExtensionApprovalFacts,
        proposal_form=extension_forms.ExtensionFacts,
        statistics=("reviews_extended",),
    ),
    EventKind(
        "work_commissioned",
        "委托鉴定等",
        "Work commissioned",
        "Rules 41, 48",
        form=review.CommissionFacts,
    ),
    EventKind(
        "work_reported",
        "收到鉴定等报告",
        "Report of commissioned work",
        "Rules 48",
        form=review.CommissionReportFacts,
    ),
    EventKind(
        "review_reported", "审查终结", "Review reported", "Rules 94", form=review.ReviewReportFacts
    ),
    EventKind(
        "committee_decided",
        "检察委员会决定",
        "Decision of the committee",
        "PCR 21",
        form=committee.CommitteeFacts,
        statistics=("committee_decisions",),
    ),
    EventKind(
        "committee_decision_executed",
        "检委会决定执行完毕",
        "Committee decision executed",
        "PCR 32",
        form=committee.CommitteeExecutedFacts,
    ),
    EventKind(
        "committee_feedback_given",
        "反馈检委会决定执行情况",
        "Feedback to the committee",
        "PCR 32",
        form=committee.CommitteeFeedbackFacts,
    ),
    EventKind(
        "support_begun",
        "支持起诉",
        "Support of another's suit",
        "Rules 100, 101",
        form=support.SupportFacts,
        proposal_form=proposing.SupportProposal,
        statistics=("suits_supported",),
    ),
    EventKind(
        "support_given",
        "支持起诉工作记录",
        "Act of support",
        "Rules 101",
        form=support.SupportGivenFacts,
    ),
    EventKind(
        "support_withdrawn",
        "撤回支持起诉",
        "Support withdrawn",
        "Rules 102, 103",
        form=support.WithdrawSupportFacts,
    ),
    EventKind(
        "support_withdrawal_served",
        "送交撤回支持起诉决定书",
        "Withdrawal of support delivered",
        "Rules 102",
        form=support.WithdrawalServedFacts,
    ),
    EventKind(
        "case_transferred",
        "移送起诉",
        "Case transferred for suit",
        "Rules 16, 94(3)",
        form=transfer.CaseTransferFacts,
        proposal_form=proposing.CaseTransferProposal,
        statistics=("cases_transferred",),
    ),
    EventKind(
        "case_received",
        "接收移送案件",
        "Transferred case received",
        "Rules 16, 47",
        statistics=("cases_received",),
    ),
    EventKind(
        "suit_decided",
        "决定起诉",
        "Decision to sue",
        "Rules 94(2), 96",
        form=review.SuitFacts,
        statistics=("suits_decided",),
    ),
    EventKind(
        "suit_decision_revoked",
        "撤销起诉决定",
        "Decision to sue revoked",
        "law 14.1",
        form=review.RevokeSuitFacts,
    ),
)
