"""D-67: performance monitoring sheet (CPL 247, 250)."""

from __future__ import annotations

from notices.bodies.reports import report
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

TYPE = DocumentType(
    code="D-67",
    title_zh="执行进展记录表",
    title_en="Performance monitoring sheet",
    stage="E1-E6",
    article="CPL 247, 250",
    approval=Approval.HANDLER,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("items", "履行事项", "Items", "CPL 247"),
        Content("due", "履行期限", "Due dates", "CPL 247"),
        Content("evidence", "履行证据", "Evidence", "CPL 247"),
        Content("day", "日期", "Date", kind=Kind.DAY),
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=report,
)
