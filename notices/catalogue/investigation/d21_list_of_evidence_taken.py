"""D-21: list of evidence taken (Rules 38)."""

from __future__ import annotations

from documents.model import (
    Alignment,
    Block,
    Column,
    OfficialDocument,
    Paragraph,
    paragraphs,
)
from notices.bodies.frame import Frame, Values, phrase
from notices.bodies.investigation import case_of, record
from notices.bodies.parts import broken, labelled, said, side_by_side
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
    (Column("证据名称", 8), "items"),
    (Column("编号", 3, Alignment.CENTER), "numbers"),
    (Column("原件或者复制件", 3, Alignment.CENTER), "originals"),
    (Column("页数", 2, Alignment.CENTER), "pages"),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the list that provider and taker sign, one copy each (D-21; Rules 38; norm C024)."""
    case = case_of(values)
    provider = phrase(values, "provider")
    notice = phrase(values, "notice")
    under = f"依据{notice}调取证据通知书，" if notice else ""
    blocks: tuple[Block, ...] = (
        Paragraph(f"{frame.office}办理{case}，{under}向{provider}调取下列证据材料："),
        *side_by_side(values, COLUMNS),
        *_digests(values),
        *labelled(values, (("提供人", "provider"), ("调取人", "taker"))),
        *said(phrase(values, "remark"), "", "。"),
        Paragraph("本清单一式二份，提供人和调取人各执一份。"),
    )
    return record(kind, frame, values, blocks, ("提供人", "调取人", "调取人"))


def _digests(values: Values) -> tuple[Paragraph, ...]:
    found = tuple(Paragraph(broken(line.text)) for line in paragraphs(values.get("hash", "")))
    lead = (Paragraph("电子数据完整性校验值（SHA-256）："),) if found else ()
    return (*lead, *found)


TYPE = DocumentType(
    code="D-21",
    title_zh="调取证据清单",
    title_en="List of evidence taken",
    stage="P2",
    administrative_stage="A1-A2",
    article="Rules 38",
    approval=Approval.NONE,
    addressee=Addressee.UNIT,
    delivery=Delivery.SERVICE,
    contents=(
        CASE,
        Content(
            "notice",
            "调取证据通知书文号",
            "Number of the notice (D-20)",
            "Rules 38",
            required=False,
            kind=Kind.LINE,
        ),
        Content("items", "证据名称（每行一件）", "Items, one a line", "Rules 38"),
        Content("numbers", "编号（每行一件）", "Numbers, one a line", "Rules 38"),
        Content(
            "originals", "原件或者复制件（每行一件）", "Original or copy, one a line", "Rules 38"
        ),
        Content("pages", "页数（每行一件）", "Pages, one a line", "Rules 38"),
        Content("hash", "校验值", "Digests", required=False),
        Content("provider", "提供人", "Provider", "Rules 38", kind=Kind.LINE),
        Content("taker", "调取人", "Taker", "Rules 36, 38", kind=Kind.LINE),
        Content("remark", "备注", "Remark", required=False),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="1",
    body=body,
    repeats=True,
)
