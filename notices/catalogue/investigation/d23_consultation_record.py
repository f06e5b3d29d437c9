"""D-23: consultation record, expert opinion (Rules 40)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-23",
    title_zh="咨询笔录/专家意见",
    title_en="Consultation record, expert opinion",
    stage="P2",
    article="Rules 40",
    approval=Approval.OUTSIDE,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("question", "咨询问题", "Question", "Rules 40"),
        Content("opinion", "意见", "Opinion", "Rules 40"),
        Content("basis", "依据", "Basis", "Rules 40"),
    ),
    on=("case",),
)
