"""D-30: evidence list (EVID 19)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-30",
    title_zh="证据材料目录",
    title_en="Evidence list",
    stage="any",
    article="EVID 19",
    approval=Approval.HANDLER,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("item", "证据名称", "Item", "EVID 19"),
        Content("source", "来源", "Source", "EVID 19"),
        Content("proves", "证明对象", "What it proves", "EVID 19"),
        Content("page", "页码", "Page", "EVID 19"),
    ),
    on=("case",),
)
