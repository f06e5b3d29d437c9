"""The sheet on the screen: the document as an HTML fragment with classes of `static/css/doc.css`.

It is for reading and editing beside; the exact picture is the Typst preview. Every text is escaped
by the template engine, and the fragment has no style, script or address of its own.
"""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from documents.model import (
    AttachmentList,
    Block,
    Document,
    FormDocument,
    NumberedList,
    Table,
    shown_number,
)
from documents.validation import cell_width
from documents.wording import attachments, numbered, signed


def render_html(document: Document, *, show_support: bool = False) -> SafeString:
    """Return the fragment.

    Args:
        show_support: also name, after each paragraph, the events, exhibits and pages it rests on.
    """
    form = isinstance(document, FormDocument)
    context = {
        "document": document,
        "number": shown_number(document),
        "show_support": show_support,
        "rows": _rows(document) if isinstance(document, FormDocument) else [],
        "blocks": [] if isinstance(document, FormDocument) else _blocks(document.blocks),
        "signatures": _signatures(document),
    }
    return render_to_string(f"documents/{'form' if form else 'official'}.html", context)


def _signatures(document: Document) -> list[str]:
    if isinstance(document, FormDocument) or document.closing is None:
        return []
    return [signed(line) for line in document.closing.signatures]


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, object]]:
    return [{"kind": block.KIND, "block": block, "lines": _lines(block)} for block in blocks]


def _lines(block: Block) -> list[object]:
    """What the template cannot work out: numbered items, attachment lines, aligned cells."""
    match block:
        case NumberedList():
            return list(numbered(block))
        case AttachmentList():
            return list(attachments(block))
        case Table(columns=columns, rows=rows):
            alignments = [column.alignment.value for column in columns]
            return [list(zip(row, alignments, strict=False)) for row in rows]
    return []


def _rows(document: FormDocument) -> list[list[dict[str, object]]]:
    return [
        [{"cell": cell, "kind": cell.KIND, "span": cell_width(cell) - 2} for cell in row.cells]
        for row in document.rows
    ]
