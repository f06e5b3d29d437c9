"""The worked examples of law 6.3, each by the period of the rulebook it is an example of."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from deadlines.derive import Changes, compute
from deadlines.periods import Interval, Period, last_day
from deadlines.rulebook import in_force

pytestmark = pytest.mark.django_db

BOOK = in_force(date(2026, 1, 1))
# Example, period, start, raw end, effective end; the norms whose timer it shows beside C124.
WORKED = [
    ("E1", "P-01", "2026-03-05", "2026-04-04", "2026-04-07", (pytest.mark.norm("C039"),)),
    (
        "E2",
        "P-01",
        "2026-01-15",
        "2026-02-14",
        "2026-02-14",
        (pytest.mark.norm("C039"), pytest.mark.norm("C125")),
    ),
    ("E3", "P-01", "2026-01-21", "2026-02-20", "2026-02-24", (pytest.mark.norm("C039"),)),
    (
        "E4",
        "P-01",
        "2026-04-09",
        "2026-05-09",
        "2026-05-09",
        (pytest.mark.norm("C039"), pytest.mark.norm("C125")),
    ),
    ("E5", "P-02", "2026-04-07", "2026-07-07", "2026-07-07", (pytest.mark.norm("C042"),)),
    ("E6", "P-02", "2026-06-30", "2026-09-30", "2026-09-30", (pytest.mark.norm("C042"),)),
    ("E9", "P-13", "2026-02-12", "2026-02-15", "2026-02-24", (pytest.mark.norm("C059"),)),
    ("E10", "P-13", "2026-06-17", "2026-06-20", "2026-06-22", (pytest.mark.norm("C059"),)),
    ("E11", "P-04", "2026-04-29", "2026-05-04", "2026-05-06", ()),
    ("E12", "P-22", "2026-04-24", "2026-05-04", "2026-05-06", (pytest.mark.norm("C056"),)),
    ("E13", "P-23", "2026-04-20", "2026-05-05", "2026-05-06", (pytest.mark.norm("C138"),)),
    ("E14", "P-30", "2026-09-18", "2026-10-03", "2026-10-08", (pytest.mark.norm("C069"),)),
    (
        "E15",
        "P-31",
        "2026-09-24",
        "2026-10-04",
        "2026-10-08",
        (pytest.mark.norm("C055"), pytest.mark.norm("C069")),
    ),
    (
        "E16",
        "P-53",
        "2025-12-31",
        "2026-02-28",
        "2026-02-28",
        (pytest.mark.norm("C104"), pytest.mark.norm("C125")),
    ),
    ("E17", "P-54", "2026-09-17", "2026-10-02", "2026-10-08", (pytest.mark.norm("C104"),)),
    ("E18", "P-50", "2026-02-09", "2026-02-16", "2026-02-24", (pytest.mark.norm("C098"),)),
    ("E19", "P-52", "2026-02-11", "2026-02-16", "2026-02-24", (pytest.mark.norm("C102"),)),
    ("E20", "P-63", "2026-09-04", "2026-10-04", "2026-10-08", (pytest.mark.norm("C086"),)),
    ("E21", "P-42", "2026-05-31", "2028-05-31", "2028-05-31", (pytest.mark.norm("C080"),)),
    ("E22", "P-27", "2026-08-31", "2027-02-28", "2027-03-01", ()),
    ("E24", "P-04", "2026-05-06", "2026-05-11", "2026-05-11", ()),
]
# The same for periods without an example of their own: the days are counted by hand.
COUNTED = [
    # Rules 76: three days from the decision; 12 to 14 June, a Sunday.
    ("P-51", "2026-06-11", "2026-06-14", "2026-06-15", ()),
    # Rules 47: one month from the end of the rectification period.
    ("P-55", "2026-01-31", "2026-02-28", "2026-02-28", ()),
    # PRR 19: two months; 31 August has no day in February, 28 February 2027 is a Sunday.
    ("P-57", "2026-12-31", "2027-02-28", "2027-03-01", ()),
    # PRR 21: five days from the issue.
    ("P-59", "2026-02-11", "2026-02-16", "2026-02-24", ()),
    # CPLI 171: five days to ask, ten for the court.
    ("P-61", "2026-09-24", "2026-09-29", "2026-09-29", ()),
    ("P-62", "2026-09-24", "2026-10-04", "2026-10-08", ()),
    # CPLI 485: deposits, movables, real estate and other rights.
    ("P-65", "2025-05-06", "2026-05-06", "2026-05-06", (pytest.mark.norm("C090"),)),
    ("P-65-2", "2024-05-03", "2026-05-03", "2026-05-06", (pytest.mark.norm("C090"),)),
    ("P-65-3", "2023-02-14", "2026-02-14", "2026-02-14", (pytest.mark.norm("C090"),)),
    # CPL 126: seven days; CPL 128: five for the complaint, five for the defence.
    ("P-20", "2026-04-27", "2026-05-04", "2026-05-06", ()),
    ("P-21", "2026-02-11", "2026-02-16", "2026-02-24", ()),
    ("P-24", "2026-04-29", "2026-05-04", "2026-05-06", ()),
    # CPLI 287: at least thirty days; 9 May is a make-up working Saturday.
    ("P-28", "2026-04-09", "2026-05-09", "2026-05-09", ()),
    # CPL 173: five days from the receipt of the appeal.
    ("P-32", "2026-04-29", "2026-05-04", "2026-05-06", ()),
    # CPL 216: six months; 31 August has no day in February, 28 February 2027 is a Sunday.
    ("P-34", "2026-08-31", "2027-02-28", "2027-03-01", ()),
    # CPL 215: three months from the receipt of the application.
    ("P-37", "2026-06-30", "2026-09-30", "2026-09-30", ()),
    # CPL 237, CPLI 519: six months, into the National Day holidays.
    ("P-43", "2026-04-01", "2026-10-01", "2026-10-08", ()),
    ("P-45", "2026-04-01", "2026-10-01", "2026-10-08", ()),
    # CPL 95: thirty days from the publication.
    ("P-70", "2026-09-04", "2026-10-04", "2026-10-08", ()),
    # EMS 6: five working days over Labour Day, 9 May among them, 10 May a Sunday.
    ("P-71", "2026-04-30", "2026-05-11", "2026-05-11", ()),
    # CPL 86: ten days after the obstacle has ended.
    ("P-73", "2026-09-24", "2026-10-04", "2026-10-08", (pytest.mark.norm("C126"),)),
    # CC 188: three years for damages.
    ("P-77-2", "2023-06-20", "2026-06-20", "2026-06-22", ()),
]


def _param(name, row, norms):
    return pytest.param(*row, id=name, marks=norms)


@pytest.mark.norm("C124")
@pytest.mark.parametrize(
    ("period", "start", "raw", "effective"),
    [_param(name, row, norms) for name, *row, norms in WORKED],
)
def test_worked_example_of_the_law_holds(period, start, raw, effective):
    result = compute(BOOK.periods[period], date.fromisoformat(start), BOOK)
    assert (str(result.nominal), str(result.effective)) == (raw, effective)


@pytest.mark.parametrize(
    ("period", "start", "raw", "effective"),
    [_param(period, (period, *row), norms) for period, *row, norms in COUNTED],
)
def test_a_period_ends_on_the_day_counted_by_hand(period, start, raw, effective):
    result = compute(BOOK.periods[period], date.fromisoformat(start), BOOK)
    assert (str(result.nominal), str(result.effective)) == (raw, effective)


@pytest.mark.norm("C042")
@pytest.mark.norm("C124")
def test_e7_the_month_the_chief_grants_is_counted_with_the_base_from_the_start():
    rule = BOOK.periods["P-02"]
    granted = rule.extensions[0].length
    assert granted is not None
    result = compute(rule, date(2026, 4, 7), BOOK, Changes(extensions=(granted,)))
    assert (result.nominal, result.effective) == (date(2026, 8, 7), date(2026, 8, 7))


@pytest.mark.norm("C044")
@pytest.mark.norm("C124")
def test_e8_the_days_of_an_appraisal_are_added_to_the_nominal_end():
    appraisal = Interval(date(2026, 5, 6), date(2026, 6, 5))
    result = compute(BOOK.periods["P-02"], date(2026, 4, 7), BOOK, Changes(exclusions=(appraisal,)))
    assert (result.nominal, result.effective) == (date(2026, 8, 6), date(2026, 8, 6))


@pytest.mark.norm("C086")
@pytest.mark.norm("C124")
@pytest.mark.norm("C127")
def test_e23_hours_run_from_the_next_hour_and_do_not_roll_over():
    result = compute(BOOK.periods["P-60"], datetime(2026, 6, 18, 14, 20), BOOK)
    assert result.effective == datetime(2026, 6, 20, 15, 0)
    assert result.skipped == ()


@pytest.mark.norm("C124")
@pytest.mark.norm("C125")
def test_e25_a_month_without_the_day_ends_on_its_last_day():
    # The example names a length alone; P-38d is a period of one month.
    for period in (Period.parse("P1M"), BOOK.periods["P-38d"].length):
        result = last_day(date(2026, 1, 31), period, BOOK.calendar())
        assert (result.nominal, result.effective) == (date(2026, 2, 28), date(2026, 2, 28))


@pytest.mark.norm("C090")
def test_a_freeze_is_renewed_at_the_latest_seven_days_before_it_expires():
    renewal = BOOK.periods["P-64"]
    result = compute(renewal, date(2026, 5, 11), BOOK)
    # 4 May lies in the Labour Day holidays, which begin on 1 May.
    assert (result.nominal, result.effective) == (date(2026, 5, 4), date(2026, 4, 30))
    assert renewal.reminders


def test_a_reconsideration_stays_nothing():
    assert "does not stay" in BOOK.periods["P-61"].lapse_en


def test_the_administrative_review_is_extended_like_the_civil_one():
    rule = BOOK.periods["P-55"]
    assert [(e.by, str(e.length)) for e in rule.extensions] == [
        ("chief", "P1M"),
        ("superior", "None"),
    ]
    result = compute(rule, date(2026, 1, 31), BOOK, Changes(extensions=(Period.parse("P1M"),)))
    assert result.effective == date(2026, 3, 31)


def test_cessation_and_apology_are_not_time_barred():
    for period, length in (("P-77", "P20Y"), ("P-77-2", "P3Y")):
        rule = BOOK.periods[period]
        assert str(rule.length) == length
        assert "not time-barred" in rule.lapse_en
