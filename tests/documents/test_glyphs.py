"""Characters that cannot be printed are named with their field."""

from __future__ import annotations

import pytest

from documents import glyphs
from documents.errors import MissingGlyphs
from documents.model import Closing, OfficialDocument, Paragraph, SignatureLine
from tests.documents import samples
from tests.documents.reading import letter, rendered


def refused(*texts: str) -> MissingGlyphs:
    with pytest.raises(MissingGlyphs) as refusal:
        rendered(letter(*texts))
    return refusal.value


def test_an_emoji_is_named_with_field_and_code_point():
    refusal = refused("正常", "举报人说\U0001f4a9不好")
    (bad,) = refusal.characters
    assert (bad.path, bad.code_point) == ("blocks[1].text", "U+1F4A9")
    assert "U+1F4A9" in str(refusal.message)
    assert "举报人说" in bad.sentence
    assert set(refusal.errors) == {"blocks[1].text"}


@pytest.mark.parametrize(
    ("text", "code_point"),
    [
        ("甲\ue000", "U+E000"),
        ("甲\x00", "U+0000"),
        ("甲\x0b", "U+000B"),
        ("甲\t乙", "U+0009"),
        ("甲\ud83d", "U+D83D"),
        ("\u0301甲", "U+0301"),
        ("甲 \u0301", "U+0301"),
        ("甲\u202e乙", "U+202E"),
        ("甲\u200b乙", "U+200B"),
        ("甲\ufeff", "U+FEFF"),
        ("甲\u2028乙", "U+2028"),
        ("甲\U0010ffff", "U+10FFFF"),
        ("שלום", "U+05E9"),
    ],
)
def test_each_impossible_character_is_named(text, code_point):
    refusal = refused(text)
    assert refusal.characters[0].code_point == code_point
    refusal.message.encode("utf-8")


def test_a_name_deep_in_the_closing_is_checked_too():
    closing = Closing("甲院", signatures=(SignatureLine("检察官", "\U0001f600"),))
    document = OfficialDocument("甲院", "决定书", (Paragraph("文"),), closing=closing)
    assert [bad.path for bad in glyphs.missing(document)] == ["closing.signatures[0].name"]


def test_a_pasted_file_does_not_fill_the_page_with_sentences():
    assert len(glyphs.missing(letter("".join(map(chr, range(0xE000, 0xE100)))))) == 20


def test_all_samples_can_be_printed():
    for document in (samples.recommendation(), samples.filing_decision(), samples.approval_form()):
        glyphs.check(document)


def test_every_character_of_gb_2312_can_be_printed():
    raw = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    han = "".join(pair.decode("gb2312", "ignore") for pair in raw)
    assert len(han) == 6763
    glyphs.check(letter(han))
