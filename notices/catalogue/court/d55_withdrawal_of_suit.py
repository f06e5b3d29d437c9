"""D-55: withdrawal of suit (Rules 99; JI 19)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph
from notices.bodies.court import case_before, led, to_court
from notices.bodies.frame import Frame, Values, text_of
from notices.bodies.parts import items, part
from notices.bodies.statutes import JI_ZH, RULES_ZH
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
    """Return the decision (D-55; Rules 99; JI 19): the suit, that every claim is realised, its withdrawal."""
    defendant = text_of(values, "defendant")
    against = f"，系本院对{defendant}提起的民事公益诉讼案件" if defendant else ""
    blocks: tuple[Block, ...] = (
        Paragraph(f"{case_before(values)}{against}。"),
        *part("诉讼请求的实现情况", items(values.get("realised", ""))),
        *led("经审查，", values.get("reason", "")),
        Paragraph(
            "本案诉讼请求已经全部实现。根据"
            f"{JI_ZH}第十九条、"
            f"{RULES_ZH}第九十九条的规定，本院决定撤回起诉，请你院依法准许。"
        ),
    )
    return to_court(kind, frame, values, blocks)


TYPE = DocumentType(
    code="D-55",
    title_zh="撤回起诉决定书",
    title_en="Withdrawal of suit",
    stage="CX2",
    administrative_stage="A8",
    article="Rules 99; JI 19",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("court", "人民法院", "Court", "Rules 99", kind=Kind.LINE),
        Content("case_number", "案号", "Case number", "Rules 99", kind=Kind.LINE),
        Content("cause", "案由", "Cause", "Rules 99", required=False, kind=Kind.LINE),
        Content("defendant", "被告", "Defendant", "Rules 99", kind=Kind.LINE),
        Content(
            "realised",
            "各项诉讼请求的实现情况（每行一项）",
            "How each claim was realised, one a line",
            "Rules 99; JI 19",
        ),
        Content("reason", "理由：诉讼请求全部实现", "Reason: all claims realised", "Rules 99"),
        ENCLOSURES,
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "撤诉"),),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
)
