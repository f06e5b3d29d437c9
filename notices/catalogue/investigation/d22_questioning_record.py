"""D-22: questioning record (Rules 36, 37)."""

from __future__ import annotations

from documents.model import OfficialDocument, paragraphs
from notices.bodies.frame import Frame, Values
from notices.bodies.investigation import record
from notices.bodies.parts import labelled
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
    ("询问时间", "time"),
    ("询问地点", "place"),
    ("询问人", "staff"),
    ("记录人", "recorder"),
    ("被询问人", "person"),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the record of questioning, confirmed or its signature refused (D-22; Rules 37; norm C023)."""
    blocks = (
        *labelled(values, HEAD, indent=False),
        *paragraphs(values.get("cards", "")),
        *paragraphs(values.get("individual", "")),
        *paragraphs(values.get("rights", "")),
        *paragraphs(values.get("answers", "")),
        *paragraphs(values.get("confirmation", "")),
    )
    return record(kind, frame, values, blocks, ("被询问人", "询问人", "询问人", "记录人"))


TYPE = DocumentType(
    code="D-22",
    title_zh="询问笔录",
    title_en="Questioning record",
    stage="P2",
    administrative_stage="A1-A2",
    article="Rules 36, 37",
    approval=Approval.HANDLER,
    addressee=Addressee.FILE,
    delivery=Delivery.FILE,
    contents=(
        CASE,
        Content("time", "询问时间（起止）", "Time, from and to", "Rules 37", kind=Kind.LINE),
        Content("place", "询问地点", "Place", "Rules 37", kind=Kind.LINE),
        Content("staff", "询问人", "Who asks", "Rules 36", kind=Kind.LINE),
        Content("recorder", "记录人", "Who writes", "Rules 36", kind=Kind.LINE),
        Content("person", "被询问人基本情况", "Person questioned", "Rules 37", kind=Kind.LINE),
        Content("cards", "出示工作证件的情况", "Work cards shown", "Rules 37"),
        Content("individual", "个别询问的情况", "Individual questioning", "Rules 37"),
        Content("rights", "告知的事项", "What the person was told", required=False),
        Content("answers", "问答内容", "Questions and answers", "Rules 37"),
        Content(
            "confirmation",
            "核对、签名或者拒绝签名的说明",
            "Confirmation, signature or refusal",
            "Rules 37",
        ),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
    repeats=True,
)
