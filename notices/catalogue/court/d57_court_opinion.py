"""D-57: opinion delivered in court (Rules 51, 57)."""

from __future__ import annotations

from documents.model import Block, OfficialDocument, Paragraph, paragraphs
from documents.numerals import Numbering as Marks
from documents.numerals import ordinal
from notices.bodies.court import part
from notices.bodies.frame import Frame, Values, as_case, handler_closing, text_of
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

SECTIONS = (
    ("facts", "关于案件事实和证据"),
    ("law", "关于法律适用和责任承担"),
    ("view", "关于诉讼请求的意见"),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the opinion as it is read to the panel (D-57; Rules 51, 57): facts, law, view."""
    told = [(title, values.get(name, "")) for name, title in SECTIONS]
    filled = [(title, text) for title, text in told if text.strip()]
    blocks: list[Block] = [Paragraph(_opening(frame, values))]
    for count, (title, text) in enumerate(filled, start=1):
        blocks += part(f"{ordinal(count, Marks.CHINESE)}{title}", paragraphs(text))
    return OfficialDocument(
        issuer=frame.office,
        name=kind.title_zh,
        blocks=(*blocks, Paragraph("以上意见，请合议庭评议时予以考虑。")),
        number=frame.number,
        addressee=text_of(values, "panel"),
        closing=handler_closing(kind, frame, values),
        annotation=frame.correction,
    )


def _opening(frame: Frame, values: Values) -> str:
    case = as_case(text_of(values, "cause")) or "本案"
    return (
        f"根据《人民检察院公益诉讼办案规则》第五十一条、第五十七条的规定，我们受{frame.office}指派，"
        f"就{text_of(values, 'court')}审理的{text_of(values, 'case_number')}{case}出席法庭。"
        "现结合法庭调查和辩论的情况，发表如下意见，请合议庭注意。"
    )


TYPE = DocumentType(
    code="D-57",
    title_zh="出庭意见",
    title_en="Court opinion",
    stage="C4",
    article="Rules 51, 57",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("panel", "称呼", "Address to the panel", required=False, kind=Kind.LINE),
        Content("court", "人民法院", "Court", "Rules 51", kind=Kind.LINE),
        Content("case_number", "案号", "Case number", "Rules 51", kind=Kind.LINE),
        Content("cause", "案由", "Cause", "Rules 51", required=False, kind=Kind.LINE),
        Content("facts", "事实", "Facts", "Rules 51", sourced=True),
        Content("law", "法律", "Law", "Rules 51"),
        Content("view", "意见", "View", "Rules 57"),
        Content("day", "日期", "Date", kind=Kind.DAY),
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
