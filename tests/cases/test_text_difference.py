"""What differs between two texts is found, shown on its side, and nothing of it is lost."""

from __future__ import annotations

import time

import pytest

from cases.text_difference import OMITTED, Piece, side_by_side

FACTS = "经查，该平台共处理41,327名业主的个人信息；其中敏感个人信息38,905条。平台仍未停止处理。"


def text(pieces) -> str:
    return "".join(piece.text for piece in pieces)


def changed(pieces) -> list[str]:
    return [piece.text for piece in pieces if piece.changed]


def test_only_the_characters_that_differ_are_marked():
    before, after = side_by_side(FACTS, FACTS.replace("38,905", "38,995"))
    assert (changed(before), changed(after)) == (["0"], ["9"])


def test_a_sentence_that_came_or_went_is_marked_as_a_whole():
    before, after = side_by_side(FACTS, FACTS + "后果严重。")
    assert (changed(before), changed(after)) == ([], ["后果严重。"])
    assert changed(side_by_side(FACTS, "")[0]) == [FACTS]


def test_sentences_that_have_little_in_common_are_not_taken_apart():
    before, after = side_by_side("应当立案。", "不予受理。")
    assert (changed(before), changed(after)) == (["应当立案。"], ["不予受理。"])


def test_a_long_passage_both_share_is_shortened_and_a_change_never_is():
    shared = "".join(f"第{number}项事实已经查明。" for number in range(60))
    gone = "".join(f"第{number}号证据不足。" for number in range(60))
    before, _after = side_by_side(shared + gone, shared)
    assert gone in changed(before)
    assert OMITTED in text(before)
    assert len(text(before)) < len(gone) + 60


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FACTS, FACTS[::-1]),
        ("甲\n乙\n丙", "甲\n丙"),
        ("", FACTS),
        ("a", "b"),
        ("x" * 900, "y" * 900),
    ],
)
def test_both_sides_read_as_they_were(before, after):
    left, right = side_by_side(before, after)
    assert (text(left), text(right)) == (before, after)
    assert Piece("", True) not in left + right


def test_the_longest_content_of_nothing_but_repetitions_is_compared_in_a_moment():
    began = time.monotonic()
    for one, other in (("一。二。", "二。一。"), ("一", "二"), ("，甲", "，乙")):
        side_by_side(one * (20_000 // len(one)), other * (20_000 // len(other)))
    assert time.monotonic() - began < 5
