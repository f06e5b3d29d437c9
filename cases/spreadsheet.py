"""Rows as a workbook whose every cell is text: nothing a person typed is ever computed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

# A cell of the format holds no more.
LONGEST_CELL = 32767


def write_workbook(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[object]], notes: Sequence[str] = ()
) -> tuple[IO[bytes], int]:
    """Write a workbook of one sheet row by row and return its open file and the number of rows.

    `title` names the sheet (at most 31 characters), `notes` are sentences below the table. A text that
    begins with ``=``, ``+``, ``-`` or ``@`` stays text, also when somebody edits the cell.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"

    def cell(value: object, *, bold: bool = False) -> WriteOnlyCell:
        text = ILLEGAL_CHARACTERS_RE.sub("", "" if value is None else str(value))[:LONGEST_CELL]
        made = WriteOnlyCell(sheet, value=text or None)
        if text:
            made.data_type = "s"
            made.quotePrefix = True
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(head, bold=True) for head in heads])
    number = 0
    for row in rows:
        sheet.append([cell(value) for value in row])
        number += 1
    for note in notes:
        sheet.append([cell(note)])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    book.save(file)
    file.seek(0)
    return file, number
