"""What is doubted about a reply, from its words alone."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from administrative.replies import (
    FOR_THE_READER,
    SHORTEST,
    DoubtCode,
    Earlier,
    doubts_about_answer,
    doubts_about_reply,
    letters_of,
    likeness,
    pairs_of,
    share_from,
)
from tests.administrative.track import INSPECT, LETTER, OWN_WORDS, PUNISH, REPEATED

# Few characters, so that pairs meet; widths, cases, ligatures and marks, so that normalising has work.
HAN = st.text(alphabet="已按检察建议要求对公司个人信息删除整改", max_size=40)
TEXTS = HAN | st.text(alphabet="已整改Ａa１1ßﬁİ́é，。（ \n\t🙂​", max_size=40)
ASKED = PUNISH["text"]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def codes(doubts) -> list[str]:
    return [doubt.code for doubt in doubts]


def about(text: str, *, with_proof: bool = True, earlier=(), measure: str = ASKED) -> list[str]:
    return codes(doubts_about_answer(text, measure=measure, with_proof=with_proof, earlier=earlier))


def before(text: str) -> Earlier:
    return Earlier(text, date(2026, 1, 8), "330106-2026-00003")


# --- likeness ------------------------------------------------------------------------------------


@given(TEXTS, TEXTS)
def test_likeness_is_the_same_from_both_sides_and_between_nothing_and_all(one, other):
    first, second = pairs_of(one), pairs_of(other)
    assert likeness(first, second) == likeness(second, first)
    assert 0.0 <= likeness(first, second) <= 1.0
    assert 0.0 <= share_from(first, second) <= 1.0


@given(TEXTS)
def test_a_text_is_wholly_like_itself_and_stands_wholly_in_itself(text):
    pairs = pairs_of(text)
    expected = 1.0 if letters_of(text) else 0.0
    assert likeness(pairs, pairs) == share_from(pairs, pairs) == expected


@given(HAN.filter(bool), HAN.filter(bool))
def test_what_is_quoted_in_a_longer_text_stands_in_it_wholly(part, rest):
    if len(letters_of(part)) > 1:
        assert share_from(pairs_of(part), pairs_of(part + rest)) == 1.0


@given(HAN, HAN)
def test_only_texts_of_the_same_pairs_are_wholly_alike(one, other):
    first, second = pairs_of(one), pairs_of(other)
    assert (likeness(first, second) == 1.0) == (bool(first) and first == second)


@given(TEXTS, st.text(alphabet=" \n\t，。；、！“”（）", max_size=10))
def test_blanks_and_punctuation_do_not_count(text, marks):
    middle = len(text) // 2
    # Normalising is done on the whole text: nothing is split inside a sign of several parts.
    plain = letters_of(text)
    broken = plain[:middle] + marks + plain[middle:]
    assert letters_of(broken) == letters_of(plain)


def test_width_and_case_do_not_count():
    assert pairs_of("ＡＰＰ２０２６") == pairs_of("app2026")


def test_a_single_character_is_compared_as_it_is():
    assert pairs_of("是。") == Counter(["是"])
    assert pairs_of("。") == Counter()
    assert likeness(pairs_of("。"), pairs_of("。")) == 0.0


# --- the four doubts -----------------------------------------------------------------------------


def test_an_answer_in_its_own_words_with_proof_gives_no_cause_for_doubt():
    assert about(OWN_WORDS) == []


def test_an_answer_that_turns_the_request_into_the_past_repeats_it():
    assert about(REPEATED) == [DoubtCode.REPEATS]
    assert about(REPEATED, measure=INSPECT["text"]) == []


def test_an_answer_that_quotes_the_measure_and_then_tells_what_was_done_does_not_repeat_it():
    assert about(f"关于“{ASKED}”的建议：{OWN_WORDS}") == []


def test_an_answer_without_proof_says_so_whatever_its_words():
    assert about(OWN_WORDS, with_proof=False) == [DoubtCode.NO_PROOF]
    assert about("", with_proof=False) == [DoubtCode.SHORT, DoubtCode.NO_PROOF]


def test_the_shortest_answer_that_is_not_doubted_has_fifteen_characters():
    assert SHORTEST == 15
    assert about("已按检察建议要求全部整改到位。") == [DoubtCode.SHORT]
    assert about("已按检察建议要求全部整改到位了。") == []


def test_the_same_words_sent_again_with_another_day_are_a_copy():
    again = OWN_WORDS.replace("4月2日", "6月9日").replace("三台", "五台")
    assert about(again, earlier=[before(OWN_WORDS)]) == [DoubtCode.COPIES]
    assert about(OWN_WORDS, earlier=[before(LETTER)]) == []


def test_what_is_very_short_is_not_called_a_copy_as_well():
    assert about("已整改。", earlier=[before("已整改。")]) == [DoubtCode.SHORT]


def test_a_copy_names_the_day_and_the_case_of_what_it_is_like():
    (doubt,) = doubts_about_reply(LETTER, measures=[ASKED], earlier=[before(LETTER)])
    assert "2026-01-08" in doubt.sentence
    assert "330106-2026-00003" in doubt.sentence


def test_a_letter_is_read_beside_all_its_measures_together():
    measures = [PUNISH["text"], INSPECT["text"]]
    letter = f"我局已{PUNISH['text']}{INSPECT['text']}"
    assert codes(doubts_about_reply(letter, measures=measures, earlier=[])) == [DoubtCode.REPEATS]
    assert doubts_about_reply(LETTER, measures=measures, earlier=[]) == []
    assert doubts_about_reply(LETTER, measures=[], earlier=[]) == []


def test_every_doubt_is_left_to_the_reader():
    doubts = doubts_about_answer("已整改。", measure="整改", with_proof=False, earlier=[])
    assert doubts
    for doubt in doubts:
        assert doubt.note == str(FOR_THE_READER)
        assert doubt.label == str(doubt.code.label)
        assert "%(" not in doubt.sentence
        assert "%%" not in doubt.sentence


@given(TEXTS, TEXTS, TEXTS, st.booleans())
def test_no_text_makes_it_fail_or_say_a_thing_twice(text, measure, other, with_proof):
    found = about(text, measure=measure, with_proof=with_proof, earlier=[before(other)])
    assert len(found) == len(set(found))
    assert (DoubtCode.NO_PROOF in found) != with_proof
