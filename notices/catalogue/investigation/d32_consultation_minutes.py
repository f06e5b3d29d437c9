"""D-32: consultation minutes (Rules 70)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-32",
    title_zh="磋商会议记录/纪要",
    title_en="Consultation minutes",
    stage="A2",
    article="Rules 70",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.AUTHORITY,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("positions", "各方意见", "Positions", "Rules 70"),
        Content("commitments", "承诺事项", "Commitments", "Rules 70"),
    ),
    on=("case",),
)
