"""D-11: extension of the review period (Rules 47)."""

from __future__ import annotations

from documents.model import FormDocument, FormRow, fair_row
from notices.bodies.forms import cell, form, opinion, row
from notices.bodies.frame import Frame, Values
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
    """Return the approval form; a further extension goes to the next-higher office (D-11; Rules 47)."""
    rows = (
        row(kind, values, "case", 1),
        fair_row(cell(kind, values, "level"), cell(kind, values, "ground")),
        fair_row(cell(kind, values, "old_end"), cell(kind, values, "new_end")),
        row(kind, values, "reason", 5),
        row(kind, values, "basis", 1),
        opinion("承办人意见", "承办检察官"),
        opinion("部门负责人意见", "部门负责人"),
        *_deciders(values),
    )
    return form(kind, frame, rows)


def _deciders(values: Values) -> tuple[FormRow, ...]:
    if "上一级" not in values.get("level", ""):
        return (opinion("检察长决定", "检察长"),)
    return (
        opinion("检察长意见", "检察长"),
        opinion("上一级人民检察院审批意见", "上一级人民检察院"),
    )


TYPE = DocumentType(
    code="D-11",
    title_zh="延长审查起诉期限审批表",
    title_en="Extension of the review period",
    stage="P5",
    administrative_stage="A6-A7",
    article="Rules 47",
    approval=Approval.CHIEF,
    addressee=Addressee.DECIDERS,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("case", "案件名称", "Case", kind=Kind.LINE),
        Content(
            "level",
            "批准层级（检察长或者上一级人民检察院）",
            "Who approves: chief procurator or next-higher office (上一级人民检察院)",
            "Rules 47",
            kind=Kind.LINE,
        ),
        Content("old_end", "原期限届满日", "Old end date", "Rules 47", kind=Kind.LINE),
        Content("new_end", "新期限届满日", "New end date", "Rules 47", kind=Kind.LINE),
        Content(
            "ground",
            "案件情形（重大、疑难或者复杂）",
            "Major, difficult or complex",
            "Rules 47",
            kind=Kind.LINE,
        ),
        Content("reason", "延长理由", "Reason", "Rules 47"),
        Content("basis", "法律依据", "Legal basis", "Rules 47", kind=Kind.LINE),
    ),
    on=("case",),
    layout=Layout.FORM,
    template="2",
    body=body,
    repeats=True,
)
