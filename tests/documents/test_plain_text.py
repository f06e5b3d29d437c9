"""The body of a document as a text, and an edited Word copy read back as one."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from django.utils import translation
from docx import Document as open_docx
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from audit.clock import BEIJING
from audit.errors import Invalid
from documents.docx_reader import MOST_BYTES, text_of
from documents.docx_renderer import render_docx
from documents.model import (
    AttachmentList,
    Column,
    Heading,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Table,
)
from documents.plain_text import read, states_something, written
from tests.documents import samples

ISSUED = datetime(2026, 4, 20, 10, 0, tzinfo=BEIJING)
TABLE = Table((Column("项"), Column("额")), (("甲", "1"),))
BLOCKS = (
    Heading(1, "一、事实"),
    Paragraph("第一段。"),
    Heading(2, "（一）细节"),
    Paragraph("第二段\n另起一行。"),
    TABLE,
    Paragraph("此致", indent=False),
    AttachmentList(("证据目录", "清单")),
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def edited(document: OfficialDocument, change) -> str:
    """Return the text of the document's Word copy after somebody worked in it."""
    file = open_docx(io.BytesIO(render_docx(document, issued_at=ISSUED)))
    change(file)
    saved = io.BytesIO()
    file.save(saved)
    return text_of(saved.getvalue(), document)


# --- the text -----------------------------------------------------------------------------------------


def test_a_body_is_written_one_paragraph_a_line():
    assert written(BLOCKS).splitlines() == [
        "# 一、事实",
        "第一段。",
        "## （一）细节",
        "第二段⏎另起一行。",
        "〔表1〕",
        "> 此致",
        "〔附件说明〕",
    ]


def test_what_is_written_is_read_back():
    assert read(written(BLOCKS), BLOCKS) == BLOCKS


def test_a_numbered_list_becomes_paragraphs_with_their_numbers():
    assert written((NumberedList(("停止侵害", "赔礼道歉")),)).splitlines() == [
        "1.停止侵害",
        "2.赔礼道歉",
    ]


def test_a_table_goes_where_its_mark_stands_and_without_it_goes_away():
    moved = read("〔表1〕\n第一段。", BLOCKS)
    assert moved == (TABLE, Paragraph("第一段。"))
    assert read("第一段。", BLOCKS) == (Paragraph("第一段。"),)


@pytest.mark.parametrize("text", ["〔表2〕", "〔表1〕\n〔表1〕"])
def test_a_mark_for_nothing_is_refused_by_name(text):
    with pytest.raises(Invalid) as refused:
        read(text, BLOCKS)
    assert (refused.value.code, set(refused.value.errors)) == ("unknown_mark", {"text"})
    assert text.splitlines()[-1] in str(refused.value.message)


def test_where_the_table_went_meanwhile_its_mark_is_left_out():
    assert read("〔表7〕\n第一段。", BLOCKS, strict=False) == (Paragraph("第一段。"),)


def test_headings_and_marks_state_nothing():
    lines = written(BLOCKS).splitlines()
    assert [line for line in lines if states_something(line)] == [
        "第一段。",
        "第二段⏎另起一行。",
        "> 此致",
    ]


words = st.text(st.characters(codec="utf-8", exclude_characters="#>〔〕⏎\r\n"), min_size=1).map(
    lambda text: "字" + " ".join(text.split())
)
blocks = st.lists(
    st.one_of(
        st.builds(Heading, st.integers(1, 4), words),
        st.builds(Paragraph, words, st.booleans()),
    ),
    max_size=12,
).map(tuple)


@given(blocks)
def test_any_body_of_headings_and_paragraphs_is_read_back(body):
    body = tuple(block for block in body if block.text == block.text.strip(" \t　"))
    body = tuple(block for block in body if len(block.text.splitlines()) == 1)
    assert read(written(body), ()) == body


# --- the Word copy ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["filing_decision", "recommendation"])
def test_a_copy_nobody_touched_says_what_the_document_says(name):
    document = getattr(samples, name)()
    assert edited(document, lambda file: None) == written(document.blocks)


def test_the_words_somebody_changed_are_taken_and_nothing_else():
    document = samples.recommendation()

    def change(file):
        body = [p for p in file.paragraphs if p.style.name == "正文缩进" and p.text]
        body[0].runs[0].text = "改过的第一段。"
        body[1].insert_paragraph_before("新来的一段。", style=file.styles["Normal"])
        file.paragraphs[0].runs[0].text = "另一个检察院"

    text = edited(document, change)
    before = written(document.blocks).splitlines()
    after = text.splitlines()
    assert after[0] == "改过的第一段。"
    assert "新来的一段。" in after
    assert "另一个检察院" not in text
    assert len(after) == len(before) + 1


def test_another_identifier_of_a_style_does_not_matter():
    document = samples.filing_decision()

    def rename(file):
        for paragraph in file.paragraphs:
            if paragraph.style.name == "正文缩进":
                paragraph._p.pPr.pStyle.val = "a7"
        file.styles["正文缩进"].element.set(qn("w:styleId"), "a7")

    assert edited(document, rename) == written(document.blocks)


def packed(**entries: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries.items():
            target.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "This is no .docx file"),
        (packed(hello=b"world"), "cannot be read as a Word document"),
        (packed(bomb=b"0" * 60_000_000), "more than a text"),
        (b"0" * (MOST_BYTES + 1), "larger than 5 MB"),
    ],
    ids=["pdf", "zip", "bomb", "large"],
)
def test_what_is_no_copy_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(Invalid) as refused:
        text_of(content, samples.filing_decision())
    assert sentence in str(refused.value.errors["file"][0])


def test_a_copy_from_which_every_paragraph_went_is_refused():
    def empty(file):
        for paragraph in file.paragraphs:
            if paragraph.style.name not in ("院名", "文种", "文号", "落款"):
                paragraph.clear()

    with pytest.raises(Invalid) as refused:
        edited(samples.filing_decision(), empty)
    assert "no paragraph" in str(refused.value.errors["file"][0])
