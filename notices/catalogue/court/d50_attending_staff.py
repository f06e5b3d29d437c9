"""D-50: notice of attending staff (Rules 49; JI 8)."""

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
    code="D-50",
    title_zh="派员出庭通知书",
    title_en="Notice of attending staff",
    stage="C3, C8",
    article="Rules 49; JI 8",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("names", "出庭人员姓名", "Names", "Rules 49"),
        Content("posts", "法律职务", "Legal posts", "JI 8"),
        Content("duties", "职责", "Duties", "Rules 49"),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "出"),),
    on=("case",),
)
