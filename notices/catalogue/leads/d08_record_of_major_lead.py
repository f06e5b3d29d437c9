"""D-08: record of major lead (Rules 25)."""

from __future__ import annotations

from documents.model import FormCell, FormDocument, FormRow
from documents.numerals import chinese_date
from notices.bodies.forms import cell, form, opinion, row
from notices.bodies.frame import Frame, Values, document_day
from notices.catalogue.contents import DAY
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
    """Return the record of a major lead for the next-higher office (D-08; Rules 25)."""
    day = FormCell("日期", chinese_date(document_day(kind, frame, values)))
    rows = (
        FormRow((cell(kind, values, "addressee"),)),
        row(kind, values, "summary", 8),
        row(kind, values, "why_major", 4),
        FormRow((day,)),
        opinion("部门负责人意见", "部门负责人"),
    )
    return form(kind, frame, rows)


TYPE = DocumentType(
    code="D-08",
    title_zh="立案备案（重大线索）",
    title_en="Record of major lead",
    stage="L0",
    article="Rules 25",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.SUPERIOR,
    delivery=Delivery.SYSTEM,
    contents=(
        Content(
            "addressee",
            "备案的上级人民检察院",
            "Next-higher procuratorate",
            "Rules 25",
            kind=Kind.LINE,
        ),
        Content("summary", "线索摘要", "Summary of the lead", "Rules 25"),
        Content("why_major", "认定为重大线索的理由", "Why the lead is major", "Rules 25"),
        DAY,
    ),
    on=("lead",),
    layout=Layout.FORM,
    template="1",
    body=body,
)
