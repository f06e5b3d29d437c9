"""D-33: assistance letter (Rules 35, 36; JI 6)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-33",
    title_zh="协查函",
    title_en="Assistance letter",
    stage="P2",
    article="Rules 35, 36; JI 6",
    approval=Approval.CHIEF,
    addressee=Addressee.UNIT,
    delivery=Delivery.EXPRESS,
    contents=(
        Content("request", "协查事项", "Request", "Rules 35"),
        Content("basis", "法律依据", "Legal basis", "JI 6"),
    ),
    on=("case",),
)
