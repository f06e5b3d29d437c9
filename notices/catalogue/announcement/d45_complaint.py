"""D-45: civil public-interest complaint (Rules 46; CPL 124; JI 14)."""

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
    code="D-45",
    title_zh="民事公益诉讼起诉书",
    title_en="Civil public-interest complaint",
    stage="P6",
    article="Rules 46; CPL 124; JI 14",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("litigator", "公益诉讼起诉人", "Public-interest litigator", "Rules 46"),
        Content("defendant", "被告", "Defendant", "Rules 46"),
        Content("claims", "诉讼请求", "Claims", "Rules 46"),
        Content("reasons", "事实与理由", "Facts and reasons", "Rules 46; CPL 124"),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "诉"), NumberCode("刑附民公", "诉")),
    on=("case",),
)
