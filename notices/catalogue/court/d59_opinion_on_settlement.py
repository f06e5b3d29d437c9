"""D-59: opinion on a settlement (Rules 99)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-59",
    title_zh="调解/和解协议审查意见",
    title_en="Opinion on a settlement",
    stage="C5",
    article="Rules 99",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("liability", "不减损应承担的责任", "Liability is not reduced", "Rules 99"),
        Content("interest", "不损害公共利益", "The public interest is not harmed", "Rules 99"),
    ),
    on=("case",),
)
