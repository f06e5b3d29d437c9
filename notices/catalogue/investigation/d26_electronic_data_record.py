"""D-26: record of electronic-data extraction (Rules 39)."""

from __future__ import annotations

from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
)

TYPE = DocumentType(
    code="D-26",
    title_zh="电子数据提取（固定）笔录/提取清单",
    title_en="Record of electronic-data extraction",
    stage="P2",
    article="Rules 39",
    approval=Approval.HANDLER,
    addressee=Addressee.FILE,
    delivery=Delivery.FILE,
    contents=(
        Content(
            "medium",
            "原始存储介质或者复制理由",
            "Source medium or reason for a copy",
            "Rules 39",
        ),
        Content("process", "制作过程、方法", "Process and method", "Rules 39"),
        Content("time_place", "时间、地点", "Time and place", "Rules 39"),
        Content("staff", "制作人员", "Staff", "Rules 36, 39"),
    ),
    on=("case",),
)
