"""D-24: commission letter (Rules 41, 48)."""

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
    code="D-24",
    title_zh="委托鉴定（评估、审计、检验、检测、翻译）函",
    title_en="Commission letter",
    stage="P2, P5",
    article="Rules 41, 48",
    approval=Approval.CHIEF,
    addressee=Addressee.UNIT,
    delivery=Delivery.SERVICE,
    contents=(
        Content("subject", "委托事项", "Subject", "Rules 41"),
        Content("materials", "提供的材料", "Materials", "Rules 41"),
        Content("question", "需要解决的问题", "Question", "Rules 41"),
        Content("time", "时限", "Time", "Rules 41"),
        Content("qualification", "机构资质", "Qualification of the institution", "Rules 41"),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "委"),),
    on=("case",),
)
