"""D-28: hearing notice and announcement (Rules 44; HEAR 4, 10)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-28",
    title_zh="听证通知书、公告",
    title_en="Hearing notice and announcement",
    stage="P2-P5",
    article="Rules 44; HEAR 4, 10",
    approval=Approval.CHIEF,
    addressee=Addressee.PERSON,
    delivery=Delivery.SERVICE,
    contents=(
        Content("subject", "听证事项", "Subject", "HEAR 10"),
        Content("time_place", "时间、地点", "Time and place", "HEAR 10"),
        Content("officers", "听证人员姓名", "Names of the hearing officers", "HEAR 10"),
    ),
    on=("case",),
)
