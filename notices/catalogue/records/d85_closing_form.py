"""D-85: closing form, volume index (Rules 106)."""

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
    code="D-85",
    title_zh="结案审批表/卷宗目录/归档清单",
    title_en="Closing form, volume index",
    stage="E8-E9",
    article="Rules 106",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("outcome", "结案情况", "How the case ended", ""),
        Content("list", "目录", "List", "Rules 106"),
        Content("pages", "卷数、件数、页码", "Volumes, pieces, pages", "Rules 106"),
        Content("hash", "目录校验值", "Digest of the list", ""),
        Content("day", "日期", "Date", kind=Kind.DAY),
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=report,
)
