"""D-71: recommendation (governance) (PRR 15-17)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, text_of
from notices.bodies.official import letter
from notices.bodies.parts import contact, enclosed, items, prose, said, sections, until
from notices.catalogue.contents import CONTACT, ENCLOSURES, ISSUED_DAY
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

RECEIPT = "收到本检察建议书"


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the recommendation on governance with the seven items of PRR 16 (D-71)."""
    blocks = (
        Paragraph("本院在履行法律监督职责中发现你单位存在需要整改的问题，现提出检察建议。"),
        *sections(
            ("问题的来源", prose(values.get("source", ""))),
            ("认定的事实和证据", prose(values.get("facts", ""))),
            ("存在的违法情形或者应当消除的隐患", prose(values.get("hazard", ""))),
            ("检察建议的内容和依据", _proposal(values)),
            ("异议和书面回复的期限", _terms(values)),
            ("其他需要说明的事项", prose(values.get("other", ""))),
        ),
        *contact(values),
        *enclosed(values.get("attachments", "")),
    )
    return letter(kind, frame, values, blocks, name="检察建议书")


def _proposal(values: Values) -> tuple[Block, ...]:
    asked = items(values.get("content", ""))
    lead = said(text_of(values, "basis"), "根据", "的规定，提出如下检察建议：")
    return (*lead, *asked) if asked else lead


def _terms(values: Values) -> tuple[Block, ...]:
    objection = until(text_of(values, "objection"), RECEIPT)
    reply = until(text_of(values, "reply"), RECEIPT)
    return (
        *said(objection, "你单位对本检察建议有异议的，可以", "向本院书面提出，并说明理由和依据。"),
        *said(reply, "请你单位", "作出相应处理，并将处理结果书面回复本院。"),
    )


TYPE = DocumentType(
    code="D-71",
    title_zh="检察建议书（社会治理，致单位）",
    title_en="Recommendation (governance)",
    stage="any",
    article="PRR 15-17",
    approval=Approval.CHIEF_OR_COMMITTEE,
    addressee=Addressee.UNIT,
    delivery=Delivery.SERVICE,
    contents=(
        Content("addressee", "被建议单位", "Unit", "PRR 3", kind=Kind.LINE),
        Content("source", "案件或者问题的来源", "Source", "PRR 16(1)"),
        Content("facts", "事实和证据", "Facts and evidence", "PRR 16(2)", sourced=True),
        Content("hazard", "违法或者隐患", "Illegality or hazard", "PRR 16(3)", sourced=True),
        Content("basis", "建议的依据", "Basis", "PRR 16(4)"),
        Content("content", "建议内容", "Content", "PRR 16(4)"),
        Content(
            "objection",
            "异议期限",
            "Objection period",
            "PRR 16(5)",
            kind=Kind.LINE,
        ),
        Content("reply", "回复期限", "Reply period", "PRR 16(6), 19", kind=Kind.LINE),
        Content("other", "其他", "Other", "PRR 16(7)", required=False),
        *CONTACT,
        ENCLOSURES,
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("社", "建"),),
    layout=Layout.OFFICIAL,
    template="2",
    repeats=True,
    body=body,
)
