"""D-20: notice to provide evidence (Rules 35, 38)."""

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
    code="D-20",
    title_zh="调取证据通知书",
    title_en="Notice to provide evidence",
    stage="P2",
    article="Rules 35, 38",
    approval=Approval.CHIEF,
    addressee=Addressee.UNIT,
    delivery=Delivery.SERVICE,
    contents=(
        Content("what", "调取的证据", "What is to be provided", "Rules 38"),
        Content("reason", "理由", "Reason", "Rules 38"),
        Content("staff", "二名检察人员", "Two staff", "Rules 36"),
        Content("basis", "法律依据", "Legal basis", "Rules 38"),
        Content("confidentiality", "保密要求", "Confidentiality", "Rules 38"),
        Content("deadline", "提供期限", "Deadline", "Rules 38"),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "调"),),
    on=("case",),
)
