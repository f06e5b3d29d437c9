"""D-58: evidence list, opinions, outline (Rules 51)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-58",
    title_zh="证据清单、质证意见、辩论提纲",
    title_en="Evidence list, opinions, outline",
    stage="C4",
    article="Rules 51",
    approval=Approval.HANDLER,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(Content("evidence", "证据", "Evidence", "Rules 51"),),
    on=("case",),
)
