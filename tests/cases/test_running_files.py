"""The file of a table of running cases: what is read of it, and what is no table (design 3, back-entry)."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from audit.errors import Invalid
from cases.running import services
from cases.running.columns import columns
from cases.running.reading import read_table
from cases.running.template import template
from tests.support import old_cases as old
from tests.support.tables import (
    comma_table,
    filed_row,
    papers_of,
    tried,
    workbook,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("entering")]


def test_a_csv_of_either_encoding_says_the_same_as_the_workbook(cast):
    rows = [filed_row(cast)]
    read = [read_table(table.read(), columns(cast.handler)) for table in (
        workbook(*rows), comma_table(*rows), comma_table(*rows, encoding="gb18030"),
    )]  # fmt: skip
    assert read[0] == read[1] == read[2] == rows


def test_days_and_numbers_of_a_workbook_are_read_as_written(cast):
    row = filed_row(cast) | {
        "lead.received_on": datetime(2020, 6, 1),
        "assessment.truthfulness": 4,
        "T03.conflict_checked": True,
        "T06.legal_bases": "CPL 58",
    }
    (read,) = read_table(workbook(row).read(), columns(cast.handler))
    assert read == filed_row(cast)


def _file(content: bytes, name: str = "表.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def bomb() -> bytes:
    """Return a small archive that unpacks to far more than is read."""
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (60 * 1024 * 1024))
    return file.getvalue()


def _with_head(cast, head: str) -> bytes:
    row = filed_row(cast)
    return workbook(row | {head: "x"}).read()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda cast: b"PK\x03\x04 broken", "no_table"),
        (lambda cast: b"\xff\xfe\x00\xd8", "no_table"),
        (lambda cast: b"{not json", "no_table"),
        (lambda cast: bomb(), "table_too_large"),
        (lambda cast: b"a," * 10, "unknown_heading"),
        (lambda cast: _with_head(cast, "秘密列"), "unknown_heading"),
        (lambda cast: workbook(filed_row(cast), heads=["state"] * 40).read(), "heading_twice"),
        (lambda cast: comma_table({"state": "立案"}).read(), "column_missing"),
        (lambda cast: comma_table(*[filed_row(cast)] * 201).read(), "table_too_large"),
        (lambda cast: workbook(filed_row(cast, state="=1+1")).read(), "formula"),
        (lambda cast: comma_table(filed_row(cast, state='=HYPERLINK("x")')).read(), "formula"),
        (lambda cast: comma_table(filed_row(cast, state="x" * 10001)).read(), "cell_too_long"),
        (lambda cast: b"x" * (5 * 1024 * 1024 + 1), "table_too_large"),
        (lambda cast: comma_table({code: "" for code in filed_row(cast)}).read(), "table_empty"),
    ],
)
def test_what_is_no_table_is_refused_before_anything_is_tried(cast, content, code):
    with pytest.raises(Invalid) as refused:
        read_table(content(cast), columns(cast.handler))
    assert refused.value.code == code


def test_two_papers_of_one_name_are_refused(cast):
    row = filed_row(cast)
    papers = [*papers_of(row), old.scan("审批表.pdf")]
    with pytest.raises(Invalid) as refused:
        services.try_table(
            actor=cast.handler, table=workbook(row), papers=papers, reason=old.REASON
        )
    assert refused.value.code == "paper_twice"


def test_the_template_bears_chinese_headings_and_is_read_with_them(cast):
    book = load_workbook(template(cast.handler))
    heads = [cell.value for cell in next(book["在办案件"].iter_rows())]
    asked = columns(cast.handler)
    assert heads == [column.title_zh for column in asked]
    assert len(set(heads)) == len(heads)
    lines = list(book["填写说明"].iter_rows(min_row=2, values_only=True))
    assert [line[1] for line in lines] == [column.code for column in asked]
    row = filed_row(cast)
    titles = {column.code: column.title_zh for column in asked}
    table = workbook(row, heads=[titles[code] for code in row])
    (verdict,) = tried(cast, row, table=table).verdicts
    assert verdict["met"], verdict["faults"]


def test_nothing_of_who_reported_a_lead_stands_in_a_table(cast):
    assert not [column.code for column in columns(cast.handler) if "reporter" in column.code]
