"""D-75: escalation letter, copy (PRR 20, 25; Rules 45)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-75",
    title_zh="督促/通报函、抄送件",
    title_en="Escalation letter, copy",
    stage="A6-A7",
    article="PRR 20, 25; Rules 45",
    approval=Approval.CHIEF,
    addressee=Addressee.AUTHORITY,
    delivery=Delivery.EXPRESS,
    contents=(Content("facts", "情况", "Facts", "PRR 25"),),
    on=("case",),
    # The replies to recommendations (PRR 25; norm C115).
    after=("P-53", "P-54", "P-57"),
)
