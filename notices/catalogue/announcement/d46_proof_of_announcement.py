"""D-46: proof of announcement (JI 14(3))."""

from __future__ import annotations

from dataclasses import replace

from documents.model import Block, OfficialDocument, Paragraph, paragraphs
from notices.bodies.court import submitted_to
from notices.bodies.frame import Frame, Values, as_case, full_stop, handler_closing, text_of
from notices.bodies.parts import enclosed, part
from notices.bodies.reports import internal
from notices.bodies.statutes import JI_ZH
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


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return cover and certificate (D-46; JI 14(3)): what was announced, where, until when, who replied."""
    blocks: tuple[Block, ...] = (
        Paragraph(_opening(values)),
        *part("公告的内容", paragraphs(full_stop(values.get("announcement", "")))),
        *part("公告的发布", paragraphs(full_stop(values.get("published", "")))),
        *part("公告期间", paragraphs(full_stop(values.get("period", "")))),
        *part("公告期间的答复", paragraphs(full_stop(values.get("replies", "")))),
        Paragraph("特此证明。"),
        *submitted_to(values.get("court", "")),
        *enclosed(values.get("proof", "")),
    )
    # The office itself certifies: its seal stands beside the name of who prepared the paper.
    end = replace(handler_closing(kind, frame, values), issuer=frame.office, seal=True)
    return replace(internal(kind, frame, values, blocks), closing=end)


def _opening(values: Values) -> str:
    case = as_case(text_of(values, "case"))
    return f"根据{JI_ZH}第十三条、第十四条的规定，本院现就{case}履行公告程序的情况证明如下："


TYPE = DocumentType(
    code="D-46",
    title_zh="公告证明材料",
    title_en="Proof of announcement",
    stage="P6",
    machines=("case",),
    article="JI 14(3)",
    approval=Approval.NONE,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("court", "受诉人民法院", "Court", "JI 14(3)", kind=Kind.LINE),
        Content("case", "案件", "Case", "JI 14(3)", kind=Kind.LINE),
        Content("announcement", "公告的内容", "What was announced", "JI 13; Rules 91"),
        Content("published", "公告的发布", "Where and when it was published", "JI 13; Rules 91"),
        Content("period", "公告期间", "Period", "JI 13; Rules 91"),
        Content("replies", "公告期间的答复", "Replies", "JI 13; Rules 93"),
        Content(
            "proof", "所附公告发布证明（每行一项）", "Proof of publication, one a line", "JI 14(3)"
        ),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
)
