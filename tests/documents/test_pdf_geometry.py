"""The sheet of GB/T 9704-2012, read back from the PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from documents.model import (
    AttachmentList,
    Closing,
    FormCell,
    FormRow,
    Heading,
    OfficialDocument,
    Paragraph,
    fair_row,
)
from tests.documents import samples
from tests.documents.reading import letter, pages, rendered

FULL_LINE = "国" * 28
LONG = letter(*(["国" * (28 * 60 - 2)]))


def body(page):
    return [line for line in page if set(line.text) == {"国"}]


def test_a_full_line_holds_28_han_characters():
    first, *full, _last = body(pages(rendered(LONG).content)[1])
    assert {line.text for line in (first, *full)} == {FULL_LINE}


def test_punctuation_never_squeezes_a_29th_character_into_a_line():
    lines = pages(rendered(letter("国，" * 300)).content)
    assert max(len(line.text) for page in lines for line in page) <= 28


def test_a_full_page_holds_22_lines():
    assert len(body(pages(rendered(LONG).content)[1])) == 22


def test_no_page_ends_early_to_avoid_a_single_line():
    sheets = pages(rendered(letter(*["国" * 80] * 30)).content)
    assert [len(body(sheet)) for sheet in sheets[1:-1]] == [22, 22, 22]


def test_lines_stand_28_95_points_apart():
    lines = body(pages(rendered(LONG).content)[1])
    pitch = (lines[-1].bottom - lines[0].bottom) / 21
    assert pitch == pytest.approx(28.95 * 25.4 / 72, abs=0.01)


def test_the_text_keeps_28_mm_left_and_26_mm_right():
    lines = body(pages(rendered(LONG).content)[1])
    assert {line.left for line in lines} == {28.0}
    assert [line.right for line in lines] == pytest.approx([184.0] * 22, abs=0.2)


def test_the_text_starts_37_mm_from_the_top_and_ends_35_mm_from_the_bottom():
    lines = body(pages(rendered(LONG).content)[1])
    size = 15.75 * 25.4 / 72
    assert lines[0].bottom - 0.88 * size == pytest.approx(37, abs=0.1)
    end = lines[-1].bottom + 0.12 * size
    assert 297 - 35 - 10.3 < end <= 297 - 35


def test_body_text_after_headings_stays_on_the_grid():
    blocks = (
        Heading(1, "一、标题"),
        Paragraph("国" * 26),
        Heading(2, "（一）标题"),
        Paragraph("国" * 26),
    )
    (page,) = pages(rendered(OfficialDocument(samples.OFFICE, "公告", blocks)).content)
    top = 37 + 0.88 * 15.75 * 25.4 / 72
    for line in body(page):
        assert ((line.bottom - top) / (28.95 * 25.4 / 72)) % 1 == pytest.approx(0, abs=0.02)


def test_page_numbers_stand_outside_one_character_in():
    odd, even, *_rest = pages(rendered(LONG).content)
    assert (odd[-1].text, even[-1].text) == ("—1—", "—2—")
    inset = 14 * 25.4 / 72
    assert odd[-1].right == pytest.approx(184 - inset, abs=0.3)
    assert even[-1].left == pytest.approx(28 + inset, abs=0.3)


def test_the_date_stands_four_characters_from_the_right_under_the_issuer():
    document = letter("国国", closing=Closing(samples.OFFICE, date(2026, 4, 20)))
    (page,) = pages(rendered(document).content)
    issuer, day = page[-3], page[-2]
    assert day.text == "2026年4月20日"
    assert day.right == pytest.approx(184 - 4 * 15.75 * 25.4 / 72, abs=0.3)
    assert (issuer.left + issuer.right) / 2 == pytest.approx((day.left + day.right) / 2, abs=0.3)


def test_the_seal_anchor_is_the_middle_of_the_issuer():
    document = letter("国国", closing=Closing(samples.OFFICE, date(2026, 4, 20)))
    made = rendered(document)
    issuer = pages(made.content)[0][-3]
    anchor = made.seal_anchor
    assert (anchor.page, anchor.diameter) == (1, 42.0)
    assert anchor.x == pytest.approx((issuer.left + issuer.right) / 2, abs=0.5)
    assert anchor.y == pytest.approx(issuer.bottom - 2.1, abs=0.5)


def test_no_seal_no_anchor():
    closing = Closing(samples.OFFICE, date(2026, 4, 20), seal=False)
    assert rendered(letter("国国", closing=closing)).seal_anchor is None


@pytest.mark.parametrize("last", [1, 3, 6])
def test_the_closing_never_stands_on_a_page_without_text(last):
    closing = Closing(samples.OFFICE, date(2026, 4, 20))
    for before in range(10, 20):
        texts = ["甲" * 20] * before + ["国" * (28 * last - 8)]
        made = rendered(letter(*texts, closing=closing))
        sheet = pages(made.content)[made.seal_anchor.page - 1]
        assert any("国" in line.text for line in sheet), (last, before)


def test_a_long_issuer_stays_inside_the_sheet():
    name = "新疆维吾尔自治区巴音郭楞蒙古自治州和静县人民检察院"
    document = OfficialDocument(
        name, "公告", (Paragraph("国"),), closing=Closing(name, date(2026, 4, 20))
    )
    for line in pages(rendered(document).content)[0]:
        assert line.left >= 27.9
        assert line.right <= 184.3


def test_the_approval_form_prints_on_one_page_with_every_value():
    made = rendered(samples.approval_form())
    assert made.pages == 1
    joined = "".join(line.text for line in pages(made.content)[0])
    assert "部门负责人：李主任（代王主任）" in joined
    assert "云检公益线索2026-00012" in joined


def test_the_longest_opinion_runs_on_to_a_numbered_second_page():
    form = samples.approval_form()
    long = FormRow((FormCell("审查意见", samples.FACTS * 5),))
    made = rendered(replace(form, rows=(long, *form.rows)))
    assert made.pages == 2
    assert [page[-1].text for page in pages(made.content)] == ["—1—", "—2—"]


def test_words_before_a_long_digest_or_in_a_narrow_cell_are_not_stretched():
    """A digest fits on a line of a form and breaks nowhere, and a narrow line has few places to stretch."""
    note = "第1轮；提交内容摘要（SHA-256）：" + "c0ffee12" * 8
    narrow = fair_row(FormCell("依据", "个人信息保护法第" + "1" * 20), FormCell("提请人", "陈一鸣"))
    form = replace(samples.approval_form(), rows=(narrow,), notes=(note,))
    lines = {line.text: line for page in pages(rendered(form).content) for line in page}
    (before,) = [line for text, line in lines.items() if text.startswith("第1轮")]
    assert before.right - before.left < 60
    (cell,) = [line for text, line in lines.items() if text.startswith("个人信息保护法第")]
    assert cell.right - cell.left < 40


def test_a_digest_that_is_longer_than_a_line_of_a_letter_stays_on_the_paper_and_whole_in_its_text():
    digest = "0123456789abcdef" * 4
    proof = AttachmentList((f"公告版面.pdf（SHA-256：{digest}）",))
    document = replace(samples.filing_decision(), blocks=(Paragraph(f"校验值为{digest}。"), proof))
    made = rendered(document)
    lines = [line for page in pages(made.content) for line in page]
    assert max(line.right for line in lines) < 185
    printed = "".join(line.text for line in lines)
    assert printed.count(digest) == 2
