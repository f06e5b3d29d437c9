"""D-71: recommendation (governance) (PRR 15-17)."""

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
    code="D-71",
    title_zh="检察建议书（社会治理，致单位）",
    title_en="Recommendation (governance)",
    stage="any",
    article="PRR 15-17",
    approval=Approval.CHIEF_OR_COMMITTEE,
    addressee=Addressee.UNIT,
    delivery=Delivery.SERVICE,
    contents=(
        Content("source", "案件来源", "Source", "PRR 16"),
        Content("facts", "事实和证据", "Facts and evidence", "PRR 16"),
        Content("hazard", "违法或者隐患", "Illegality or hazard", "PRR 16"),
        Content("content", "建议内容和依据", "Content and basis", "PRR 16"),
        Content("objection", "异议期限", "Objection period", "PRR 16"),
        Content("reply", "回复期限", "Reply period", "PRR 16"),
        Content("other", "其他", "Other", "PRR 16", required=False),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("社", "建"),),
)
