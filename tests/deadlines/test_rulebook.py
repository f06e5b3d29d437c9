from __future__ import annotations

from datetime import date

import pytest

from deadlines.derive import compute
from deadlines.periods import Period
from deadlines.rulebook import DIRECTORY, Kind, RulebookError, in_force, parse, rulebooks

TEXT = (DIRECTORY / "2021-07-01.toml").read_text(encoding="utf-8")


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
        ("valid_from = 2021-07-01", "valid_from = '2021-07-01'", "must be a day"),
        ("weekends_roll = true", "weekend = true", "practice: unknown field weekend"),
        ('length = "P30D"', "", "has a length unless"),
        ('direction = "before"', 'direction = "back"', "after or before"),
        ("[practice]", "[practice", "not valid TOML"),
    ],
)
def test_a_wrong_rulebook_is_refused_with_the_place_named(old, new, message):
    with pytest.raises(RulebookError, match=message):
        parse(TEXT.replace(old, new, 1), "test.toml")


def test_two_versions_cannot_be_in_force_on_one_day(tmp_path):
    (tmp_path / "a.toml").write_text(TEXT)
    (tmp_path / "b.toml").write_text(
        TEXT.replace('version = "2021-07-01"', 'version = "b"').replace(
            "valid_from = 2021-07-01", "valid_from = 2030-01-01"
        )
    )
    with pytest.raises(RulebookError, match="in force on the same day"):
        rulebooks(tmp_path)
    (tmp_path / "a.toml").write_text(
        TEXT.replace("valid_from = 2021-07-01", "valid_from = 2021-07-01\nvalid_to = 2029-12-31")
    )
    rulebooks.cache_clear()
    assert list(rulebooks(tmp_path)) == ["2021-07-01", "b"]
    rulebooks.cache_clear()
