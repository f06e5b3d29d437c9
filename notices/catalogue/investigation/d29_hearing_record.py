"""D-29: hearing record and opinion (Rules 44)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-29",
    title_zh="听证笔录、听证意见书",
    title_en="Hearing record and opinion",
    stage="P2-P5",
    article="Rules 44",
    approval=Approval.OUTSIDE,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(Content("views", "听证意见", "Views", "Rules 44"),),
    on=("case",),
)
