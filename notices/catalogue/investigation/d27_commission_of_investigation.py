"""D-27: commission of investigation elsewhere (Rules 43)."""

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
    code="D-27",
    title_zh="委托调查书",
    title_en="Commission of investigation elsewhere",
    stage="P2",
    article="Rules 43",
    approval=Approval.CHIEF,
    addressee=Addressee.OFFICE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("object", "调查对象", "Object", "Rules 43"),
        Content("matter", "调查事项", "Matter", "Rules 43"),
        Content("requirement", "调查要求", "Requirement", "Rules 43"),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "委调"),),
    on=("case",),
)
