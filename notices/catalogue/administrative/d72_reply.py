"""D-72: reply and rectification report (Rules 75; JI 21): the form an authority fills in."""

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

NOTES = (
    "请按检察建议的各项内容逐项填写，篇幅不够的可以另附整改报告；证据材料请附目录。",
    "回复期限以检察建议书载明的为准，自收到检察建议书之日起计算。",
    "末行由收到回复的人民检察院填写。",
)


def body(kind: DocumentType, frame: Frame, values: Values) -> FormDocument:
    """Return the reply form that is enclosed with a recommendation; what is empty waits for the pen."""
    rows = (
        row(kind, values, "authority", 1),
        fair_row(cell(kind, values, "recommendation"), day_cell(kind, values, "received_on")),
        row(kind, values, "items", 3),
        row(kind, values, "measures", 6),
        row(kind, values, "remaining", 2),
        row(kind, values, "evidence", 2),
        row(kind, values, "contact", 1),
        signed("回复单位意见（盖章）", "", "单位负责人", lines=2),
        fair_row(cell(kind, values, "receiver"), day_cell(kind, values, "date")),
    )
    return ruled(kind, frame, rows, "检察建议回复函（整改报告）", NOTES)


TYPE = DocumentType(
    code="D-72",
    title_zh="回复函/整改报告",
    title_en="Reply and rectification report",
    stage="A5",
    article="Rules 75",
    approval=Approval.OUTSIDE,
    addressee=Addressee.OFFICE,
    delivery=Delivery.NONE,
    contents=(
        Content("authority", "回复单位", "Who replies", "JI 21", kind=Kind.LINE),
        Content("recommendation", "建议书文号", "Recommendation", "JI 21", kind=Kind.LINE),
        Content(
            "received_on",
            "收到建议书日期",
            "Recommendation received on",
            "JI 21",
            required=False,
            kind=Kind.LINE,
        ),
        Content("items", "检察建议的内容", "What was recommended", "Rules 75(6)", required=False),
        Content("measures", "整改措施及落实情况", "Measures", "Rules 75"),
        Content("remaining", "尚未完成的事项及计划", "What remains", "Rules 75(7)", required=False),
        Content("evidence", "证据材料", "Evidence", "Rules 75"),
        Content("contact", "联系方式", "Contact and telephone", required=False, kind=Kind.LINE),
        Content("receiver", "接收人", "Received by", required=False, kind=Kind.LINE),
        Content("date", "收到日期", "Date of receipt", "Rules 75", kind=Kind.DAY),
    ),
    on=("case",),
    layout=Layout.FORM,
    template="1",
    repeats=True,
    body=body,
)
