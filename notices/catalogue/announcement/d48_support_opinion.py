"""D-48: support opinion (Rules 100, 101)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph, paragraphs
from notices.bodies.court import case_before, led, named, to_court
from notices.bodies.frame import Frame, Values, text_of
from notices.bodies.parts import part
from notices.catalogue.contents import ENCLOSURES, ISSUED_DAY
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
    """Return the opinion (D-48; Rules 100, 101): the parties of the suit, the facts, why it is supported."""
    plaintiff = text_of(values, "plaintiff")
    blocks: tuple[Block, ...] = (
        *named("支持起诉人", frame.office),
        *named("原告", plaintiff),
        *named("被告", values.get("defendant", "")),
        Paragraph(f"{case_before(values)}，本院经审查，依法决定支持起诉。"),
        *part("事实", paragraphs(values.get("facts", ""))),
        *part("支持起诉意见", _opinion(values)),
    )
    return to_court(kind, frame, values, blocks)


def _opinion(values: Values) -> tuple[Paragraph, ...]:
    basis = text_of(values, "basis")
    view = led("本院认为，", values.get("opinion", ""))
    ground = f"根据{basis}的规定，" if basis else ""
    return (*view, Paragraph(f"{ground}本院支持原告提起诉讼，请你院依法审理。"))


TYPE = DocumentType(
    code="D-48",
    title_zh="支持起诉意见书",
    title_en="Support opinion",
    stage="PX3",
    machines=("case",),
    article="Rules 100, 101",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("court", "人民法院", "Court", "Rules 101", kind=Kind.LINE),
        Content("case_number", "案号", "Case number", "Rules 101", required=False, kind=Kind.LINE),
        Content("cause", "案由", "Cause", "Rules 101", required=False, kind=Kind.LINE),
        Content("plaintiff", "原告", "Plaintiff", "Rules 101"),
        Content("defendant", "被告（每行一名）", "Defendants, one a line", "Rules 101"),
        Content("facts", "事实", "Facts", "Rules 101", sourced=True),
        Content("opinion", "支持起诉意见", "Opinion", "Rules 101"),
        Content("basis", "法律依据", "Legal basis", "Rules 100, 101; CPL 58"),
        ENCLOSURES,
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "支"),),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
