"""Statistical items are declared by the rooms, and a name that is not fails the check."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.checks.registry import registry as checks

from cases.checks import statistical_items_are_registered
from cases.registries import Uncounted, event_kinds, statistical_items


def change(monkeypatch, registry, code, value):
    entries = dict(registry.items()) | {code: value}
    kept = {name: entry for name, entry in entries.items() if entry is not None}
    monkeypatch.setattr(registry, "_entries", kept)


def test_every_item_a_kind_of_event_names_is_defined_and_fed():
    assert statistical_items_are_registered(None) == []
    assert statistical_items_are_registered in checks.get_checks()
    assert len(statistical_items) > 90


def test_an_item_nobody_defined_fails_the_check(monkeypatch):
    change(monkeypatch, statistical_items, "announcements", None)
    (error,) = statistical_items_are_registered(None)
    assert error.id == "cases.E003"
    assert "announcement_published" in error.msg


def test_an_item_nothing_feeds_fails_the_check(monkeypatch):
    kind = event_kinds["announcement_published"]
    kind = replace(kind, statistics=(), uncounted=Uncounted.STEP)
    change(monkeypatch, event_kinds, kind.code, kind)
    (error,) = statistical_items_are_registered(None)
    assert error.id == "cases.E004"
    assert "announcements" in error.msg


@pytest.mark.parametrize(
    ("statistics", "uncounted"), [((), None), (("announcements",), Uncounted.STEP)]
)
def test_a_kind_that_says_nothing_or_both_fails_the_check(monkeypatch, statistics, uncounted):
    kind = event_kinds["announcement_expired"]
    silent = replace(kind, statistics=statistics, uncounted=uncounted)
    change(monkeypatch, event_kinds, kind.code, silent)
    (error,) = statistical_items_are_registered(None)
    assert error.id == "cases.E005"
    assert kind.code in error.msg


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        ("litigation_terminated", "suits_terminated"),
        ("litigation_suspended", "suits_suspended"),
        ("litigation_resumed", "suits_resumed"),
        ("judgment_remanded", "judgments_remanded"),
        ("retrial_judged", "retrial_judgments"),
        ("enforcement_terminated", "enforcements_terminated"),
        ("governance_closed", "governance_closed"),
        ("case_split", "cases_split"),
        ("lead_merged", "leads_merged"),
    ],
)
def test_the_ends_and_turns_of_a_proceeding_are_counted(kind, item):
    assert event_kinds[kind].statistics == (item,)


def test_no_two_items_have_one_title():
    for titles in ("title_zh", "title_en"):
        found = [getattr(item, titles) for item in statistical_items.values()]
        assert len(set(found)) == len(found)


def test_an_item_says_in_both_languages_what_it_counts():
    for item in statistical_items.values():
        for text in (item.title_zh, item.title_en, item.definition_zh, item.definition_en):
            assert text.strip()
        assert item.definition_zh.endswith("。")
        assert item.definition_en.endswith(".")
