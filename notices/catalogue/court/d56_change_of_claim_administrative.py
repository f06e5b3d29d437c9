"""D-56: change of claim (administrative) (Rules 84)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    NumberCode,
    Numbering,
)

TYPE = DocumentType(
    code="D-56",
    title_zh="变更诉讼请求决定书",
    title_en="Change of claim (administrative)",
    stage="A8",
    article="Rules 84",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(Content("claim", "确认违法", "Confirm illegality", "Rules 84"),),
    numbering=Numbering.WORD,
    codes=(NumberCode("行公", "变"),),
    on=("case",),
)
