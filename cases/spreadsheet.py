"""Rows as a workbook or as a table of commas: numbers and days as such, every text as text.

So nothing that somebody typed is computed. The one place where the product writes a cell of a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import IO, Any

from django.http import FileResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from audit import clock

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COMMAS = "text/csv; charset=utf-8"
# The ways a list leaves the house, by what their files end in.
MEDIA_TYPES = {"xlsx": MEDIA_TYPE, "csv": COMMAS}
# Where a text of a table of commas begins so, a program that opens it would compute it.
COMPUTED = ("=", "+", "-", "@", "\t", "\r")
# A cell of the format holds no more.
LONGEST_CELL = 32767
# How amounts are shown, in groups of three as accounts write them.
AMOUNT = "#,##0.00"
PERCENT = "0%"


@dataclass(frozen=True)
class Share:
    """A share in whole per cent; a cell holds it as a part of one and shows it in per cent."""

    percent: int

    def __str__(self) -> str:
        return f"{self.percent}%"


def safe_cell(sheet: Any, value: object, *, bold: bool = False) -> WriteOnlyCell:
    """Return a cell of a sheet: numbers, days, amounts and shares as such, all else as text that stays text.

    Without its type a text that begins with ``=`` would be a formula; without the quote a program would
    compute what begins with ``=``, ``+``, ``-`` or ``@`` once somebody edits the cell.
    """
    if isinstance(value, int | date) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value=value)  # a day is written as yyyy-mm-dd
    if isinstance(value, Decimal):
        return _formatted(sheet, value, AMOUNT)
    if isinstance(value, Share):
        return _formatted(sheet, Decimal(value.percent) / 100, PERCENT)
    text = _text(value)
    made = WriteOnlyCell(sheet, value=text or None)
    if text:
        made.data_type = "s"
        made.quotePrefix = True
    if bold:
        made.font = Font(bold=True)
    return made


def _formatted(sheet: Any, value: Decimal, number_format: str) -> WriteOnlyCell:
    made = WriteOnlyCell(sheet, value=value)
    made.number_format = number_format
    return made


def _text(value: object) -> str:
    """Return what a cell says, without the characters no file of the format may hold."""
    kept: str = ILLEGAL_CHARACTERS_RE.sub("", "" if value is None else str(value))
    return kept[:LONGEST_CELL]


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


def write_commas(
    heads: Sequence[str], rows: Iterable[Sequence[object]], notes: Sequence[str] = ()
) -> tuple[IO[bytes], int]:
    """Write a table of commas (RFC 4180) row by row and return its open file and the number of rows.

    It is UTF-8 and says so by its mark, as programs for spreadsheets want it for Chinese. Days are written as
    yyyy-mm-dd. A text that begins with ``=``, ``+``, ``-`` or ``@`` gets an apostrophe before it: the format
    knows no text, and a program would compute it.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([_inert(head) for head in heads])
    number = 0
    for row in rows:
        writer.writerow([_inert(value) for value in row])
        number += 1
    for note in notes:
        writer.writerow([_inert(note)])
    text.detach()
    file.seek(0)
    return file, number


def _inert(value: object) -> object:
    """Return a cell of a table of commas that no program computes."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    text = _text(value)
    return f"'{text}" if text.startswith(COMPUTED) else text


def workbook_answer(file: IO[bytes], name: str, file_format: str = "xlsx") -> FileResponse:
    """Return the answer that carries a table, its name followed by the day.

    Args:
        file_format: one of `MEDIA_TYPES`.
    """
    dated = f"{name}-{clock.today():%Y%m%d}.{file_format}"
    return FileResponse(
        file, as_attachment=True, filename=dated, content_type=MEDIA_TYPES[file_format]
    )
