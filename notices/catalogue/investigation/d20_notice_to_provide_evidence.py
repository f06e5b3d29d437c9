"""D-20: notice to provide evidence (Rules 35, 38)."""

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
    NumberCode,
    Numbering,
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the notice to whoever holds the evidence (D-20; Rules 35, 36, 38; JI 6)."""
    case = case_of(values)
    basis = phrase(values, "basis")
    ground = f"根据{basis}的规定，" if basis else ""
    blocks = (
        *said(phrase(values, "reason"), f"本院在办理{case}中，", "。"),
        Paragraph(f"{ground}现向你（单位）调取下列证据材料："),
        *items(values.get("what", "")),
        *said(until(phrase(values, "deadline"), "收到本通知书"), "请", "向本院提供上述证据材料。"),
        *paragraphs(values.get("manner", "")),
        *said(phrase(values, "staff"), "本院指派检察人员", "调取，并出示工作证件和本通知书。"),
        *paragraphs(values.get("confidentiality", "")),
        Paragraph("特此通知。"),
        *contact(values),
    )
    return letter(kind, frame, values, blocks)


TYPE = DocumentType(
    code="D-20",
    title_zh="调取证据通知书",
    title_en="Notice to provide evidence",
    stage="P2",
    administrative_stage="A1-A2",
    article="Rules 35, 38",
    approval=Approval.CHIEF,
    addressee=Addressee.UNIT,
    delivery=Delivery.SERVICE,
    contents=(
        Content(
            "addressee",
            "证据持有单位（个人）",
            "Holder of the evidence",
            "Rules 38",
            kind=Kind.LINE,
        ),
        CASE,
        Content("reason", "理由", "Reason", "Rules 38"),
        Content("basis", "法律依据", "Legal basis", "Rules 38"),
        Content("what", "调取的证据（每行一项）", "What is to be provided, one a line", "Rules 38"),
        Content("deadline", "提供期限", "Deadline", "Rules 38", kind=Kind.LINE),
        Content("manner", "提供方式", "How it is to be provided", "Rules 38, 39", required=False),
        Content("staff", "二名检察人员", "Two staff", "Rules 36", kind=Kind.LINE),
        Content("confidentiality", "保密要求", "Confidentiality", "Rules 38"),
        *CONTACT,
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "调"),),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
    repeats=True,
)
