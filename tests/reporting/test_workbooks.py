"""The workbook of a block holds what its data table shows, as numbers that can be computed with."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from reporting.blocks import BLOCKS

pytestmark = pytest.mark.django_db
# The last column of their tables are notes of the lines.
NOTED = ("items", "periods")
LANGUAGES = ("zh-hans", "en")


def opened(client, person, language, name, *args):
    person.language = language
    person.save(update_fields=["language"])
    client.force_login(person)
    return client.get(reverse(name, args=args))


def sheet_of(answer):
    return openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active


def tables_of(page: str) -> dict[str, list[list[str]]]:
    """The data table of every block of the page, its heads first."""
    found = {}
    for code in BLOCKS:
        section = page[page.index(f'id="{code}"') :]
        table = section[section.index("<table>") : section.index("</table>")]
        rows = table.split("<tr>")[1:]
        found[code] = [
            [
                html.unescape(re.sub("<[^>]+>", "", cell))
                for cell in re.findall("<t[hd].*?</t[hd]>", row)
            ]
            for row in rows
        ]
    return found


def shown(cell) -> str:
    """Write a cell as the page writes it."""
    if cell.value is None:
        return "—"
    if cell.number_format == "0%":
        assert cell.data_type == "n"
        return f"{cell.value:.0%}"
    if cell.data_type == "n":
        amount = cell.number_format == "#,##0.00"
        return f"{Decimal(str(cell.value)):,.{2 if amount else 0}f}"
    return str(cell.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_of_each_block_holds_the_values_of_the_page(client, cast, language):
    page = opened(client, cast.chief, language, "statistics").content.decode()
    for code, (heads, *lines) in tables_of(page).items():
        sheet = sheet_of(opened(client, cast.chief, language, "statistics_block_export", code))
        rows = list(sheet.iter_rows(max_col=len(heads), max_row=len(lines) + 1))
        assert [cell.value for cell in rows[0]] == heads, code
        assert [[shown(cell) for cell in row] for row in rows[1:]] == lines, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_of_all_figures_holds_every_value_of_the_page(client, cast, language):
    tables = tables_of(opened(client, cast.chief, language, "statistics").content.decode())
    expected = [
        [line[0], head, value]
        for code, (heads, *lines) in tables.items()
        for line in lines
        for head, value in zip(heads[1 : -1 if code in NOTED else None], line[1:], strict=False)
    ]
    sheet = sheet_of(opened(client, cast.chief, language, "statistics_export"))
    rows = sheet.iter_rows(min_row=2, max_row=len(expected) + 1)
    assert [[row[1].value, row[2].value, shown(row[3])] for row in rows] == expected


def test_a_share_is_a_number_shown_in_per_cent(client, cast):
    sheet = sheet_of(opened(client, cast.chief, "en", "statistics_block_export", "funnel"))
    shares = [row[2] for row in sheet.iter_rows(min_row=2, max_row=8)]
    numbers = [row[1].value for row in sheet.iter_rows(min_row=2, max_row=8)]
    assert shares[0].value is None
    assert shares[1].value == round(numbers[1] / numbers[0], 2)
    assert (shares[1].data_type, shares[1].number_format) == ("n", "0%")
