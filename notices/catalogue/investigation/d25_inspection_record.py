"""D-25: inspection record (Rules 42)."""

from __future__ import annotations

from documents.model import OfficialDocument
from notices.bodies.frame import Frame, Values, phrase
from notices.bodies.investigation import record
from notices.bodies.parts import by_name, labelled, sections
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
    ("勘验时间", "time"),
    ("勘验地点", "place"),
    ("主持人", "leader"),
    ("勘验人员", "staff"),
    ("见证人", "witness"),
)
PARTS = (
    ("勘验方法和过程", "method"),
    ("勘验情况", "finding"),
    ("提取的样品、拍摄的照片", "sample"),
    ("参加人核对、签名情况", "participants"),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the record of an inspection led by a prosecutor (D-25; Rules 42; norm C029)."""
    blocks = (*labelled(values, HEAD, indent=False), *sections(*by_name(values, PARTS)))
    witness = ("见证人",) if phrase(values, "witness") else ()
    return record(kind, frame, values, blocks, ("主持人", "勘验人员", *witness, "记录人"))


TYPE = DocumentType(
    code="D-25",
    title_zh="勘验笔录",
    title_en="Inspection record",
    stage="P2",
    administrative_stage="A1-A2",
    article="Rules 42",
    approval=Approval.HANDLER,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        CASE,
        Content("time", "勘验时间（起止）", "Time, from and to", "Rules 42", kind=Kind.LINE),
        Content("place", "勘验地点", "Place", "Rules 42", kind=Kind.LINE),
        Content("leader", "主持勘验的检察官", "Leading prosecutor", "Rules 42", kind=Kind.LINE),
        Content("staff", "勘验人员（二名以上）", "Staff, two or more", "Rules 42", kind=Kind.LINE),
        Content("witness", "见证人", "Witness", "Rules 42", required=False, kind=Kind.LINE),
        Content("method", "方法和过程", "Method and course", "Rules 42"),
        Content("finding", "勘验情况", "What was found", "Rules 42"),
        Content("sample", "样品、照片", "Sample, photos", "Rules 42"),
        Content(
            "participants",
            "参加人核对、签名情况",
            "Check and signatures of the participants",
            "Rules 42",
        ),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
    repeats=True,
)
