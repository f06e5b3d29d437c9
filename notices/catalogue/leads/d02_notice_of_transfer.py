"""D-02: notice of transfer of lead (Rules 26)."""

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
    NumberCode,
    Numbering,
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the notice to the competent office of the same level (D-02; Rules 26)."""
    blocks = (
        Paragraph(
            "根据《人民检察院公益诉讼办案规则》的规定，现将下列公益诉讼案件线索移送你院办理。"
        ),
        *section("一、移送的线索", values.get("lead", "")),
        *section("二、移送理由", values.get("reason", "")),
        *section("三、管辖依据", values.get("ground", "")),
        *section("四、移送材料清单", values.get("materials", "")),
    )
    return official(kind, frame, values, blocks, values.get("addressee", "").strip())


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
        Content("day", "日期", "Date", kind=Kind.DAY, set_at_issue=True),
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "移"),),
    on=("lead",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
