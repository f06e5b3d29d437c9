"""D-61: withdrawal of or order to appeal (Rules 61)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-61",
    title_zh="撤回上诉/指令上诉",
    title_en="Withdrawal of or order to appeal",
    stage="C8",
    article="Rules 61",
    approval=Approval.SUPERIOR,
    addressee=Addressee.OFFICE,
    delivery=Delivery.SYSTEM,
    on=("case",),
)
