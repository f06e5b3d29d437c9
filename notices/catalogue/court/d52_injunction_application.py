"""D-52: injunction application (pilot) (CC 997)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-52",
    title_zh="人格权侵害禁令申请书",
    title_en="Injunction application (pilot)",
    stage="INJ",
    article="CC 997",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("request", "申请事项", "Request", "CC 997"),
        Content("reasons", "事实与理由", "Facts and reasons", "CC 997"),
    ),
    on=("case",),
    practice=True,
)
