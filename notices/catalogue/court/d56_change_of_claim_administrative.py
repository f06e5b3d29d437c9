"""D-56: change of the claim of an administrative suit (Rules 84; JI 24)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph
from notices.bodies.court import case_before, led, to_court
from notices.bodies.frame import Frame, Values, text_of
from notices.bodies.parts import items, part
from notices.bodies.statutes import JI_ZH, RULES_ZH
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


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the decision (D-56; Rules 84): what the authority has done since, and the claim that is left."""
    defendant = text_of(values, "defendant")
    against = f"，系本院对{defendant}提起的行政公益诉讼案件" if defendant else ""
    blocks: tuple[Block, ...] = (
        Paragraph(f"{case_before(values)}{against}。"),
        *part("原诉讼请求", items(values.get("old_claims", ""))),
        *led("审理过程中，", values.get("reason", "")),
        Paragraph(f"根据{JI_ZH}第二十四条、{RULES_ZH}第八十四条的规定，本院决定将诉讼请求变更为："),
        *items(values.get("claim", "")),
        Paragraph("请你院依法裁判。"),
    )
    return to_court(kind, frame, values, blocks)


TYPE = DocumentType(
    code="D-56",
    title_zh="变更诉讼请求决定书",
    title_en="Change of claim (administrative)",
    stage="A8",
    machines=("administrative",),
    article="Rules 84; JI 24",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("court", "人民法院", "Court", "Rules 84", kind=Kind.LINE),
        Content("case_number", "案号", "Case number", "Rules 84", kind=Kind.LINE),
        Content("cause", "案由", "Cause", "Rules 84", required=False, kind=Kind.LINE),
        Content("defendant", "被告行政机关", "Defendant authority", "Rules 84", kind=Kind.LINE),
        Content("old_claims", "原诉讼请求（每行一项）", "Old claims, one a line", "Rules 84"),
        Content("reason", "行政机关履行职责的情况", "What the authority has done", "Rules 84"),
        Content("claim", "变更后的诉讼请求：确认违法", "New claim: confirm illegality", "Rules 84"),
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("行公", "变"),),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
)
