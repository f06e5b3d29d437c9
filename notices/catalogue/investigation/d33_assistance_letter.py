"""D-33: assistance letter (Rules 35, 36; JI 6)."""

from __future__ import annotations

from documents.model import OfficialDocument, Paragraph, paragraphs
from notices.bodies.frame import Frame, Values, phrase
from notices.bodies.investigation import case_of
from notices.bodies.official import letter
from notices.bodies.parts import contact, items, said, until
from notices.catalogue.contents import CASE, CONTACT, ISSUED_DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the letter that asks a body to help in the investigation (D-33; JI 6; Rules 35, 36)."""
    case = case_of(values)
    basis = phrase(values, "basis")
    ground = f"根据{basis}的规定，" if basis else ""
    blocks = (
        *said(phrase(values, "reason"), f"本院在办理{case}中，", "。"),
        Paragraph(f"{ground}现请你单位协助调查下列事项："),
        *items(values.get("request", "")),
        *said(
            until(phrase(values, "deadline"), "收到本函"),
            "请",
            "将协查结果及相关材料书面函复本院。",
        ),
        *said(phrase(values, "staff"), "本院承办人员：", "。"),
        *paragraphs(values.get("confidentiality", "")),
        Paragraph("特此函达，请予支持。"),
        *contact(values),
    )
    return letter(kind, frame, values, blocks)


TYPE = DocumentType(
    code="D-33",
    title_zh="协查函",
    title_en="Assistance letter",
    stage="P2",
    administrative_stage="A1-A2",
    article="Rules 35, 36; JI 6",
    approval=Approval.CHIEF,
    addressee=Addressee.UNIT,
    delivery=Delivery.EXPRESS,
    contents=(
        Content("addressee", "协查单位", "Body asked", "Rules 35", kind=Kind.LINE),
        CASE,
        Content("reason", "协查原因", "Why", required=False),
        Content("request", "协查事项（每行一项）", "Request, one item a line", "Rules 35"),
        Content("basis", "法律依据", "Legal basis", "JI 6"),
        Content("deadline", "函复期限", "Time for the reply", "Rules 35", kind=Kind.LINE),
        Content("staff", "承办人员", "Handling staff", "Rules 36", kind=Kind.LINE),
        Content("confidentiality", "保密要求", "Confidentiality", required=False),
        *CONTACT,
        ISSUED_DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
    repeats=True,
)
