"""Markup in a value is text, in every output."""

from __future__ import annotations

import io

import docx
import pytest

from documents.docx_renderer import render_docx
from documents.html_renderer import render_html
from documents.model import (
    Closing,
    Column,
    FormCell,
    FormDocument,
    FormRow,
    Heading,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Table,
)
from tests.documents.reading import rendered, text
from tests.documents.samples import ISSUED

HOSTILE = [
    '#read("/etc/passwd")',
    "#panic[x]",
    "*bold*_under_",
    "$x^2$",
    "@label<here>",
    "`raw`~--\\",
    "<script>alert(1)</script>",
    "</w:t>&amp;<w:t>",
    "{{settings}}{%if%}",
    '"]#[',
    "//comment/*x*/",
    "=heading",
    "-item+item",
    "=cmd|'/C'!A0",
]


def everywhere(value: str) -> OfficialDocument:
    return OfficialDocument(
        issuer=value,
        name=value,
        blocks=(
            Heading(1, value),
            Paragraph(value),
            NumberedList((value,)),
            Table((Column(value),), ((value,),), caption=value),
        ),
        number=value,
        addressee=value,
        closing=Closing(value),
        annotation=value,
    )


@pytest.mark.parametrize("value", HOSTILE)
def test_the_pdf_prints_it_literally_in_twelve_places(value):
    assert text(rendered(everywhere(value)).content).count(value.replace(" ", "")) == 12


@pytest.mark.parametrize("value", HOSTILE)
def test_the_docx_holds_it_literally(value):
    file = docx.Document(io.BytesIO(render_docx(everywhere(value), issued_at=ISSUED)))
    held = [paragraph.text for paragraph in file.paragraphs]
    assert sum(value in line for line in held) == 10
    assert [cell.text for row in file.tables[0].rows for cell in row.cells] == [value, value]


@pytest.mark.parametrize("value", HOSTILE)
def test_the_screen_escapes_it(value):
    shown = render_html(everywhere(value))
    assert "<script" not in shown
    assert "</w:t>" not in shown
    for mark in ("style=", " onclick", "<style"):
        assert mark not in shown


@pytest.mark.parametrize("value", HOSTILE)
def test_a_form_prints_it_literally(value):
    form = FormDocument(
        value, value, (FormRow((FormCell(value, value),)),), number=value, notes=(value,)
    )
    joined = "".join(text(rendered(form).content).split())
    # A narrow label breaks its line; the table interleaves label and value then.
    assert joined.count(value.replace(" ", "")) >= 4


def test_line_breaks_in_a_value_stay_line_breaks():
    form = FormDocument("甲院", "表", (FormRow((FormCell("事由", "第一行\n第二行", lines=2),)),))
    lines = text(rendered(form).content).splitlines()
    assert any(line.endswith("第一行") for line in lines)
    assert any(line.endswith("第二行") for line in lines)
