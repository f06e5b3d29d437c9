"""D-64: recommendation on court activity (Rules 66; PRR 9)."""

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
    code="D-64",
    title_zh="检察建议书（审判/执行违法）",
    title_en="Recommendation on court activity",
    stage="C4, E2",
    article="Rules 66; PRR 9",
    approval=Approval.CHIEF_OR_COMMITTEE,
    addressee=Addressee.COURT,
    delivery=Delivery.SERVICE,
    contents=(
        Content("facts", "事实", "Facts", "PRR 9"),
        Content("law", "法律依据", "Law", "Rules 66"),
        Content("proposal", "建议内容", "Proposal", "Rules 66"),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民", "违监"),),
    on=("case",),
)
