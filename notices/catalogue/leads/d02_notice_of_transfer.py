"""D-02: notice of transfer of lead (Rules 26)."""

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
    NumberCode,
    Numbering,
)

PARTS = (
    ("移送的线索", "lead"),
    ("移送理由", "reason"),
    ("管辖依据", "ground"),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the notice to the competent office of the same level (D-02; Rules 26)."""
    blocks = (
        Paragraph(f"根据{RULES_ZH}第二十六条的规定，现将下列公益诉讼案件线索移送你院办理。"),
        *sections(
            *by_name(values, PARTS),
            ("移送材料清单", items(values.get("materials", ""))),
        ),
        Paragraph(
            "请你院收到后依法办理，并将送达回证退回本院。认为不属于你院管辖的，请报告上级人民检察院，"
            "不得自行退回本院或者再行移送。"
        ),
        Paragraph("特此通知。"),
    )
    return letter(kind, frame, values, blocks)


TYPE = DocumentType(
    code="D-02",
    title_zh="移送案件线索通知书",
    title_en="Notice of transfer of lead",
    stage="L0",
    article="Rules 26",
    approval=Approval.CHIEF,
    addressee=Addressee.OFFICE,
    delivery=Delivery.SERVICE,
    contents=(
        Content(
            "addressee",
            "受移送人民检察院",
            "Receiving procuratorate",
            "Rules 26",
            kind=Kind.LINE,
        ),
        Content("lead", "移送的线索", "Lead", "Rules 26"),
        Content("reason", "移送理由", "Reason", "Rules 26"),
        Content("ground", "管辖依据", "Ground of jurisdiction", "Rules 13-18"),
        Content("materials", "材料清单", "List of materials", "Rules 26"),
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "移"),),
    on=("lead",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
)
