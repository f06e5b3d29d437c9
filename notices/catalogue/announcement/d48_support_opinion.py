"""D-48: support opinion (Rules 100, 101)."""

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
    code="D-48",
    title_zh="支持起诉意见书",
    title_en="Support opinion",
    stage="PX3",
    article="Rules 100, 101",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("plaintiff", "原告", "Plaintiff", "Rules 101"),
        Content("defendant", "被告", "Defendant", "Rules 101"),
        Content("facts", "事实", "Facts", "Rules 101"),
        Content("opinion", "支持起诉意见", "Opinion", "Rules 101"),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "支"),),
    on=("case",),
)
