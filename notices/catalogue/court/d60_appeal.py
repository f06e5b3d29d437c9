"""D-60: appeal (Rules 58, 59)."""

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
    code="D-60",
    title_zh="公益诉讼上诉书",
    title_en="Appeal",
    stage="C7-C8",
    article="Rules 58, 59",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("appellant", "上诉人", "Appellant", "Rules 59"),
        Content("appellee", "被上诉人", "Appellee", "Rules 59"),
        Content("court", "法院、案号、案由", "Court, case number, cause", "Rules 59"),
        Content("claims", "上诉请求", "Claims", "Rules 59"),
        Content("reasons", "事实与理由", "Facts and reasons", "Rules 59"),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "上"),),
    on=("case",),
)
