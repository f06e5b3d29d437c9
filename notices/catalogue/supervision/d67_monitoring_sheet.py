"""D-67: performance monitoring sheet (CPL 247, 250)."""

from __future__ import annotations

from documents.model import Column, OfficialDocument, Paragraph, Table
from notices.bodies.frame import Frame, Values, text_of
from notices.bodies.parts import lines, prose, said, sections, side_by_side
from notices.bodies.reports import internal
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

COLUMNS = (
    (Column("履行事项", 4), "items"),
    (Column("履行期限", 3), "due"),
    (Column("履行证据", 4), "evidence"),
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


def _table(values: Values) -> tuple[Table, ...]:
    """Return the obligations side by side; the table counts them, whatever numbers were typed."""
    uncounted = {name: "\n".join(lines(values.get(name, ""))) for _, name in COLUMNS}
    return side_by_side(uncounted, COLUMNS)


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
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
)
