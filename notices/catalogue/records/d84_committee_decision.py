"""D-84: committee decision notice, minutes (PCR 28)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-84",
    title_zh="检察委员会决定事项通知书、会议纪要",
    title_en="Committee decision notice, minutes",
    stage="any",
    article="PCR 28",
    approval=Approval.COMMITTEE,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(Content("decision", "决定事项", "Decision", "PCR 28"),),
)
