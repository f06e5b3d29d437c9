"""D-04: preliminary inquiry report (Rules 27)."""

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
    Numbering,
)

TYPE = DocumentType(
    code="D-04",
    title_zh="初步调查报告",
    title_en="Preliminary inquiry report",
    stage="L2",
    article="Rules 27",
    approval=Approval.HANDLER,
    addressee=Addressee.DECIDERS,
    delivery=Delivery.SYSTEM,
    contents=(
        Content(
            "origin",
            "线索来源及初步调查经过",
            "Source and course of the inquiry",
            required=False,
        ),
        Content("facts", "查明的事实", "Facts found", "Rules 27"),
        Content("feasibility", "可查性分析", "Feasibility", "Rules 27"),
        Content("legal_view", "法律适用意见", "Legal view", "Rules 27"),
        DAY,
    ),
    numbering=Numbering.INTERNAL,
    on=("lead",),
    layout=Layout.OFFICIAL,
    template="2",
    body=report,
)
