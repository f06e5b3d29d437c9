"""D-54: change of claims (CPLI 232; JI 18)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-54",
    title_zh="变更/增加诉讼请求申请书",
    title_en="Change of claims",
    stage="C3-C4",
    article="CPLI 232; JI 18",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("claims", "原请求与新请求", "Old and new claims", "CPLI 232"),
        Content("reasons", "理由", "Reasons", "CPLI 232"),
    ),
    on=("case",),
)
