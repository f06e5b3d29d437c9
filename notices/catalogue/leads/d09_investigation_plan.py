"""D-09: investigation plan (Rules 33)."""

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
    code="D-09",
    title_zh="调查方案",
    title_en="Investigation plan",
    stage="P2",
    administrative_stage="A1-A2",
    article="Rules 33",
    approval=Approval.HANDLER,
    addressee=Addressee.DECIDERS,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("approach", "调查思路", "Approach", "Rules 33"),
        Content("method", "调查方法", "Method", "Rules 33"),
        Content("steps", "调查步骤", "Steps", "Rules 33"),
        Content("evidence_list", "拟收集的证据清单", "List of evidence", "Rules 33"),
        Content("staff", "调查人员及分工", "Staff", "Rules 36", required=False),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=report,
)
