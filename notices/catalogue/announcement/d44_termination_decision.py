"""D-44: termination decision (Rules 74, 90)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    NumberCode,
    Numbering,
)

TYPE = DocumentType(
    code="D-44",
    title_zh="终结案件决定书",
    title_en="Termination decision",
    stage="PX1",
    article="Rules 74, 90",
    approval=Approval.CHIEF,
    addressee=Addressee.FILE,
    delivery=Delivery.SERVICE,
    contents=(
        Content("ground", "终结案件的情形", "Ground of Rules 90 or 74", "Rules 90"),
        Content("reason", "理由", "Reason", "Rules 90"),
        Content("day", "日期", "Date", "Rules 90", kind=Kind.DAY),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "终"), NumberCode("行公", "终")),
    on=("case",),
)
