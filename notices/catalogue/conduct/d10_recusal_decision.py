"""D-10: recusal decision (Rules 19-23)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-10",
    title_zh="回避决定书",
    title_en="Recusal decision",
    stage="any",
    article="Rules 19-23",
    approval=Approval.CHIEF_OR_COMMITTEE,
    addressee=Addressee.PERSON,
    delivery=Delivery.SERVICE,
    contents=(
        Content("result", "决定结果", "Result", "Rules 22"),
        Content("reason", "理由", "Reason", "Rules 23"),
    ),
)
