"""D-32: consultation minutes (Rules 70)."""

from __future__ import annotations

from documents.model import OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, phrase
from notices.bodies.investigation import case_of, chosen, record
from notices.bodies.parts import by_name, labelled, sections
from notices.bodies.statutes import RULES_ZH
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

MINUTES, SUMMARY = "磋商会议记录", "磋商会议纪要"
HEAD = (
    ("时间、地点", "time_place"),
    ("检察机关参加人员", "staff"),
    ("行政机关参加人员", "present"),
)
PARTS = (("磋商事项", "subject"), ("各方意见", "positions"), ("承诺事项", "commitments"))


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the minutes that both sides sign (D-32; Rules 70; norm C100)."""
    case = case_of(values)
    blocks = (
        Paragraph(
            f"{frame.office}办理{case}，根据{RULES_ZH}第七十条的规定，"
            f"与{phrase(values, 'authority') or '行政机关'}就其履行监督管理职责的有关事项进行磋商。"
        ),
        *labelled(values, HEAD),
        *sections(*by_name(values, PARTS)),
        Paragraph("以上内容经双方核对无误。"),
    )
    form = chosen(values, "form", (MINUTES, SUMMARY), MINUTES)
    return record(kind, frame, values, blocks, ("检察机关", "行政机关"), name=form)


TYPE = DocumentType(
    code="D-32",
    title_zh="磋商会议记录/纪要",
    title_en="Consultation minutes",
    stage="A2",
    article="Rules 70",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.AUTHORITY,
    delivery=Delivery.SYSTEM,
    contents=(
        Content(
            "form",
            "文书名称",
            "Name of the paper",
            "Rules 70",
            kind=Kind.CHOICE,
            options=(MINUTES, SUMMARY),
        ),
        CASE,
        Content("authority", "行政机关", "Authority", "Rules 70", kind=Kind.LINE),
        Content("time_place", "时间、地点", "Time and place", "Rules 70", kind=Kind.LINE),
        Content("staff", "检察机关参加人员", "Staff of the office", "Rules 70", kind=Kind.LINE),
        Content(
            "present", "行政机关参加人员", "Staff of the authority", "Rules 70", kind=Kind.LINE
        ),
        Content("subject", "磋商事项", "Subject", "Rules 70"),
        Content("positions", "各方意见", "Positions", "Rules 70"),
        Content("commitments", "承诺事项", "Commitments", "Rules 70"),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
    repeats=True,
)
