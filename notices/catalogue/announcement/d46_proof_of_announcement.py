"""D-46: proof of announcement (JI 14(3))."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-46",
    title_zh="公告证明材料",
    title_en="Proof of announcement",
    stage="P6",
    article="JI 14(3)",
    approval=Approval.NONE,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(Content("proof", "公告发布证明", "Proof of publication", "JI 14(3)"),),
    on=("case",),
)
