"""D-26: record of electronic-data extraction (Rules 39)."""

from __future__ import annotations

from documents.model import Column, OfficialDocument
from notices.bodies.frame import Frame, Values, phrase
from notices.bodies.investigation import record
from notices.bodies.parts import by_name, labelled, sections, side_by_side
from notices.catalogue.contents import CASE, DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

HEAD = (
    ("案件名称", "case"),
    ("提取（固定）时间", "time"),
    ("提取（固定）地点", "place"),
    ("制作人员", "staff"),
    ("持有人、见证人", "present"),
)
PARTS = (
    ("原始存储介质或者复制理由", "medium"),
    ("制作过程和方法", "process"),
    ("其他情况", "remark"),
)
COLUMNS = ((Column("电子数据名称", 9), "items"), (Column("校验值（SHA-256）", 11), "hash"))


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the record with the list of what was extracted (D-26; Rules 39; norm C026)."""
    blocks = (
        *labelled(values, HEAD, indent=False),
        *sections(*by_name(values, PARTS)),
        *side_by_side(values, COLUMNS, caption="电子数据提取清单"),
    )
    present = ("持有人、见证人",) if phrase(values, "present") else ()
    signers = ("制作人", "制作人", *present)
    return record(kind, frame, values, blocks, signers, name="电子数据提取（固定）笔录")


TYPE = DocumentType(
    code="D-26",
    title_zh="电子数据提取（固定）笔录/提取清单",
    title_en="Record of electronic-data extraction",
    stage="P2",
    administrative_stage="A1-A2",
    article="Rules 39",
    approval=Approval.HANDLER,
    addressee=Addressee.FILE,
    delivery=Delivery.FILE,
    contents=(
        CASE,
        Content("time", "时间（起止）", "Time, from and to", "Rules 39", kind=Kind.LINE),
        Content("place", "地点", "Place", "Rules 39", kind=Kind.LINE),
        Content("staff", "制作人员", "Staff", "Rules 36, 39", kind=Kind.LINE),
        Content("present", "持有人、见证人", "Holder, witness", required=False, kind=Kind.LINE),
        Content(
            "medium",
            "原始存储介质或者复制理由",
            "Source medium or reason for a copy",
            "Rules 39",
        ),
        Content("process", "制作过程、方法", "Process and method", "Rules 39"),
        Content("items", "提取的电子数据（每行一项）", "Data extracted, one a line", "Rules 39"),
        Content("hash", "校验值（每行一项）", "Digests, one a line", "law 7.2"),
        Content("remark", "其他情况", "Anything else", required=False),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
    repeats=True,
)
