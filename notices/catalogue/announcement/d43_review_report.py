"""D-43: review closing report (Rules 79, 94)."""

from __future__ import annotations

from notices.bodies.reports import report
from notices.catalogue.contents import DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Layout,
)

TYPE = DocumentType(
    code="D-43",
    title_zh="审查终结报告",
    title_en="Review closing report",
    stage="P5",
    administrative_stage="A7",
    article="Rules 79, 94",
    approval=Approval.CHIEF,
    addressee=Addressee.DECIDERS,
    delivery=Delivery.SYSTEM,
    contents=(
        Content(
            "course",
            "案件来源及审查经过",
            "Source and course of the review",
            required=False,
        ),
        Content(
            "announcement",
            "公告及答复情况",
            "Announcement and replies",
            "Rules 91, 93",
            sourced=True,
        ),
        Content("facts", "审查认定的事实及证据", "Facts and evidence", "Rules 94", sourced=True),
        Content(
            "persistence",
            "公益受损害的现状",
            "Present state of the harm",
            "Rules 94, 96",
            sourced=True,
        ),
        Content("law", "法律适用分析", "Law", "Rules 94"),
        Content(
            "proposal",
            "处理意见（终结案件、提起诉讼或者移送）",
            "Proposal: terminate, sue or transfer",
            "Rules 94",
        ),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=report,
)
