"""D-76: transfer of a lead to crime or duty offence (Rules 31)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-76",
    title_zh="移送犯罪线索函/涉嫌职务违法线索移送函",
    title_en="Transfer of a lead to crime or duty offence",
    stage="P2",
    article="Rules 31",
    approval=Approval.CHIEF,
    addressee=Addressee.AUTHORITY,
    delivery=Delivery.SERVICE,
    contents=(
        Content("facts", "事实", "Facts", "Rules 31"),
        Content("evidence", "证据清单", "Evidence list", "Rules 31"),
    ),
)
