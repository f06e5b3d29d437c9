"""D-73: follow-up record (Rules 77)."""

from __future__ import annotations

from documents.model import FormDocument, fair_row
from notices.bodies.forms import cell, row
from notices.bodies.frame import Frame, Values
from notices.bodies.ruled import day_cell, ruled, signed
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)


def body(kind: DocumentType, frame: Frame, values: Values) -> FormDocument:
    """Return the record of what was found when the rectification was looked at (D-73; Rules 77)."""
    rows = (
        row(kind, values, "recommendation", 1),
        fair_row(day_cell(kind, values, "day"), cell(kind, values, "place")),
        row(kind, values, "persons", 2),
        row(kind, values, "site", 5),
        row(kind, values, "performance", 3),
        row(kind, values, "harm", 3),
        row(kind, values, "photos", 2),
        row(kind, values, "next", 2),
        signed("记录签名", "", "检察人员", "检察人员", "记录人", lines=1),
        signed("现场人员核对意见", "", "现场人员", lines=1),
    )
    return ruled(kind, frame, rows)


TYPE = DocumentType(
    code="D-73",
    title_zh="跟进调查记录",
    title_en="Follow-up record",
    stage="A6",
    article="Rules 77",
    approval=Approval.HANDLER,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("recommendation", "跟进的检察建议", "Recommendation", "Rules 77", kind=Kind.LINE),
        Content("day", "跟进日期", "Date", "Rules 77", kind=Kind.DAY),
        Content("place", "地点", "Place", "Rules 77", kind=Kind.LINE),
        Content("persons", "参加人员", "Persons", "Rules 77"),
        Content("site", "现场情况", "Site", "Rules 77"),
        Content("performance", "行政机关履职情况", "What the authority has done", "Rules 77"),
        Content("harm", "公益受侵害状态", "State of the harm", "Rules 77"),
        Content("photos", "照片、录像", "Photos and recordings", "Rules 77"),
        Content("next", "下一步意见", "What is proposed", required=False),
    ),
    on=("case",),
    layout=Layout.FORM,
    template="1",
    repeats=True,
    body=body,
)
