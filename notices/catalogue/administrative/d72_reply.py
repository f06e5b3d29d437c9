"""D-72: reply and rectification report (Rules 75)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-72",
    title_zh="回复函/整改报告",
    title_en="Reply and rectification report",
    stage="A5",
    article="Rules 75",
    approval=Approval.OUTSIDE,
    addressee=Addressee.OFFICE,
    delivery=Delivery.NONE,
    contents=(
        Content("measures", "整改措施", "Measures", "Rules 75"),
        Content("evidence", "证据", "Evidence", "Rules 75"),
        Content("date", "收到日期", "Date of receipt", "Rules 75"),
    ),
    on=("case",),
)
