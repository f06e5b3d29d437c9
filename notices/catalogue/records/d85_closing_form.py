"""D-85: closing form, volume index (Rules 106)."""

from __future__ import annotations

from dataclasses import replace

from documents.model import Block, Column, OfficialDocument, SignatureLine
from notices.bodies.frame import Frame, Values, text_of
from notices.bodies.parts import counted, lines, prose, said, sections
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

NAME = "结案审批表（附卷宗目录、归档清单）"
COLUMNS = (Column("卷", 3), Column("材料名称", 8))


def body(kind: DocumentType, frame: Frame, values: Values) -> OfficialDocument:
    """Return the form on which a case is closed, with the index of its file (D-85; Rules 106)."""
    blocks = (
        *said(frame.reference, "案件编号："),
        *said(text_of(values, "case"), "案件名称："),
        *sections(
            ("办案经过", prose(values.get("course", ""))),
            ("结案情况", prose(values.get("outcome", ""))),
            ("承办人意见", prose(values.get("proposal", ""))),
            ("卷宗目录", _index(values.get("list", ""))),
            ("归档清单", (*prose(values.get("pages", "")), *_digest(values))),
        ),
    )
    made = internal(kind, frame, values, blocks)
    assert made.closing is not None  # an internal paper is always signed
    signatures = (*made.closing.signatures, SignatureLine("部门负责人审批"))
    closing = replace(made.closing, signatures=signatures)
    return replace(made, name=NAME, closing=closing)


def _digest(values: Values) -> tuple[Block, ...]:
    return said(text_of(values, "hash"), "卷宗目录校验值：")


def _index(text: str) -> tuple[Block, ...]:
    """Return the pieces as a table, volume by volume; a list that is only counted stays prose."""
    pieces = [line.partition("　") for line in lines(text)]
    if not any(title for _volume, _gap, title in pieces):
        return prose(text)
    rows = ((volume if title else "", title or volume) for volume, _gap, title in pieces)
    return counted(COLUMNS, rows)


TYPE = DocumentType(
    code="D-85",
    title_zh="结案审批表/卷宗目录/归档清单",
    title_en="Closing form, volume index",
    stage="E8-E9",
    administrative_stage="A8, AX1-AX2",
    article="Rules 106",
    approval=Approval.DEPARTMENT_HEAD,
    addressee=Addressee.FILE,
    delivery=Delivery.SYSTEM,
    contents=(
        Content("case", "案件名称", "Case", required=False, kind=Kind.LINE),
        Content("course", "办案经过", "Course of the case", required=False),
        Content("outcome", "结案情况", "How the case ended", ""),
        Content("proposal", "承办人意见", "Proposal", ""),
        Content("list", "目录", "List", "Rules 106"),
        Content("pages", "卷数、件数、页码", "Volumes, pieces, pages", "Rules 106"),
        Content("hash", "目录校验值", "Digest of the list", ""),
        DAY,
    ),
    on=("case",),
    layout=Layout.OFFICIAL,
    template="2",
    body=body,
)
