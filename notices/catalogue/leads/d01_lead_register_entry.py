"""D-01: lead register entry (Rules 24, 25)."""

from __future__ import annotations

from documents.model import FormCell, FormDocument, fair_row
from documents.numerals import chinese_date
from notices.bodies.forms import cell, form, row
from notices.bodies.frame import Frame, Values, day_of
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
    Numbering,
)


def body(kind: DocumentType, frame: Frame, values: Values) -> FormDocument:
    """Return the entry of the register of leads (D-01; Rules 24, 25)."""
    received = FormCell("收到时间", chinese_date(day_of(values.get("received_on", ""))))
    rows = (
        fair_row(received, cell(kind, values, "reporter")),
        row(kind, values, "source", 2),
        row(kind, values, "summary", 8),
        row(kind, values, "attachments", 2),
        row(kind, values, "evaluation", 4),
    )
    return form(kind, frame, rows)


TYPE = DocumentType(
    code="D-01",
    title_zh="线索登记表",
    title_en="Lead register entry",
    stage="L0",
    article="Rules 24, 25",
    approval=Approval.INTAKE,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("source", "线索来源", "Source", "Rules 24"),
        Content("received_on", "收到时间", "Time", "Rules 25", kind=Kind.DAY),
        Content("reporter", "线索提供人", "Reporter", "Rules 25", kind=Kind.LINE),
        Content("summary", "线索内容摘要", "Summary", "Rules 25"),
        Content("attachments", "附件", "Attachments", required=False),
        Content("evaluation", "初步评估意见", "First evaluation", "Rules 27", required=False),
    ),
    numbering=Numbering.INTERNAL,
    on=("lead",),
    layout=Layout.FORM,
    template="1",
    body=body,
)
