"""No cell the product writes is computed by the program that opens it (safety G12)."""

from __future__ import annotations

import ast
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cases.running import template as running
from cases.spreadsheet import write_workbook
from tests.support.database import ROOT

PAYLOADS = [
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    '=HYPERLINK("http://a.example","x")',
    "{=1+1}",
]


def _cells(file):
    return [cell for row in load_workbook(file).active.iter_rows() for cell in row]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_looks_like_a_formula_is_a_text_wherever_it_stands(payload):
    file, _number = write_workbook("表", [payload], [[payload]], [payload])
    for cell in _cells(file):
        assert (cell.data_type, cell.quotePrefix) == ("s", True)
        assert cell.value == payload


def test_numbers_of_telephones_and_people_come_back_as_they_went():
    row = [
        "0571-87654321",
        "+86 138 1234 5678",
        "330106199003071234",
        "007",
        800,
        date(2026, 6, 24),
    ]
    file, _number = write_workbook("表", [""] * len(row), [row])
    back = [cell.value for cell in list(load_workbook(file).active.iter_rows())[1]]
    assert back == [*row[:5], datetime(2026, 6, 24)]


@pytest.mark.parametrize("payload", PAYLOADS[:4])
def test_the_template_of_running_cases_computes_nothing_either(monkeypatch, payload):
    class Column:
        title_zh = code = payload
        required = True

    monkeypatch.setattr(running, "columns", lambda actor: [Column])
    monkeypatch.setattr(running, "kind_in_words", lambda column: payload)
    book = load_workbook(BytesIO(running.template(None).read()))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert [cell.value for cell in cells].count(payload) == 4
    assert {(cell.data_type, bool(cell.quotePrefix)) for cell in cells} == {("s", True)}


def test_cells_are_written_in_one_place_and_no_table_of_commas_at_all():
    """Whoever adds an export writes it with `safe_cell`, or neutralises what it writes there."""
    writers = set()
    for path in ROOT.glob("*/**/*.py"):
        place = path.relative_to(ROOT)
        if place.parts[0] in ("tests", "script") or place.parts[0].startswith("."):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            named = getattr(node, "attr", getattr(node, "name", ""))
            if named in ("WriteOnlyCell", "DictWriter"):
                writers.add(str(place))
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "csv.writer":
                writers.add(str(place))
    assert writers == {"cases/spreadsheet.py"}
