from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from cases.selectors.people import lead_handler
from deadlines.derive import compute
from deadlines.duty import duty_holders
from deadlines.periods import Period
from deadlines.rulebook import (
    DIRECTORY,
    OF_THE_OFFICE,
    Duty,
    Kind,
    RulebookError,
    in_force,
    parse,
    rulebooks,
)
from tests.support.matters import make_case

TEXT = (DIRECTORY / "2024-01-01.toml").read_text(encoding="utf-8")
OLD = """
version = "old"
valid_from = 2021-07-01
valid_to = 2023-12-31
title_zh = "旧"
title_en = "Old"
based_on = "2024-01-01"
without = ["P-75"]
"""
NEW_YEAR = date(2024, 1, 1)


def test_the_shipped_rulebook_holds_the_periods_of_the_pre_litigation_stage():
    book = in_force(date(2026, 3, 5))
    assert {"P-01", "P-02", "P-03", "P-08", "P-09", "P-10", "P-14", "P-15"} <= set(book.periods)
    assert book.periods["P-01"].length == Period.parse("P30D")
    assert book.periods["P-01"].start == ("announcement_published",)
    assert book.unverified_practice == ("weekends_roll", "makeup_days_roll")


@pytest.mark.django_db
@pytest.mark.norm("C124")
def test_what_is_due_before_an_event_is_counted_back_from_it():
    book = in_force(date(2026, 6, 23))
    rule = book.periods["P-78"]
    assert (rule.article, str(rule.length), rule.backwards) == ("PCR 14", "P3D", True)
    result = compute(rule, date(2026, 6, 23), book)
    # 20 June lies in the Dragon Boat Festival.
    assert (result.nominal, result.effective) == (date(2026, 6, 20), date(2026, 6, 18))


def test_where_the_law_sets_no_period_none_is_invented():
    assert all(
        rule.length is None
        for rule in in_force(date(2026, 1, 1)).periods.values()
        if rule.kind is Kind.NONE
    )
    assert in_force(date(2026, 1, 1)).periods["P-15"].kind is Kind.NONE


def test_an_older_case_is_kept_under_the_first_rulebook():
    assert in_force(date(2019, 1, 1)).version == "2021-07-01"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('length = "P30D"', 'length = "30 days"', "P-01: 'length': .* is not a period"),
        ('kind = "mandatory"', 'kind = "strict"', "P-01: 'kind' is 'strict'; it must be one of"),
        ('id = "P-02"', 'id = "P-01"', "P-01 is there twice"),
        ('id = "P-01"', 'id = "P-01"\nlenght = "P1D"', "unknown field lenght"),
        ("reminders = [7, 1, 0]", "reminders = [7, 7]", "names a number twice"),
        ("reminders = [7, 1, 0]", "reminders = []", "needs 'reminders'"),
        ("latest_only = true", "latest_only = 1", "must be true or false"),
        ("valid_from = 2024-01-01", "valid_from = '2024-01-01'", "must be a day"),
        ("weekends_roll = true", "weekend = true", "practice: unknown field weekend"),
        ('length = "P30D"', "", "has a length unless"),
        ('direction = "before"', 'direction = "back"', "after or before"),
        ("[practice]", "[practice", "not valid TOML"),
        ('alias_of = ["P-30", "P-31"]', 'alias_of = ["P-3"]', "P-07 is an alias of P-3, which"),
        ('alias_of = ["P-13"]', 'alias_of = ["P-07"]', "P-26 is an alias of P-07, which"),
        (
            'alias_of = ["P-13"]',
            'alias_of = ["P-13"]\nlength = "P3D"',
            "P-26: a period has a length",
        ),
        (
            'duty = "court"\nlapse = "period_over"',
            'duty = "court"\nlapse = "alert"',
            "P-20: what others owe is no duty of the office",
        ),
        ("since = 2025-05-01", "since = 2025", "P-75: 'since' must be a day"),
        ('resumed_by = ["work_reported"]\n', "", "P-02: 'paused_by' needs 'resumed_by'"),
        ('start_day = "rectification_ends"\n', "", "P-55: 'start_day_needed' needs"),
        ('version = "2024-01-01"', 'version = "x"\nbased_on = "y"', "y, which is no complete"),
        ('version = "2024-01-01"', 'version = "x"\nwithout = ["P-01"]', "needs 'based_on'"),
    ],
)
def test_a_wrong_rulebook_is_refused_with_the_place_named(old, new, message):
    with pytest.raises(RulebookError, match=message):
        parse(TEXT.replace(old, new, 1), "test.toml")


def _write(directory, name, text):
    (directory / name).write_text(text, encoding="utf-8")
    rulebooks.cache_clear()


def test_two_versions_cannot_be_in_force_on_one_day(tmp_path):
    later = TEXT.replace('version = "2024-01-01"', 'version = "b"').replace(
        "valid_from = 2024-01-01", "valid_from = 2030-01-01"
    )
    _write(tmp_path, "a.toml", TEXT)
    _write(tmp_path, "b.toml", later)
    with pytest.raises(RulebookError, match="in force on the same day"):
        rulebooks(tmp_path)
    closed = TEXT.replace(
        "valid_from = 2024-01-01", "valid_from = 2024-01-01\nvalid_to = 2029-12-31"
    )
    _write(tmp_path, "a.toml", closed)
    assert list(rulebooks(tmp_path)) == ["2024-01-01", "b"]
    rulebooks.cache_clear()


def test_the_office_owes_its_own_duties_and_only_watches_what_others_owe_or_may_do():
    rules = in_force(NEW_YEAR).periods.values()
    owed = {rule.id for rule in rules if rule.owed_by_office}
    assert all(rule.duty in OF_THE_OFFICE for rule in rules if rule.owed_by_office)
    assert {"P-02", "P-04", "P-38", "P-63", "P-81"} <= owed
    assert not owed & {"P-01", "P-10", "P-30", "P-38b", "P-42", "P-73", "P-80"}


# --- a second version ----------------------------------------------------------------------------


@pytest.mark.norm("C143")
@pytest.mark.parametrize(
    ("period", "until_2023", "since_2024"),
    [
        # Law 0.1 names these numbers of both texts.
        ("P-40", "CPL 243, 246", "CPL 247, 250"),
        ("P-42", "CPL 246; JI 12; CPL 243", "CPL 250; JI 12; CPL 247"),
        # After about 193 the later text is four on, its foreign part ten.
        ("P-34", "CPL 212", "CPL 216"),
        ("P-23", "CPL 128, 275", "CPL 128, 285"),
        # Up to about 193 an article keeps its number.
        ("P-29b", "CPL 183", "CPL 183"),
    ],
)
def test_each_version_has_the_article_numbers_of_its_time(period, until_2023, since_2024):
    articles = [in_force(day).periods[period].article for day in (date(2023, 12, 31), NEW_YEAR)]
    assert articles == [until_2023, since_2024]


@pytest.mark.norm("C143")
def test_the_versions_differ_in_numbers_and_not_in_lengths():
    old, new = in_force(date(2023, 12, 31)), in_force(NEW_YEAR)
    assert (old.version, new.version) == ("2021-07-01", "2024-01-01")
    assert set(new.periods) - set(old.periods) == {"P-75", "P-76"}
    for rule in old.periods.values():
        twin = new.periods[rule.id]
        assert replace(rule, article="", extensions=()) == replace(twin, article="", extensions=())
        assert [e.length for e in rule.extensions] == [e.length for e in twin.extensions]


@pytest.mark.parametrize(
    ("tail", "message"),
    [
        ('[[period]]\nid = "P-999"\narticle = "CPL 1"', "old.toml: P-999: not in the version"),
        ('[[period]]\nid = "P-01"\nlenght = "P1D"', "old.toml, P-01: unknown field lenght"),
        ('[[period]]\nid = "P-01"\nlength = "1 day"', "old.toml, P-01: 'length'"),
        ('[[period]]\narticle = "CPL 1"', "a period: 'id' must be a text"),
        ('[[period]]\nid = "P-01"\n\n[[period]]\nid = "P-01"', "P-01 is there twice"),
        ('[[period]]\nid = "P-75"\narticle = "CPL 1"', "P-75: both changed and left out"),
    ],
)
def test_a_version_based_on_another_is_read_as_strictly(tmp_path, tail, message):
    _write(tmp_path, "new.toml", TEXT)
    _write(tmp_path, "old.toml", f"{OLD}\n{tail}\n")
    with pytest.raises(RulebookError, match=message):
        rulebooks(tmp_path)
    rulebooks.cache_clear()


def test_a_version_is_not_based_on_one_that_is_based_itself(tmp_path):
    _write(tmp_path, "new.toml", TEXT)
    _write(tmp_path, "old.toml", OLD)
    third = OLD.replace('based_on = "2024-01-01"', 'based_on = "old"')
    third = third.replace('version = "old"', 'version = "third"').replace("= 20", "= 19")
    _write(tmp_path, "third.toml", third)
    with pytest.raises(RulebookError, match="names old, which is no complete version"):
        rulebooks(tmp_path)
    rulebooks.cache_clear()


# --- every row of law 6.1 ------------------------------------------------------------------------

ROWS = set(
    re.findall(
        r"P-\d+[a-z]?",
        """
    P-01 P-02 P-03 P-04 P-05 P-06 P-07 P-08 P-09 P-10 P-11 P-12 P-13 P-14 P-15 P-16
    P-20 P-21 P-22 P-23 P-24 P-25 P-26 P-27 P-28 P-29 P-24a P-25a P-25b P-25c P-25d P-25e
    P-30 P-31 P-32 P-33 P-29b P-34 P-35 P-37 P-38 P-38a P-38b P-38c P-38d
    P-60 P-61 P-62 P-63 P-64 P-65 P-66
    P-40 P-41 P-42 P-43 P-44 P-45 P-46 P-47 P-47a P-48 P-49
    P-50 P-51 P-52 P-53 P-54 P-55 P-57 P-59 P-56 P-58 P-58a P-58b
    P-70 P-71 P-72 P-73 P-74 P-75 P-76 P-77 P-78 P-79 P-80 P-81
        """,
    )
)
# A row of several lengths has an entry for each.
LENGTHS = {
    "P-16": "P2M", "P-24": "P5D", "P-24a": "P15D", "P-24a-2": "P10D", "P-25a": "P3D",
    "P-25b": "P7D", "P-25e": "P5D", "P-29": "P10D", "P-29b": "P3M", "P-29b-2": "P30D",
    "P-38": "P3M", "P-38a": "P15D", "P-38b": "P15D", "P-38c": "P10D", "P-38d": "P1M",
    "P-44": "P15D", "P-44-2": "P10D", "P-46": "P15D", "P-46-2": "P15D", "P-48": "P15D",
    "P-49": "P3M", "P-50": "P7D", "P-51": "P3D", "P-52": "P5D", "P-53": "P2M", "P-54": "P15D",
    "P-55": "P1M", "P-56": "P7D", "P-57": "P2M", "P-58": "P5D", "P-58-2": "P15D", "P-58a": "P6M",
    "P-58b": "P15D", "P-58b-2": "P10D", "P-59": "P5D", "P-60": "PT48H", "P-60-2": "P5D",
    "P-61": "P5D", "P-62": "P10D", "P-63": "P30D", "P-64": "P7D", "P-65": "P1Y", "P-65-2": "P2Y",
    "P-65-3": "P3Y", "P-66": "P5D", "P-73": "P10D", "P-74": "P3Y", "P-75": "15WD", "P-76": "30WD",
    "P-77": "P20Y", "P-77-2": "P3Y", "P-80": "P3D",
}  # fmt: skip


def test_every_row_of_the_law_is_in_the_rulebook():
    periods = in_force(NEW_YEAR).periods
    assert {re.sub(r"-\d$", "", id) for id in periods} == ROWS
    assert {id: str(periods[id].length) for id in LENGTHS} == LENGTHS


def test_every_period_with_a_length_can_be_begun_and_reminds():
    for rule in in_force(NEW_YEAR).periods.values():
        assert (rule.length is None) or rule.reminders
        assert rule.title_zh
        assert rule.title_en
        assert rule.lapse_zh
        assert len(rule.article) <= 120


def test_an_alias_names_its_period_and_has_no_length_of_its_own():
    aliases = {r.id: r.alias_of for r in in_force(NEW_YEAR).periods.values() if r.alias_of}
    assert aliases == {"P-07": ("P-30", "P-31"), "P-25c": ("P-23",), "P-26": ("P-13",)}
    assert in_force(NEW_YEAR).periods["P-25d"].kind is Kind.NONE


def test_what_was_read_in_excerpts_alone_is_marked():
    marked = {rule.id for rule in in_force(NEW_YEAR).periods.values() if rule.unverified}
    # Of P-55-2 no row of law 6.1 speaks: Rules 47 begins the review anew, its length is that of P-55 (C045).
    assert marked == {"P-48", "P-49", "P-55-2", "P-81"}


@pytest.mark.django_db
def test_the_lead_handler_watches_what_is_owed_outside_the_team(cast):
    case = make_case(cast)
    within = {Duty.CHIEF, Duty.COMMITTEE_OFFICE, Duty.DEPARTMENT_HEAD}
    for duty in set(Duty) - within:
        assert duty_holders(case, duty, {}, handler=lead_handler(case)) == [cast.handler]


def test_a_rulebook_holds_no_period_of_an_office():
    text = (DIRECTORY / "2024-01-01.toml").read_text(encoding="utf-8")
    with pytest.raises(RulebookError, match="a period of the office is no period of law"):
        parse(text.replace('kind = "internal"', f'kind = "{Kind.OFFICE}"', 1))
    with pytest.raises(RulebookError, match="unknown field valid_from"):
        parse(text.replace('kind = "internal"', 'kind = "internal"\nvalid_from = 2026-01-01', 1))
