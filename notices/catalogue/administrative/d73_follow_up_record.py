"""D-73: follow-up record (Rules 77)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-73",
    title_zh="跟进调查记录",
    title_en="Follow-up record",
    stage="A6",
    article="Rules 77",
    approval=Approval.HANDLER,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("site", "现场", "Site", "Rules 77"),
        Content("photos", "照片", "Photos", "Rules 77"),
        Content("persons", "人员", "Persons", "Rules 77"),
    ),
    on=("case",),
)
