"""D-60: appeal in public-interest litigation (Rules 58, 59; CPL 171)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph, paragraphs
from notices.bodies.court import named, to_court
from notices.bodies.frame import Frame, Values, as_case, text_of
from notices.bodies.parts import items, part
from notices.bodies.statutes import CPL_ZH, RULES_ZH
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
    """Return the appeal (D-60; Rules 59): the parties, the judgment, claims, facts and reasons."""
    blocks: tuple[Block, ...] = (
        *named("上诉人（原审公益诉讼起诉人）", values.get("appellant", "")),
        *named("被上诉人（原审被告）", values.get("appellee", "")),
        Paragraph(_opening(values)),
        *part("上诉请求", items(values.get("claims", ""))),
        *part("事实", paragraphs(values.get("facts", ""))),
        *part("理由", paragraphs(values.get("reasons", ""))),
        Paragraph("综上，请依法审理，支持上述上诉请求。"),
    )
    return to_court(kind, frame, values, blocks, court="appeal_court")


def _opening(values: Values) -> str:
    cause = as_case(text_of(values, "cause"))
    judgment, number = text_of(values, "judgment"), text_of(values, "case_number")
    because = f"因{cause}，" if cause else ""
    known = "" if not number or number in judgment else f"（案号：{number}）"
    return (
        f"上诉人{because}不服{text_of(values, 'court')}{judgment}{known}，根据"
        f"{CPL_ZH}第一百七十一条、"
        f"{RULES_ZH}第五十八条、第五十九条的规定，现通过原审人民法院提起上诉。"
    )


TYPE = DocumentType(
    code="D-60",
    title_zh="公益诉讼上诉书",
    title_en="Appeal",
    stage="C7-C8",
    administrative_stage="A8",
    article="Rules 58, 59; CPL 171",
    approval=Approval.CHIEF,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("appellant", "上诉人", "Appellant", "Rules 59"),
        Content("appellee", "被上诉人（每行一名）", "Appellees, one a line", "Rules 59"),
        Content("court", "原审人民法院", "Court that judged", "Rules 59", kind=Kind.LINE),
        Content("case_number", "原审案号", "Case number", "Rules 59", kind=Kind.LINE),
        Content("cause", "案由", "Cause", "Rules 59", kind=Kind.LINE),
        Content("judgment", "原审裁判", "Judgment appealed against", "Rules 59", kind=Kind.LINE),
        Content("claims", "上诉请求（每行一项）", "Claims, one a line", "Rules 59"),
        Content("facts", "事实", "Facts", "Rules 59", sourced=True),
        Content("reasons", "理由", "Reasons", "Rules 59"),
        Content(
            "appeal_court", "上诉审人民法院", "Court of appeal", "Rules 59, 60", kind=Kind.LINE
        ),
        ENCLOSURES,
        ISSUED_DAY,
    ),
    numbering=Numbering.WORD,
    codes=(NumberCode("民公", "上"),),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
