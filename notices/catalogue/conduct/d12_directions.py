"""D-12: directions, staff borrowing (Rules 10, 11)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-12",
    title_zh="交办/提办/督办/领办函、调用检察人员决定",
    title_en="Directions, staff borrowing",
    stage="any",
    article="Rules 10, 11",
    approval=Approval.SUPERIOR,
    addressee=Addressee.OFFICE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("case", "案件", "Case", "Rules 11"),
        Content("scope", "事项范围", "Scope", "Rules 11"),
        Content("term", "期限", "Term", "Rules 11"),
    ),
)
