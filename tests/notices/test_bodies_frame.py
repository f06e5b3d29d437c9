"""The numbers somebody typed before the items of a list, and what only looks like one."""

from __future__ import annotations

import pytest

from notices.bodies.frame import unnumbered


@pytest.mark.parametrize(
    "typed",
    [
        "1．删除",
        "1. 删除",
        "1 . 删除",
        "12、删除",
        "（1）删除",
        "(3) 删除",
        "一、删除",
        "（十二）删除",
    ],
)
def test_a_number_typed_before_an_item_is_taken_off_since_the_list_gives_its_own(typed):
    assert unnumbered(typed) == "删除"


@pytest.mark.parametrize(
    "said", ["（2024）江01民初88号民事判决书", "1.5万条个人信息", "3万元", "2024.5.1的询问笔录"]
)
def test_the_year_of_a_case_number_and_the_digits_of_an_amount_are_no_number_of_a_list(said):
    assert unnumbered(said) == said
