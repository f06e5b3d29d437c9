"""D-55: withdrawal of suit (Rules 99; JI 19)."""

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
    code="D-55",
    title_zh="撤回起诉决定书",
    title_en="Withdrawal of suit",
    stage="CX2",
    article="Rules 99; JI 19",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("reason", "理由：诉讼请求全部实现", "Reason: all claims realised", "Rules 99"),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "撤诉"),),
    on=("case",),
)
