"""The sheet on the screen: the document as an HTML fragment with classes of `static/css/doc.css`.

It is for reading and editing beside; the exact picture is the Typst preview. Every text is escaped
by the template engine, and the fragment has no style, script or address of its own. With `breaks` it has the
lines and pages of the PDF (`documents.printed`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from documents.model import (
    AttachmentList,
    Block,
    Document,
    FormDocument,
    FormEntry,
    FormRow,
    Heading,
    NumberedList,
    OfficialDocument,
    OpinionCell,
    Paragraph,
    Table,
    shown_number,
)
from documents.validation import cell_width
from documents.wording import attached, numbered, signed


@dataclass(frozen=True)
class Line:
    """A line of text.

    Attributes:
        printed: it ends where the line of the PDF does; else the browser may break it.
        full: the text runs on, so that the line reaches to the margin.
        forced: it ends where somebody ended it.
        gap: the space between its last word and the next line's first, for a window that does not end it.
        ended_page: the page that ends before it, 0 within a page.
    """

    text: str
    printed: bool = False
    full: bool = False
    forced: bool = False
    gap: str = ""
    ended_page: int = 0


Lines = list[Line]


class Breaks(Protocol):
    """Knows the lines of each text; asked in the order in which the texts are printed."""

    def lines(self, text: str) -> Lines:
        """Return the lines of a text."""


class _Anywhere:
    """Leaves it to the browser where lines end."""

    def lines(self, text: str) -> Lines:
        return [Line(text)]


def render_html(
    document: Document, *, show_support: bool = False, breaks: Breaks | None = None
) -> SafeString:
    """Return the fragment.

    Args:
        show_support: also name, after each paragraph, the events, exhibits and pages it rests on.
        breaks: where lines end; left out, where the window ends them.
    """
    known = breaks or _Anywhere()
    context = {
        "document": document,
        "number": shown_number(document),
        "issuer": known.lines(document.issuer),
        "name": known.lines(document.name),
        "show_support": show_support,
        "exact": breaks is not None,
    }
    if isinstance(document, FormDocument):
        return render_to_string("documents/form.html", context | _form(document, known))
    return render_to_string("documents/official.html", context | _official(document, known))


def _official(document: OfficialDocument, breaks: Breaks) -> dict[str, object]:
    addressee = f"{document.addressee}：" if document.addressee else ""
    closing = document.closing
    # In the order of the sheet: each text is looked for after the one before.
    return {
        "addressee": breaks.lines(addressee) if addressee else [],
        "blocks": [_drawn(block, breaks) for block in document.blocks],
        "signatures": _each(map(signed, closing.signatures), breaks) if closing else [],
        "closed_by": _each((closing.issuer, closing.date_text), breaks) if closing else [],
        "annotation": breaks.lines(f"（{document.annotation}）") if document.annotation else [],
    }


def _each(texts: Iterable[str], breaks: Breaks) -> list[Lines]:
    return [breaks.lines(text) for text in texts]


def _drawn(block: Block, breaks: Breaks) -> dict[str, object]:
    drawn: dict[str, object] = {"kind": block.KIND, "block": block}
    if isinstance(block, Table):
        return drawn | _table(block, breaks)
    if isinstance(block, AttachmentList):
        return drawn | {"entries": [_attached(*parts, breaks) for parts in attached(block)]}
    return drawn | {"lines": _each(_paragraphs(block), breaks)}


def _attached(label: str, number: str, item: str, breaks: Breaks) -> tuple[str, str, Lines]:
    """Return label and number of an attachment, which stand in columns of their own, and its lines."""
    first, *others = breaks.lines(f"{label}{number}{item}")
    alone = replace(first, text=first.text.removeprefix(f"{label}{number}"))
    return label, number, [alone, *others]


def _paragraphs(block: Heading | Paragraph | NumberedList) -> list[str]:
    match block:
        case NumberedList():
            return list(numbered(block))
        case Heading(text=text) | Paragraph(text=text):
            return [text]


def _table(table: Table, breaks: Breaks) -> dict[str, object]:
    """Return the rows of aligned cells; only where pages end is taken from the PDF."""
    columns = [(column.alignment.value, column.share) for column in table.columns]
    head = _ended_page([table.caption, *(column.title for column in table.columns)], breaks)
    rows = [
        {
            "ended_page": _ended_page(row, breaks),
            "cells": [(text, *column) for text, column in zip(row, columns, strict=False)],
        }
        for row in table.rows
    ]
    width = sum(column.share for column in table.columns)
    return {"ended_page": head, "rows": rows, "width": width}


def _ended_page(texts: Iterable[str], breaks: Breaks) -> int:
    return max((line.ended_page for lines in _each(texts, breaks) for line in lines), default=0)


def _form(document: FormDocument, breaks: Breaks) -> dict[str, object]:
    return {"rows": [_row(row, breaks) for row in document.rows]}


def _row(row: FormRow, breaks: Breaks) -> dict[str, object]:
    cells = [_cell(cell, breaks) for cell in row.cells]
    return {"cells": cells, "ended_page": cells[0]["ended_page"]}


def _cell(cell: FormEntry, breaks: Breaks) -> dict[str, object]:
    label = breaks.lines(cell.label)
    text = breaks.lines(cell.text if isinstance(cell, OpinionCell) else cell.value)
    return {
        "cell": cell,
        "kind": cell.KIND,
        "span": cell_width(cell) - 2,
        "ended_page": label[0].ended_page,
        "lines": text,
    }
