"""D-82: record report to the next-higher office (Rules 25, 58, 75, 96)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-82",
    title_zh="备案报告",
    title_en="Record report to the next-higher office",
    stage="any",
    article="Rules 25, 58, 75, 96",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.SUPERIOR,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("document", "备案文书", "Document", "Rules 75"),
        Content("served", "送达日期", "Date of service", "Rules 75"),
        Content("type", "备案类别", "Type", "Rules 75"),
    ),
)
