"""D-57: opinion delivered in court (Rules 51, 57)."""

from __future__ import annotations

from dataclasses import replace

from documents.model import OfficialDocument, Paragraph
from notices.bodies.frame import Frame, Values, as_case, text_of
from notices.bodies.parts import by_name, sections
from notices.bodies.reports import internal
from notices.bodies.statutes import RULES_ZH
from notices.catalogue.contents import DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

PARTS = (
    ("关于案件事实和证据", "facts"),
    ("关于法律适用和责任承担", "law"),
    ("关于诉讼请求的意见", "view"),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the opinion as it is read to the panel (D-57; Rules 51, 57): facts, law, view."""
    blocks = (
        Paragraph(_opening(frame, values)),
        *sections(*by_name(values, PARTS)),
        Paragraph("以上意见，请合议庭评议时予以考虑。"),
    )
    return replace(internal(kind, frame, values, blocks), addressee=text_of(values, "panel"))


def _opening(frame: Frame, values: Values) -> str:
    case = as_case(text_of(values, "cause")) or "本案"
    return (
        f"根据{RULES_ZH}第五十一条、第五十七条的规定，我们受{frame.office}指派，"
        f"就{text_of(values, 'court')}审理的{text_of(values, 'case_number')}{case}出席法庭。"
        "现结合法庭调查和辩论的情况，发表如下意见，请合议庭注意。"
    )


TYPE = DocumentType(
    code="D-57",
    title_zh="出庭意见",
    title_en="Court opinion",
    stage="C4",
    administrative_stage="A8",
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
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
