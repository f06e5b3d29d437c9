"""Words are found where they stand, in Chinese as in any other text, and nowhere else."""

from __future__ import annotations

import unicodedata

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.words import Folded, Pairs, holds

pytestmark = pytest.mark.django_db
TITLE = "江州速运有限公司侵害公民个人信息案（江检民公〔2026〕12号）"
# Characters that meet in names, numbers and texts, separators and wildcards among them.
# Words of Latin letters and digits that meet Chinese ones without a separator.
RUNS = ("健康", "Health", "ealth", "2026", "１２３４５", "年", "App", "小", "wechat", "·", " ", "k")
LETTERS = "个人信息某张aB1０Ａ·（）〔〕、，。 %_\\'\"&|!:*-々〇㐀𠀀é"


def found(text: str, words: str) -> bool:
    """Say whether `words` are found in `text`, as the database answers."""
    rows = ContentType.objects.annotate(text=Folded(Value(text)), pairs=Pairs(Folded(Value(text))))
    return rows.filter(holds(words, text=F("text"), pairs=F("pairs"))).exists()


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


@pytest.mark.parametrize(
    "words",
    [
        *("个人信息", "个人", "信", "速运 个人信息", "江检民公〔2026〕12号"),
        *("2026", "〔2026〕", "号", "１２号", "", "  "),
    ],
)
def test_what_stands_there_is_found(words):
    assert found(TITLE, words)


@pytest.mark.parametrize(
    "words",
    ["人个", "公司案", "个人 隐私", "%", "_", "江州\\", "' OR 1=1", "12号 13号", "&", "!个人"],
)
def test_what_does_not_stand_there_is_not(words):
    assert not found(TITLE, words)


def test_small_and_full_width_letters_make_no_difference():
    assert found("ＹＯＵ享Ｊｉａ App", "you享jia")
    assert found("you享jia app", "ＹＯＵ享Ｊｉａ　ＡＰＰ")


def test_pairs_that_stand_apart_make_no_word_of_three():
    assert not found("个人的 人信", "个人信")
    assert found("个人信", "个人信")


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(LETTERS, max_size=30), words=st.text(LETTERS, max_size=8))
def test_it_finds_what_looking_through_the_text_finds(text, words):
    wanted = all(word in folded(text) for word in folded(words).split())
    assert found(text, words) == wanted


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.lists(st.sampled_from(RUNS), max_size=6).map("".join),
    words=st.lists(st.sampled_from(RUNS), max_size=3).map("".join),
)
def test_latin_words_beside_chinese_ones_are_found_too(text, words):
    wanted = all(word in folded(text) for word in folded(words).split())
    assert found(text, words) == wanted


@pytest.mark.parametrize(
    "words", ["Health", "Heal", "小红书Health", "Health平", "2026", "2026年", "H"]
)
def test_a_name_in_two_scripts_is_found_by_either(words):
    assert found("小红书Health平台2026年泄露案", words)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(LETTERS, min_size=1, max_size=30), data=st.data())
def test_every_part_of_a_text_is_found_in_it(text, data):
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    assert found(text, text[first:last])


def test_the_database_takes_texts_apart_between_separators():
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_cut(search_text('某·张', '江检〔20261〕1号', 'Ab'), false)")
        pairs = ["江检", "20", "02", "26", "61"]
        assert sorted(cursor.fetchone()[0]) == sorted([*pairs, "2026", "0261", "1号", "ab"])
        cursor.execute("SELECT search_question(search_text('江检〔20261〕1号 cd'))::text")
        assert cursor.fetchone()[0] == "'0261' & '1号' & '2026' & 'cd' & '江检'"
        cursor.execute("SELECT search_question(search_text('小红书Health平'))::text")
        assert cursor.fetchone()[0] == "'alth' & 'ealt' & 'heal' & 'h平' & '书h' & '小红' & '红书'"
