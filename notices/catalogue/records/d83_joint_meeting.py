"""D-83: joint meeting record (Rules 7)."""

from __future__ import annotations

from dataclasses import replace

from documents.model import Closing, OfficialDocument, SignatureLine
from documents.numerals import chinese_date
from notices.bodies.frame import Frame, Values, document_day, text_of
from notices.bodies.parts import prose, said, sections
from notices.bodies.reports import internal
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

HEAD = ("place", "chair", "attendees", "recorder", "case")
SIGNATURES = (SignatureLine("主持人"), SignatureLine("参加人员"), SignatureLine("记录人"))


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the record of a joint meeting: who was asked what, and what each thought (D-83; Rules 7)."""
    head = [kind.content(name) for name in HEAD]
    blocks = (
        *said(chinese_date(document_day(kind, frame, values)), "时间："),
        *(
            line
            for item in head
            if item is not None
            for line in said(text_of(values, item.name), f"{item.label_zh}：")
        ),
        *sections(
            ("案件情况", prose(values.get("facts", ""))),
            ("讨论的问题", prose(values.get("questions", ""))),
            ("讨论意见", prose(values.get("views", ""))),
            ("综合意见", prose(values.get("summary", ""))),
        ),
    )
    end = Closing(day=document_day(kind, frame, values), signatures=SIGNATURES, seal=False)
    return replace(internal(kind, frame, values, blocks), closing=end)


TYPE = DocumentType(
    code="D-83",
    title_zh="检察官联席会议记录",
    title_en="Joint meeting record",
    stage="any",
    article="Rules 7",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("day", "会议日期", "Day of the meeting", "Rules 7", kind=Kind.DAY),
        Content("place", "地点", "Place", required=False, kind=Kind.LINE),
        Content("chair", "主持人", "In the chair", "Rules 7", kind=Kind.LINE),
        Content("attendees", "参加人员", "Who took part", "Rules 7"),
        Content("recorder", "记录人", "Recorded by", required=False, kind=Kind.LINE),
        Content("case", "案件", "Case", "Rules 7", kind=Kind.LINE),
        Content("facts", "案件情况", "Facts", required=False),
        Content("questions", "讨论的问题", "Questions", "Rules 7"),
        Content("views", "讨论意见", "Views", "Rules 7"),
        Content("summary", "综合意见", "Summary", required=False),
    ),
    layout=Layout.OFFICIAL,
    template="1",
    repeats=True,
    body=body,
)
