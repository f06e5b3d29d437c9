"""D-62: protest of the superior office against an effective judgment (Rules 64; CPL 219, 223)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph, paragraphs
from notices.bodies.court import from_superior, led, submitted_to
from notices.bodies.frame import Frame, Values, as_case, text_of
from notices.bodies.parts import enclosed, part
from notices.catalogue.contents import DAY, ENCLOSURES
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
    Numbering,
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the protest (D-62; CPL 219, 223) of the superior office: judgment, facts, view, law."""
    blocks: tuple[Block, ...] = (
        Paragraph(_opening(values)),
        *part("案件来源及审理经过", paragraphs(values.get("course", ""))),
        *part("查明的事实", paragraphs(values.get("facts", ""))),
        *part("抗诉理由", led("本院认为，", values.get("reasons", ""))),
        Paragraph(f"综上，根据{text_of(values, 'law') or '法律'}的规定，特提出抗诉，请依法再审。"),
        *submitted_to(values.get("court", "")),
        *enclosed(values.get("attachments", "")),
    )
    return from_superior(kind, frame, values, blocks)


def _opening(values: Values) -> str:
    case = as_case(text_of(values, "case")) or "公益诉讼一案"
    return f"{case}，{text_of(values, 'judgment')}已经发生法律效力。本院依法进行了审查。"


TYPE = DocumentType(
    code="D-62",
    title_zh="抗诉书",
    title_en="Protest",
    stage="C10",
    administrative_stage="A8",
    article="Rules 64; CPL 219, 223",
    approval=Approval.SUPERIOR,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content(
            "superior", "提出抗诉的人民检察院", "Office that protests", "CPL 219", kind=Kind.LINE
        ),
        Content("order_number", "文号", "Number of the protest", required=False, kind=Kind.LINE),
        Content("court", "接受抗诉的人民法院", "Court", "CPL 219", kind=Kind.LINE),
        Content("case", "案件", "Case", "CPL 223", kind=Kind.LINE),
        Content("judgment", "生效裁判", "Effective decision", "CPL 223", kind=Kind.LINE),
        Content("course", "案件来源及审理经过", "Source and course", "CPL 223", required=False),
        Content("facts", "事实", "Facts", "CPL 223"),
        Content("reasons", "抗诉理由", "Reasons of the protest", "CPL 223"),
        Content("law", "法律依据", "Law", "CPL 219, 223", kind=Kind.LINE),
        ENCLOSURES,
        DAY,
    ),
    numbering=Numbering.WORD,
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
