"""D-86: look-back report."""

from __future__ import annotations

from notices.bodies.reports import report
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

TYPE = DocumentType(
    code="D-86",
    title_zh="回头看报告",
    title_en="Look-back report",
    stage="E7",
    article="",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("items", "检查事项", "Items checked", ""),
        Content("relapse", "是否反弹", "Relapse", ""),
        Content("lead", "新线索", "New lead", "", required=False),
        Content("day", "日期", "Date", kind=Kind.DAY),
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    practice=True,
    body=report,
)
