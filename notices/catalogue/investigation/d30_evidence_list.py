"""D-30: evidence list (EVID 19)."""

from __future__ import annotations

from documents.model import Alignment, Block, Column, OfficialDocument, Paragraph, paragraphs
from notices.bodies.frame import Frame, Values
from notices.bodies.investigation import case_of
from notices.bodies.official import letter
from notices.bodies.parts import side_by_side
from notices.catalogue.contents import CASE, DAY
from notices.declaration import (
    Addressee,
    Approval,
    Content,
    Delivery,
    DocumentType,
    Kind,
    Layout,
)

COLUMNS = (
    (Column("证据名称", 5), "item"),
    (Column("证据来源", 5), "source"),
    (Column("证明对象", 8), "proves"),
    (Column("页码", 3, Alignment.CENTER), "page"),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the list of the evidence handed to the court (D-30; EVID 19; CPL 71)."""
    blocks: tuple[Block, ...] = (
        Paragraph(f"{frame.office}就{case_of(values)}提交下列证据材料："),
        *side_by_side(values, COLUMNS),
        *paragraphs(values.get("sealed", "")),
    )
    return letter(kind, frame, values, blocks)


TYPE = DocumentType(
    code="D-30",
    title_zh="证据材料目录",
    title_en="Evidence list",
    stage="any",
    article="EVID 19",
    approval=Approval.HANDLER,
    addressee=Addressee.COURT,
    delivery=Delivery.COURT,
    contents=(
        Content("addressee", "人民法院", "Court", required=False, kind=Kind.LINE),
        CASE,
        Content("item", "证据名称（每行一件）", "Items, one a line", "EVID 19"),
        Content("source", "来源（每行一件）", "Source, one a line", "EVID 19"),
        Content("proves", "证明对象（每行一件）", "What each proves, one a line", "EVID 19"),
        Content("page", "页码（每行一件）", "Pages, one a line", "EVID 19"),
        Content(
            "sealed",
            "不公开出示的证据",
            "Evidence not shown in open court",
            "CPL 71",
            required=False,
        ),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
    repeats=True,
)
