"""D-03: opinion for transfer to superior (Rules 26)."""

from __future__ import annotations

from documents.model import OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, section
from notices.bodies.official import official
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


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the opinion that the superior office should take the lead (D-03; Rules 26)."""
    blocks = (
        Paragraph(
            "根据《人民检察院公益诉讼办案规则》的规定，"
            "我院认为下列公益诉讼案件线索应当由你院管辖，现报请移送。"
        ),
        *section("一、报请移送的线索", values.get("lead", "")),
        *section("二、由上级人民检察院管辖的理由", values.get("ground", "")),
        *section("三、材料清单", values.get("materials", "")),
    )
    return official(kind, frame, values, blocks, values.get("addressee", "").strip())


TYPE = DocumentType(
    code="D-03",
    title_zh="报请移送案件线索意见书",
    title_en="Opinion for transfer to superior",
    stage="L0",
    article="Rules 26",
    approval=Approval.CHIEF,
    addressee=Addressee.SUPERIOR,
    delivery=Delivery.SYSTEM,
    contents=(
        Content(
            "addressee",
            "报请的上级人民检察院",
            "Superior procuratorate",
            "Rules 26",
            kind=Kind.LINE,
        ),
        Content("lead", "报请移送的线索", "Lead", "Rules 26"),
        Content("ground", "由上级管辖的理由", "Reason for superior jurisdiction", "Rules 15, 26"),
        Content("materials", "材料清单", "List of materials", required=False),
        Content("day", "日期", "Date", kind=Kind.DAY, set_at_issue=True),
    ),
    numbering=Numbering.WORD,
    on=("lead",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
