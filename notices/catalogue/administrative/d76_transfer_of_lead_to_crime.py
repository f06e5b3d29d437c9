"""D-76: transfer of a lead to crime or duty offence (Rules 31)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, as_case, text_of
from notices.bodies.official import letter
from notices.bodies.parts import contact, enclosed, prose, said, sections
from notices.catalogue.contents import CONTACT, ISSUED_DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

CRIME, DUTY = "犯罪", "职务违法"
# What the paper is called, and what is transferred.
NAMES = {CRIME: "移送犯罪线索函", DUTY: "涉嫌职务违法线索移送函"}
SUSPICIONS = {CRIME: "涉嫌犯罪", DUTY: "涉嫌职务违法"}


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the letter that hands a lead to the police or to a supervision commission (D-76)."""
    which = DUTY if "职务" in text_of(values, "which") else CRIME
    blocks = (
        *_opening(values, SUSPICIONS[which]),
        *sections(
            ("线索来源", prose(values.get("source", ""))),
            ("涉案单位和人员", prose(values.get("suspects", ""))),
            ("主要事实", prose(values.get("facts", ""))),
            (f"认为{SUSPICIONS[which]}的理由", prose(values.get("reason", ""))),
        ),
        *_transfer(values),
        *contact(values),
        *enclosed(values.get("evidence", "")),
    )
    return letter(kind, frame, values, blocks, name=NAMES[which])


def _opening(values: Values, suspicion: str) -> tuple[Block, ...]:
    return said(
        as_case(text_of(values, "case")),
        "本院在办理",
        f"过程中，发现{suspicion}的线索，现将有关情况函告如下。",
    )


def _transfer(values: Values) -> tuple[Block, ...]:
    basis = text_of(values, "basis")
    ground = f"根据{basis}的规定，" if basis else ""
    return (
        Paragraph(f"{ground}现将上述线索及有关证据材料移送你单位，请依法审查处理。"),
        Paragraph("请在收到后将签收的送达回证退回本院，并将审查处理结果书面告知本院。"),
    )


TYPE = DocumentType(
    code="D-76",
    title_zh="移送犯罪线索函/涉嫌职务违法线索移送函",
    title_en="Transfer of a lead to crime or duty offence",
    stage="P2",
    administrative_stage="A1-A7",
    article="Rules 31",
    approval=Approval.CHIEF,
    addressee=Addressee.AUTHORITY,
    delivery=Delivery.SERVICE,
    contents=(
        Content(
            "which",
            "线索种类",
            "Crime or duty offence",
            "Rules 31",
            kind=Kind.CHOICE,
            options=tuple(SUSPICIONS.values()),
        ),
        Content("addressee", "受移送机关", "Addressee", "Rules 31", kind=Kind.LINE),
        Content("case", "所办案件", "Case", "Rules 31", kind=Kind.LINE),
        Content("source", "线索来源", "Source", "Rules 31", required=False),
        Content("suspects", "涉案单位、人员", "Who is suspected", "Rules 31"),
        Content("facts", "事实", "Facts", "Rules 31"),
        Content("reason", "涉嫌犯罪或者职务违法的理由", "Why it is suspected", "Rules 31"),
        Content("basis", "移送依据", "Basis", "Rules 31"),
        Content("evidence", "证据清单", "Evidence list", "Rules 31"),
        *CONTACT,
        ISSUED_DAY,
    ),
    layout=Layout.OFFICIAL,
    template="2",
    repeats=True,
    body=body,
)
