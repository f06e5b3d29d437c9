"""Reading the table: a workbook or CSV, its cells as text; formulas are refused, never computed."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from audit.errors import Invalid
from cases.registries import EntryColumn

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_ROWS = 200
MOST_COLUMNS = 400
LONGEST_CELL = 10000
Row = dict[str, str]


def read_table(content: bytes, columns: Sequence[EntryColumn]) -> list[Row]:
    """Return the rows of a table by the code of their column, empty cells left out.

    Raises:
        Invalid: it is no table that can be read, too large, holds a formula, or its headings are wrong.
    """
    if len(content) > MOST_BYTES:
        raise _refused(_("The table is larger than 5 MB. Split it."), "table_too_large")
    if content.startswith(b"{"):
        return [_page(content, columns)]
    lines = _workbook(content) if content.startswith(b"PK") else _csv(content)
    heads = [head.strip() for head in next(lines, [])]
    codes = _codes(heads, columns)
    rows = [
        {code: cell for code, cell in zip(codes, line, strict=False) if code and cell}
        for line in lines
    ]
    found = [row for row in rows if row]
    if not found:
        raise _refused(_("The table has no row below its headings."), "table_empty")
    return found


def _page(content: bytes, columns: Sequence[EntryColumn]) -> Row:
    """Return the one row a page has kept."""
    known = {column.code for column in columns}
    try:
        given = json.loads(content).items()
    except (ValueError, RecursionError) as error:
        raise _refused(_("This is no table that can be read."), "no_table") from error
    return {code: str(cell)[:LONGEST_CELL] for code, cell in given if code in known and cell}


def _codes(heads: list[str], columns: Sequence[EntryColumn]) -> list[str]:
    """Return the code of each heading.

    Raises:
        Invalid: a heading is unknown or there twice, or a required one is missing.
    """
    known = {name: c.code for c in columns for name in (c.code, c.title_zh, c.title_en)}
    strange = [head for head in heads if head and head not in known]
    if strange:
        sentence = _("These headings are not known: %(names)s. Use the template.")
        raise _refused(sentence % {"names": "、".join(strange[:10])}, "unknown_heading")
    codes = [known.get(head, "") for head in heads]
    given = [code for code in codes if code]
    if len(set(given)) < len(given):
        raise _refused(_("A heading is there twice."), "heading_twice")
    missing = [c.title_zh for c in columns if c.required and c.code not in given]
    if missing:
        sentence = _("These columns are missing: %(names)s.")
        raise _refused(sentence % {"names": "、".join(missing[:10])}, "column_missing")
    return codes


def _workbook(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(item.file_size for item in packed.infolist())
        if size > MOST_UNPACKED:
            raise _refused(_("The workbook unpacks to more than 50 MB."), "table_too_large")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        sheet = book.worksheets[0]
    except Invalid:
        raise
    except Exception as error:  # openpyxl raises whatever the damaged file makes it raise
        raise _refused(_("This is no workbook (xlsx) that can be read."), "no_table") from error
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        _require_size(number, len(cells))
        yield [
            _cell(cell.value, getattr(cell, "data_type", ""), number, place)
            for place, cell in enumerate(cells, start=1)
        ]


def _csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")  # what a Chinese Excel writes
        except UnicodeDecodeError as error:
            raise _refused(_("The table is neither UTF-8 nor GB 18030."), "no_table") from error
    for number, line in enumerate(csv.reader(io.StringIO(text)), start=1):
        _require_size(number, len(line))
        yield [_cell(value, "", number, place) for place, value in enumerate(line, start=1)]


def _require_size(number: int, width: int) -> None:
    if number > MOST_ROWS + 1 or width > MOST_COLUMNS:
        sentence = _("A table holds at most %(rows)s rows. Split it.") % {"rows": MOST_ROWS}
        raise _refused(sentence, "table_too_large")


def _cell(value: Any, kind: str, row: int, place: int) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value).strip()
    if kind == "f" or text.startswith("="):
        where = f"{get_column_letter(place)}{row}"
        sentence = _("A formula stands in %(cell)s. Formulas are not computed: enter the value.")
        raise _refused(sentence % {"cell": where}, "formula")
    if len(text) > LONGEST_CELL:
        where = f"{get_column_letter(place)}{row}"
        sentence = _("%(cell)s holds more than 10,000 characters.") % {"cell": where}
        raise _refused(sentence, "cell_too_long")
    return text


def _refused(sentence: str, code: str) -> Invalid:
    return Invalid(sentence, errors={"table": [sentence]}, code=code)
