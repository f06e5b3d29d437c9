"""D-83: joint meeting record (Rules 7)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-83",
    title_zh="检察官联席会议记录",
    title_en="Joint meeting record",
    stage="any",
    article="Rules 7",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(Content("views", "讨论意见", "Views", "Rules 7"),),
)
