"""D-21: list of evidence taken (Rules 38)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-21",
    title_zh="调取证据清单",
    title_en="List of evidence taken",
    stage="P2",
    article="Rules 38",
    approval=Approval.NONE,
    addressee=Addressee.UNIT,
    delivery=Delivery.SERVICE,
    contents=(
        Content("items", "证据名称、编号、页数", "Items, numbers, pages", "Rules 38"),
        Content("originals", "原件或者复制件", "Original or copy", "Rules 38"),
        Content("provider", "提供人", "Provider", "Rules 38"),
        Content("taker", "调取人、日期", "Taker and date", "Rules 38"),
    ),
    on=("case",),
)
