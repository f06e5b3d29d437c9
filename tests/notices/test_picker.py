"""The picker offers the documents of the present state first, then stage by stage."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from notices.catalogue import TYPES
from notices.picker import belongs_to, groups_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "state", "there"),
    [
        ("D-41", "P4", True),
        ("D-41", "P5", False),
        ("D-28", "P3", True),  # P2-P5
        ("D-28", "PX1", False),
        ("D-57", "C4", True),
        ("D-60", "C8", True),  # C7-C8
        ("D-60", "C10", False),
        ("D-64", "E2", True),  # C4, E2
        ("D-74", "A6S", True),
        ("D-10", "P4", False),  # at any time
    ],
)
def test_a_type_belongs_to_the_states_its_stage_names(code, state, there):
    assert belongs_to(TYPES[code], state) is there


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("D-20", "P2 Investigation", "P2 调查"),
        ("D-28", "P2 Investigation to P5 Review for prosecution", "P2 调查至P5 审查起诉"),
        ("D-64", "C4 Trial, E2 Enforcement", "C4 开庭审理、E2 执行"),
        ("D-74", "A6S Review suspended", "A6S 中止审查"),
        ("D-10", "any", "不限"),
    ],
)
def test_a_stage_is_read_by_the_code_and_the_name_of_its_states(code, english, chinese):
    for language, words in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            assert TYPES[code].stage_label == words


def test_every_stage_of_the_catalogue_has_a_name():
    for kind in TYPES.values():
        for part in kind.stage_label.split(", "):
            assert kind.stage == "any" or not re.fullmatch(r"[A-Z]+\d+[A-Z]?", part), kind.code


def test_every_type_that_is_made_for_a_case_is_offered_once_the_present_state_first(case):
    with translation.override("en"):
        groups = groups_for(case)
    codes = [choice.kind.code for group in groups for choice in group.choices]
    assert sorted(codes) == sorted(
        kind.code for kind in TYPES.values() if kind.composed and kind.made_for("case")
    )
    assert groups[0].title == f"For the present state: {case.get_state_display()}"
    assert [choice.kind.code for choice in groups[0].choices] == ["D-06"]


def test_what_stands_already_is_named_beside_its_type(case, decision):
    (choice,) = groups_for(case)[0].choices
    assert choice.present == decision


def test_a_lead_is_offered_no_document_of_a_case(case):
    codes = {choice.kind.code for group in groups_for(case.lead) for choice in group.choices}
    assert "D-01" in codes
    assert "D-41" not in codes
