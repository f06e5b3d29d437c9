"""Rows as a workbook: numbers and days as such, every text as text, so that nothing typed is computed.

The one place where the product writes a cell of a spreadsheet.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import IO, Any

from django.http import FileResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from audit import clock

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell of the format holds no more.
LONGEST_CELL = 32767


def safe_cell(sheet: Any, value: object, *, bold: bool = False) -> WriteOnlyCell:
    """Return a cell of a sheet: whole numbers and days as such, everything else as text that stays text.

    Without its type a text that begins with ``=`` would be a formula; without the quote a program would
    compute what begins with ``=``, ``+``, ``-`` or ``@`` once somebody edits the cell.
    """
    if isinstance(value, int | date) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value=value)  # a day is written as yyyy-mm-dd
    text = ILLEGAL_CHARACTERS_RE.sub("", "" if value is None else str(value))[:LONGEST_CELL]
    made = WriteOnlyCell(sheet, value=text or None)
    if text:
        made.data_type = "s"
        made.quotePrefix = True
    if bold:
        made.font = Font(bold=True)
    return made


def write_workbook(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[object]], notes: Sequence[str] = ()
) -> tuple[IO[bytes], int]:
    """Write a workbook of one sheet row by row and return its open file and the number of rows.

    `title` names the sheet (at most 31 characters), `notes` are sentences below the table. Whole numbers
    and days can be sorted and computed with; everything else is text, and a text that
    begins with ``=``, ``+``, ``-`` or ``@`` stays text, also when somebody edits the cell.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"

    cell = partial(safe_cell, sheet)
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


def workbook_answer(file: IO[bytes], name: str) -> FileResponse:
    """Return the answer that carries a workbook, its name followed by the day."""
    dated = f"{name}-{clock.today():%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=dated, content_type=MEDIA_TYPE)
