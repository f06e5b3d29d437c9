"""D-25: inspection record (Rules 42)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-25",
    title_zh="勘验笔录",
    title_en="Inspection record",
    stage="P2",
    article="Rules 42",
    approval=Approval.HANDLER,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("time_place", "时间、地点", "Time and place", "Rules 42"),
        Content("method", "方法", "Method", "Rules 42"),
        Content("sample", "样品、照片", "Sample, photos", "Rules 42"),
        Content("participants", "参加人签名", "Signatures of the participants", "Rules 42"),
    ),
    on=("case",),
)
