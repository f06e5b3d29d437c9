"""The Word file has the same sheet, opens, and can be made again byte by byte."""

from __future__ import annotations

import io
from datetime import timedelta

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents.docx_renderer import render_docx
from documents.errors import MissingGlyphs
from tests.documents import samples
from tests.documents.reading import letter


def opened(document):
    return docx.Document(io.BytesIO(render_docx(document, issued_at=samples.ISSUED)))


def test_sheet_grid_and_pitch_are_those_of_the_standard():
    file = opened(samples.recommendation())
    section = file.sections[0]
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(margin.mm, 1) for margin in margins] == [37, 26, 35, 28]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert file.styles["Normal"].paragraph_format.line_spacing == Pt(28.95)


def test_28_characters_fit_a_line_and_29_do_not():
    style = opened(samples.recommendation()).styles["正文缩进"]
    spacing = int(style.element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    advance = style.font.size.pt + spacing / 20
    assert 28 * advance <= Mm(156).pt < 29 * advance


def test_odd_and_even_pages_have_their_own_number():
    file = opened(samples.recommendation())
    assert file.settings.odd_and_even_pages_header_footer
    section = file.sections[0]
    for footer, side in ((section.footer, 2), (section.even_page_footer, 0)):
        (paragraph,) = footer.paragraphs
        assert paragraph.alignment == side
        assert [e.text for e in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]


def test_parts_carry_the_office_styles():
    names = {paragraph.style.name for paragraph in opened(samples.recommendation()).paragraphs}
    assert {"院名", "文种", "文号", "主送", "正文缩进", "一级", "二级", "落款"} <= names


def test_the_words_are_those_of_the_model():
    lines = [paragraph.text for paragraph in opened(samples.recommendation()).paragraphs]
    assert lines[:3] == [samples.OFFICE, "检察建议书", "江云检行公建〔2026〕17号　"]
    assert samples.FACTS in lines
    assert "1.电子数据。平台后台数据库镜像、接口日志及《电子数据检查笔录》；" in lines
    assert "2026年4月20日　　　　" in lines


def test_the_same_instant_gives_the_same_bytes_and_another_does_not():
    document = samples.recommendation()
    made = render_docx(document, issued_at=samples.ISSUED)
    assert made == render_docx(document, issued_at=samples.ISSUED)
    assert made != render_docx(document, issued_at=samples.ISSUED + timedelta(minutes=1))


def test_the_form_is_a_ruled_table_with_signed_opinions():
    (table,) = opened(samples.approval_form()).tables
    texts = [cell.text for row in table.rows for cell in row.cells]
    assert any("部门负责人：李主任（代王主任）　2026年2月28日" in text for text in texts)
    assert all(len(row.cells) == 12 for row in table.rows)


def test_a_control_character_is_named_not_written():
    with pytest.raises(MissingGlyphs, match=r"U\+0008"):
        render_docx(letter("甲\x08"), issued_at=samples.ISSUED)
