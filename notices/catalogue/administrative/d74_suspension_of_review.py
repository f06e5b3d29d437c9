"""D-74: suspension or resumption of review (Rules 78)."""

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
    code="D-74",
    title_zh="中止审查决定书/恢复审查决定书",
    title_en="Suspension or resumption of review",
    stage="A6S",
    article="Rules 78",
    approval=Approval.CHIEF,
    addressee=Addressee.AUTHORITY,
    delivery=Delivery.SERVICE,
    contents=(Content("reason", "理由", "Reason", "Rules 78"),),
    numbering=Numbering.WORD,
    codes=(
        NumberCode("行公", "中"),
        NumberCode("行公", "恢"),
    ),
    on=("case",),
)
