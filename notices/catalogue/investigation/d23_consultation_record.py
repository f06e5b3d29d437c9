"""D-23: consultation record, expert opinion (Rules 40)."""

from __future__ import annotations

from dataclasses import replace

from documents.model import Closing, OfficialDocument, Paragraph, SignatureLine
from notices.bodies.frame import Frame, Values, document_day, phrase
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

RECORD, OPINION = "咨询笔录", "专家意见"
PARTS = (("咨询问题", "question"), ("咨询意见", "opinion"), ("意见的依据", "basis"))
HEAD = (
    ("案件名称", "case"),
    ("咨询时间、地点", "time_place"),
    ("咨询人", "staff"),
    ("被咨询人", "expert"),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the record of an oral consultation, or a written opinion (D-23; Rules 40; norm C027)."""
    form = chosen(values, "form", (RECORD, OPINION), RECORD)
    return _opinion(kind, frame, values) if form == OPINION else _record(kind, frame, values)


def _record(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    told = Paragraph("以上笔录由被咨询人核对无误后签名。")
    blocks = (*labelled(values, HEAD, indent=False), *sections(*by_name(values, PARTS)), told)
    signers = ("被咨询人", "咨询人", "咨询人")
    return record(kind, frame, values, blocks, signers, name=RECORD)


def _opinion(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the opinion signed by the adviser; a unit that wrote it puts its name and its seal."""
    asked = f"{frame.office}办理{case_of(values)}，就下列问题提出咨询，现提供意见如下："
    blocks = (
        Paragraph(asked),
        *labelled(values, (("提供意见的人员", "expert"), ("咨询时间、地点", "time_place"))),
        *labelled(values, (("咨询人", "staff"),)),
        *sections(*by_name(values, PARTS)),
    )
    unit = phrase(values, "unit")
    end = Closing(
        issuer=unit,
        day=document_day(kind, frame, values),
        signatures=(SignatureLine("提供意见的人员"),),
        seal=bool(unit),
    )
    made = record(kind, frame, values, blocks, (), name=OPINION)
    return replace(made, issuer=unit or frame.office, closing=end)


TYPE = DocumentType(
    code="D-23",
    title_zh="咨询笔录/专家意见",
    title_en="Consultation record, expert opinion",
    stage="P2",
    administrative_stage="A1-A2",
    article="Rules 40",
    approval=Approval.OUTSIDE,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content(
            "form",
            "文书名称",
            "Name of the paper",
            "Rules 40",
            kind=Kind.CHOICE,
            options=(RECORD, OPINION),
        ),
        CASE,
        Content("time_place", "咨询时间、地点", "Time and place", required=False, kind=Kind.LINE),
        Content("staff", "咨询人", "Who asks", "Rules 36", required=False, kind=Kind.LINE),
        Content(
            "expert", "被咨询人姓名、单位、专业", "Who is consulted", "Rules 40", kind=Kind.LINE
        ),
        Content(
            "unit",
            "出具意见的单位（加盖印章）",
            "Unit that writes the opinion, with its seal",
            "Rules 40",
            required=False,
            kind=Kind.LINE,
        ),
        Content("question", "咨询问题", "Question", "Rules 40"),
        Content("opinion", "意见", "Opinion", "Rules 40"),
        Content("basis", "依据", "Basis", "Rules 40"),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
    repeats=True,
)
