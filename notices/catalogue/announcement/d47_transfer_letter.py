"""D-47: transfer letter (Rules 16, 94(3))."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-47",
    title_zh="委托/移送函",
    title_en="Transfer letter",
    stage="P5",
    article="Rules 16, 94(3)",
    approval=Approval.CHIEF,
    addressee=Addressee.OFFICE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("facts", "案件事实", "Facts", "Rules 16"),
        Content("file", "案卷材料", "File", "Rules 16"),
        Content("reason", "移送理由", "Reason", "Rules 16"),
    ),
    on=("case",),
)
