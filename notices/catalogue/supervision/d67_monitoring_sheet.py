"""D-67: performance monitoring sheet (CPL 247, 250)."""

from __future__ import annotations

from itertools import zip_longest

from documents.model import Alignment, Block, Column, OfficialDocument, Paragraph, Table
from notices.bodies.administrative import lines, prose, said, sections
from notices.bodies.frame import Frame, Values, text_of
from notices.bodies.reports import internal
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
    Column("序号", 1, Alignment.CENTER),
    Column("履行事项", 4),
    Column("履行期限", 3),
    Column("履行证据", 4),
)


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the sheet on which performance is watched, one row an obligation (D-67)."""
    blocks = (
        Paragraph(f"案件编号：{frame.reference}"),
        *said(text_of(values, "decision"), "生效裁判："),
        *sections(
            ("各项义务的履行情况", _table(values)),
            ("履行进展和执行情况", prose(values.get("progress", ""))),
        ),
    )
    return internal(kind, frame, values, blocks)


def _table(values: Values) -> tuple[Block, ...]:
    columns = [lines(values.get(name, "")) for name in ("items", "due", "evidence")]
    rows = tuple(
        (str(number), *row) for number, row in enumerate(zip_longest(*columns, fillvalue=""), 1)
    )
    return (Table(COLUMNS, rows),) if rows else ()


TYPE = DocumentType(
    code="D-67",
    title_zh="执行进展记录表",
    title_en="Performance monitoring sheet",
    stage="E1-E6",
    article="CPL 247, 250",
    approval=Approval.HANDLER,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("decision", "生效裁判", "Effective decision", required=False, kind=Kind.LINE),
        Content("items", "履行事项", "Items", "CPL 247"),
        Content("due", "履行期限", "Due dates", "CPL 247"),
        Content("evidence", "履行证据", "Evidence", "CPL 247"),
        Content("progress", "进展情况", "Progress", required=False),
        Content("day", "日期", "Date", kind=Kind.DAY),
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
)
