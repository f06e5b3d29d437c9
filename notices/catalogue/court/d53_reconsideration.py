"""D-53: application for reconsideration (CPL 111; CPLI 171)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-53",
    title_zh="复议申请书",
    title_en="Application for reconsideration",
    stage="INJ, PRES",
    article="CPL 111; CPLI 171",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("facts", "事实", "Facts", "CPLI 171"),
        Content("request", "请求", "Request", "CPLI 171"),
    ),
    on=("case",),
)
