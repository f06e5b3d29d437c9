"""The sheet on the screen has the lines and pages of its PDF."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from documents.html_renderer import Line, render_html
from documents.model import (
    AttachmentList,
    Column,
    FormCell,
    FormDocument,
    FormRow,
    OfficialDocument,
    OpinionCell,
    Paragraph,
    Table,
    fair_row,
)
from documents.printed import MOST_CHARACTERS, Printed, render_sheet
from documents.typst_renderer import render_preview_pdf
from tests.documents import samples
from tests.documents.reading import letter, pages

# What stands in every body: dates, words in Latin letters, amounts, brackets and marks that may not begin a line.
MIXED = (
    samples.OPENING,
    samples.FACTS,
    "《个人信息保护法》，第七十条；" * 9,
    "2026年3月2日、" * 12,
)
LONG_NAME = "关于某公司违法处理个人信息情况的证据目录及其来源说明以及校验值清单"
_LINE = re.compile(r'<span class="doc-line[^"]*">(.*?)</span>', re.DOTALL)


def screen_lines(document) -> list[str]:
    """The lines of the sheet without their spaces."""
    found = (unescape(strip_tags(text)) for text in _LINE.findall(render_sheet(document)))
    return ["".join(text.split()) for text in found]


def paper_lines(document) -> list[str]:
    """The lines of the PDF without their spaces and without the numbers of its pages."""
    found = [line.text for page in pages(render_preview_pdf(document)) for line in page]
    return [text for line in found if not re.fullmatch(r"—\d+—", text := "".join(line.split()))]


@pytest.mark.parametrize("length", range(1, 29))
def test_a_body_breaks_where_the_pdf_does(length):
    document = letter(*(("院" * length) + text for text in MIXED))
    assert screen_lines(document) == paper_lines(document)


def test_every_block_of_an_official_document_breaks_where_the_pdf_does():
    document = samples.recommendation()
    paper = set(paper_lines(document))
    shown = screen_lines(document)
    assert len(shown) > 30
    # Label and number of an attachment stand before its lines, in columns of their own.
    attached = {"证据目录": "附件：1.证据目录", "相关法律条文": "2.相关法律条文"}
    assert {attached.get(line, line) for line in shown} <= paper


@pytest.mark.parametrize(
    ("items", "begin"), [((LONG_NAME,), "附件："), (("目录", LONG_NAME), "2.")], ids=["one", "two"]
)
def test_the_name_of_an_attachment_breaks_where_the_pdf_does(items, begin):
    document = OfficialDocument(
        samples.OFFICE, "公告", (Paragraph("此告。"), AttachmentList(items))
    )
    shown, paper = screen_lines(document)[-2:], paper_lines(document)[-2:]
    assert [f"{begin}{shown[0]}", shown[1]] == paper


def test_the_values_and_opinions_of_a_form_break_where_the_pdf_does():
    # Nothing stands beside them, so that a baseline of the PDF is a line of theirs.
    wide, narrow = FormCell("", samples.OPENING), FormCell("", samples.FACTS)
    rows = (
        fair_row(wide),
        fair_row(narrow, FormCell("")),
        FormRow((OpinionCell("", samples.FACTS),)),
    )
    form = FormDocument(issuer=samples.OFFICE, name="立案审批表", rows=rows)
    assert screen_lines(form) == paper_lines(form)


def test_a_page_ends_on_the_screen_where_it_ends_in_the_pdf():
    document = letter(*MIXED * 3)
    paper = pages(render_preview_pdf(document))
    shown = render_sheet(document)
    for number, page in enumerate(paper[1:], start=1):
        first = "".join(page[0].text.split())
        (turned,) = re.findall(f"— {number} —</span>" + _LINE.pattern, shown, re.DOTALL)
        assert "".join(unescape(turned).split()) == first
    assert len(re.findall("doc-turn", shown)) == len(paper) - 1


def test_a_table_that_stands_on_the_next_page_stands_below_the_end_of_the_page():
    rows = tuple((f"第{number}项", "说明") for number in range(9))
    table = Table((Column("项目", 2), Column("说明", 1)), rows, caption="统计")
    document = OfficialDocument(samples.OFFICE, "公告", (*map(Paragraph, MIXED), table))
    shown = render_sheet(document)
    assert shown.index("— 1 —") < shown.index("<caption>")


def test_only_a_line_that_runs_on_reaches_to_the_margin():
    lines = Printed.read(render_preview_pdf(letter(f"甲\n{'乙' * 30}"))).lines(f"甲\n{'乙' * 30}")
    assert [(line.text, line.full, line.forced) for line in lines] == [
        ("甲", False, True),
        ("乙" * 28, True, False),
        ("乙" * 2, False, False),
    ]


def test_a_window_that_does_not_end_the_line_finds_the_space_between_two_words():
    text = "personal information " * 9 + "院　院"
    lines = Printed.read(render_preview_pdf(letter(text))).lines(text)
    assert len(lines) > 2
    assert "".join(line.text + line.gap for line in lines) == text
    assert not any(line.text.endswith(" ") for line in lines)
    assert strip_tags(str(render_sheet(letter(text)))).count("personal information ") == 9


def test_a_text_that_is_not_found_is_left_to_the_browser():
    printed = Printed.read(render_preview_pdf(letter("甲乙丙")))
    assert printed.lines("没有这些字") == [Line("没有这些字")]
    assert printed.lines("") == [Line("")]
    assert [line.text for line in printed.lines("甲乙丙")] == ["甲乙丙"]


def test_a_sheet_with_a_character_no_document_may_hold_is_shown_all_the_same():
    document = letter("甲\x07乙")
    assert render_sheet(document) == render_html(document)
    assert "doc-exact" not in render_sheet(document)
    assert "doc-exact" in render_sheet(letter("甲乙"))


def test_a_document_that_is_too_long_to_read_back_while_somebody_types_is_left_to_the_browser():
    document = letter("院" * MOST_CHARACTERS)
    assert render_sheet(document) == render_html(document)


def test_markup_stays_text_in_every_line():
    shown = render_sheet(letter("<script>alert(1)</script>&amp;" * 9))
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
