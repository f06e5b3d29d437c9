"""The template of the table: Chinese headings, and a second sheet that says what each column holds."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from typing import IO

from django.utils.translation import override
from openpyxl import Workbook

from accounts.models import User
from cases.registries import EntryColumn
from cases.running.columns import columns, kind_in_words
from cases.spreadsheet import safe_cell

TABLE, EXPLANATION = "在办案件", "填写说明"
HEADS = ("列", "代码", "是否必填", "填写内容")


def template(actor: User) -> IO[bytes]:
    """Return an open workbook with an empty table of running cases."""
    return empty_table(TABLE, columns(actor))


def empty_table(title: str, found: Sequence[EntryColumn]) -> IO[bytes]:
    """Return an open workbook with an empty table and the explanation of its columns, in Chinese.

    Args:
        title: the name of the sheet that is filled.
    """
    with override("zh-hans"):
        lines = [
            (column.title_zh, column.code, "必填" if column.required else "", kind_in_words(column))
            for column in found
        ]
    book = Workbook(write_only=True)
    _sheet(book, title, [column.title_zh for column in found], [])
    _sheet(book, EXPLANATION, HEADS, lines)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    book.save(file)
    file.seek(0)
    return file


def _sheet(
    book: Workbook, title: str, heads: Sequence[str], lines: Sequence[Sequence[str]]
) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append([safe_cell(sheet, head, bold=True) for head in heads])
    for line in lines:
        sheet.append([safe_cell(sheet, text) for text in line])
