"""D-03: opinion for transfer to superior (Rules 26)."""

from __future__ import annotations

from documents.model import OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values
from notices.bodies.official import letter
from notices.bodies.parts import by_name, items, sections
from notices.bodies.statutes import RULES_ZH
from notices.catalogue.contents import ISSUED_DAY
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

PARTS = (
    ("报请移送的线索", "lead"),
    ("由上级人民检察院管辖的理由", "ground"),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the opinion that the superior office should take the lead (D-03; Rules 26)."""
    blocks = (
        Paragraph(
            "本院认为下列公益诉讼案件线索应当由你院管辖，"
            f"现根据{RULES_ZH}第二十六条的规定报请移送。"
        ),
        *sections(
            *by_name(values, PARTS),
            ("材料清单", items(values.get("materials", ""))),
        ),
        Paragraph("以上意见，请审查。"),
    )
    return letter(kind, frame, values, blocks)


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
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    on=("lead",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
)
