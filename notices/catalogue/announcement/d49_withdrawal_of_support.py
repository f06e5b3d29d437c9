"""D-49: withdrawal of support (Rules 102)."""

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
    code="D-49",
    title_zh="撤回支持起诉决定书",
    title_en="Withdrawal of support",
    stage="PX3",
    article="Rules 102",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(Content("reason", "撤回理由", "Reason", "Rules 102"),),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "撤支"),),
    on=("case",),
)
