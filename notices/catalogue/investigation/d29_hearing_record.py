"""D-29: hearing record and opinion (Rules 44)."""

from __future__ import annotations

from documents.model import OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values
from notices.bodies.investigation import case_of, chosen, record
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

RECORD, OPINION = "听证笔录", "听证意见书"
HEAD = (
    ("案件名称", "case"),
    ("听证事项", "subject"),
    ("听证时间、地点", "time_place"),
    ("主持人", "chair"),
    ("听证员", "officers"),
    ("参加人", "participants"),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the record of a hearing, or what its officers found (D-29; Rules 44)."""
    form = chosen(values, "form", (RECORD, OPINION), RECORD)
    return _opinion(kind, frame, values) if form == OPINION else _record(kind, frame, values)


def _record(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    parts = (("听证经过", "course"), ("听证意见", "views"))
    blocks = (*labelled(values, HEAD, indent=False), *sections(*by_name(values, parts)))
    signers = ("主持人", "听证员", "参加人", "记录人")
    return record(kind, frame, values, blocks, signers, name=RECORD)


def _opinion(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the opinion of the officers; it stays in the file and weighs in the decision."""
    parts = (("听证经过", "course"), ("听证员意见", "views"))
    blocks = (
        Paragraph(
            f"{frame.office}就{case_of(values)}举行听证，听证员经听取各方意见并评议，提出意见如下："
        ),
        *labelled(values, HEAD[1:]),
        *sections(*by_name(values, parts)),
    )
    signers = ("听证员", "听证员", "听证员", "主持人")
    return record(kind, frame, values, blocks, signers, name=OPINION)


TYPE = DocumentType(
    code="D-29",
    title_zh="听证笔录、听证意见书",
    title_en="Hearing record and opinion",
    stage="P2-P5",
    administrative_stage="A1-A7",
    article="Rules 44",
    approval=Approval.OUTSIDE,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content(
            "form",
            "文书名称",
            "Name of the paper",
            "Rules 44",
            kind=Kind.CHOICE,
            options=(RECORD, OPINION),
        ),
        CASE,
        Content("subject", "听证事项", "Subject", "Rules 44", kind=Kind.LINE),
        Content("time_place", "时间、地点", "Time and place", "Rules 44", kind=Kind.LINE),
        Content("chair", "主持人", "Chair", "Rules 44", kind=Kind.LINE),
        Content("officers", "听证员", "Hearing officers", "Rules 44", kind=Kind.LINE),
        Content("participants", "参加人", "Participants", required=False, kind=Kind.LINE),
        Content("course", "听证经过", "Course of the hearing", required=False),
        Content("views", "听证意见", "Views", "Rules 44"),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
    repeats=True,
)
