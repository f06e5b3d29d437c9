"""D-11: extension of the review period (Rules 47)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-11",
    title_zh="延长审查起诉期限审批表",
    title_en="Extension of the review period",
    stage="P5",
    article="Rules 47",
    approval=Approval.CHIEF,
    addressee=Addressee.DECIDERS,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("reason", "延长理由", "Reason", "Rules 47"),
        Content("old_end", "原期限届满日", "Old end date", "Rules 47"),
        Content("new_end", "新期限届满日", "New end date", "Rules 47"),
    ),
    on=("case",),
)
