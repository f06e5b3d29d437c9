"""The kinds of events the kernel itself knows (law 3.2, T01 to T12)."""

from __future__ import annotations

from cases.forms import facts
from cases.forms.objections import ObjectionFacts
from cases.registries import EventKind, event_kinds

KINDS = (
    EventKind(
        "lead_registered",
        "线索登记",
        "Lead registered",
        "Rules 24, 25",
        statistics=("leads_registered",),
    ),
    EventKind(
        "lead_assigned", "分派线索", "Lead assigned", "Rules 6, 27", form=facts.AssignLeadFacts
    ),
    EventKind("lead_assessed", "线索评估", "Lead assessed", "Rules 27", of_entry=True),
    EventKind("lead_marked_major", "认定重大线索", "Marked as a major lead", "Rules 25"),
    EventKind(
        "lead_recorded_with_superior",
        "报上一级院备案",
        "Recorded with the next-higher office",
        "Rules 25",
    ),
    EventKind(
        "lead_transferred",
        "移送案件线索",
        "Lead transferred",
        "Rules 26",
        form=facts.TransferLeadFacts,
        statistics=("leads_transferred",),
    ),
    EventKind("lead_escalated", "报请上级院处理", "Reported to the superior office", "Rules 26"),
    EventKind(
        "inquiry_started",
        "开展初步调查",
        "Preliminary inquiry started",
        "Rules 27",
        form=facts.StartInquiryFacts,
    ),
    EventKind(
        "inquiry_finished",
        "初步调查终结",
        "Preliminary inquiry finished",
        "Rules 27",
        form=facts.FinishInquiryFacts,
    ),
    EventKind(
        "case_filed",
        "立案",
        "Decision to file",
        "Rules 30",
        form=facts.FileCaseFacts,
        statistics=("cases_filed",),
    ),
    EventKind("act_approved", "批准实施", "Act approved", "design 3"),
    EventKind("act_given_up", "撤回已批准事项", "Approved act given up", "design 3"),
    EventKind("case_opened", "案件建立", "Case opened", "Rules 30"),
    EventKind(
        "filing_refused",
        "不立案",
        "Decision not to file",
        "Rules 30",
        form=facts.RefuseFilingFacts,
        statistics=("leads_not_filed",),
    ),
    EventKind("lead_reopened", "重新评估线索", "Lead reopened", form=facts.ReopenLeadFacts),
    EventKind("lead_merged", "并入其他线索", "Lead merged", form=facts.MergeLeadFacts),
    EventKind(
        "investigation_started",
        "开展调查",
        "Investigation started",
        "Rules 33, 36",
        form=facts.StartInvestigationFacts,
        statistics=("investigations",),
    ),
    EventKind(
        "investigative_act",
        "调查取证",
        "Investigative act",
        "Rules 35, 36",
        form=facts.InvestigativeActFacts,
        manual=True,
        statistics=("investigative_acts",),
    ),
    EventKind(
        "investigation_closed",
        "调查终结",
        "Investigation closed",
        "Rules 86, 89",
        form=facts.CloseInvestigationFacts,
    ),
    EventKind(
        "case_terminated",
        "终结案件",
        "Case terminated",
        "Rules 90",
        form=facts.TerminateFacts,
        statistics=("cases_terminated",),
    ),
    EventKind(
        "announcement_published",
        "发布诉前公告",
        "Announcement published",
        "Rules 91; JI 13",
        form=facts.AnnouncementFacts,
        statistics=("announcements",),
    ),
    EventKind(
        "violator_identified", "查明违法行为人", "Violator identified", "Rules 29", of_entry=True
    ),
    EventKind("team_changed", "办案人员变更", "Handling team changed", "Rules 6", of_entry=True),
    EventKind("case_handed_over", "案件移交承办人", "Case handed over", "Rules 6", of_entry=True),
    EventKind("recusal_applied", "申请回避", "Recusal applied for", "Rules 19-23"),
    EventKind(
        "recusal_decided", "回避决定", "Recusal decided", "Rules 22, 23", statistics=("recusals",)
    ),
    EventKind(
        "recusal_review_requested", "回避复议申请", "Review of recusal requested", "Rules 23"
    ),
    EventKind("recusal_review_decided", "回避复议决定", "Review of recusal decided", "Rules 23"),
    EventKind(
        "committee_minutes_opened",
        "准许查阅检察委员会会议纪要",
        "Reading of the committee's minutes permitted",
        "PCR 27",
        of_entry=True,
    ),
    EventKind(
        "direction_recorded",
        "上级指示与书面异议",
        "Direction and written objection",
        "Rules 8, 10",
        form=facts.DirectionFacts,
        manual=True,
    ),
    EventKind(
        "objection_filed",
        "对决定提出书面意见",
        "Written objection to a decision",
        "Rules 8",
        form=ObjectionFacts,
        manual=True,
        remark=True,
    ),
    EventKind("event_corrected", "更正记录", "Record corrected", of_entry=True),
    EventKind("transition_annulled", "撤销误录", "Transition annulled", of_entry=True),
    EventKind("back_entry_asked", "申请补录", "Back-entry asked for", of_entry=True),
    EventKind("back_entry_agreed", "同意补录", "Back-entry agreed", of_entry=True),
    EventKind("back_entry_refused", "不同意补录", "Back-entry refused", of_entry=True),
    EventKind("back_entry_ended", "补录结束", "Back-entry ended", of_entry=True),
)


def register() -> None:
    """Hand the kernel's kinds to the registry."""
    for kind in KINDS:
        event_kinds.register(kind.code, kind)
