"""D-65: request to explain enforcement (CSR 105; EXEC-SUP)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Numbering,
)

TYPE = DocumentType(
    code="D-65",
    title_zh="说明案件执行情况通知书",
    title_en="Request to explain enforcement",
    stage="E2",
    article="CSR 105; EXEC-SUP",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.SERVICE,
    contents=(
        Content("facts", "事实", "Facts", "CSR 105"),
        Content("question", "需说明的问题", "Question", "CSR 105"),
    ),
    numbering=Numbering.WORD,
    on=("case",),
)
