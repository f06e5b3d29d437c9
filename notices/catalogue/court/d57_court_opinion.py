"""D-57: court opinion (Rules 51, 57)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-57",
    title_zh="出庭意见",
    title_en="Court opinion",
    stage="C4",
    article="Rules 51, 57",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("facts", "事实", "Facts", "Rules 51"),
        Content("law", "法律", "Law", "Rules 51"),
        Content("view", "意见", "View", "Rules 57"),
    ),
    on=("case",),
)
