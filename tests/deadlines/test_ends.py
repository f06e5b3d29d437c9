"""What moves the end of a running period and what ends it: named ends, time on holidays, later starts."""

from __future__ import annotations

from datetime import date

import pytest

from deadlines import by_hand
from deadlines.calendar import official
from deadlines.models import DeadlineState
from deadlines.periods import Interval, Period, Unit, last_day
from tests.support.days import on
from tests.support.matters import happen, make_case


@pytest.fixture
def reviewed(cast):
    """A case in review with an appraisal from 6 May to 5 June."""
    case = make_case(cast)
    with on(2026, 6, 8):
        happen(case, "announcement_expired", date(2026, 4, 7), actor=cast.handler)
        sent = happen(case, "work_commissioned", date(2026, 5, 6), facts={"work": "appraisal"})
        happen(case, "work_reported", date(2026, 6, 5), facts={"commission": str(sent.pk)})
    return case


def name_end(case, until: str) -> None:
    facts = {"until": until, "approval_number": "1号"}
    with on(2026, 8, 3):
        happen(case, "review_extended_further", date(2026, 8, 3), facts=facts)


@pytest.mark.django_db
def test_time_that_had_passed_is_not_added_to_an_end_an_approval_names(reviewed):
    assert reviewed.deadlines.get().nominal_day == date(2026, 8, 6)
    name_end(reviewed, "2026-09-30")
    row = reviewed.deadlines.get()
    assert (row.nominal_day, row.effective_day) == (date(2026, 9, 30), date(2026, 9, 30))
    assert "exclusion" not in [step["code"] for step in row.why]


@pytest.mark.django_db
def test_time_that_does_not_count_after_the_approval_is_added(reviewed):
    with on(2026, 8, 30):
        sent = happen(reviewed, "work_commissioned", date(2026, 7, 20), facts={"work": "audit"})
        name_end(reviewed, "2026-09-30")
        assert reviewed.deadlines.get().at_least
        happen(reviewed, "work_reported", date(2026, 8, 13), facts={"commission": str(sent.pk)})
    row = reviewed.deadlines.get()
    assert row.nominal_day == date(2026, 10, 10)
    excluded = next(step for step in row.why if step["code"] == "exclusion")
    assert (excluded["first"], excluded["days"], excluded["reason"]) == ("2026-08-03", 10, "Audit")


@pytest.mark.parametrize(
    ("first", "last", "nominal", "effective"),
    [
        # 3 October 2026 lies in the holidays that end with the seventh: the period runs until the eighth.
        (date(2026, 10, 8), date(2026, 10, 20), date(2026, 10, 20), date(2026, 10, 20)),
        (date(2026, 10, 5), date(2026, 10, 20), date(2026, 10, 20), date(2026, 10, 20)),
        (date(2026, 10, 2), date(2026, 10, 20), date(2026, 10, 21), date(2026, 10, 21)),
        (date(2026, 10, 9), date(2026, 10, 20), date(2026, 10, 3), date(2026, 10, 8)),
        (date(2026, 10, 8), date(2026, 10, 8), date(2026, 10, 3), date(2026, 10, 8)),
    ],
)
def test_time_that_begins_on_the_holidays_at_the_end_lies_inside_the_period(
    first, last, nominal, effective
):
    exclusions = [Interval(first, last)]
    result = last_day(date(2026, 7, 3), Period(3, Unit.MONTH), official(), exclusions=exclusions)
    assert (result.nominal, result.effective) == (nominal, effective)


@pytest.mark.django_db
def test_what_was_done_before_a_period_began_anew_stays_done(cast):
    case = make_case(cast)
    with on(2026, 9, 1):
        happen(case, "suit_accepted", date(2026, 2, 2))
        judged = happen(case, "judged", date(2026, 6, 1), facts={"judgment_number": "1号"})
        happen(case, "judgment_remanded", date(2026, 8, 28))
        before, after = case.deadlines.filter(rule="P-27").order_by("id")
    assert (before.state, before.ended_by) == (DeadlineState.MET, judged)
    assert after.state == DeadlineState.OPEN


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("period", "kind", "facts"),
    [
        ("P-63", "complaint_delivered", {}),
        ("P-66", "enforcement_begun", {}),
        ("P-66", "enforcement_filed", {}),
        ("P-29b", "second_instance_judged", {"judgment_number": "1号", "outcome": "upheld"}),
        ("P-29b-2", "judgment_remanded", {}),
        ("P-24a-2", "appeal_withdrawn", {}),
        ("P-29", "judgment_served", {"party": "office"}),
        ("P-24", "defence_received", {}),
        ("P-77-2", "complaint_delivered", {}),
        ("P-34-2", "retrial_applied", {}),
        ("P-42-2", "enforcement_begun", {}),
    ],
)
def test_a_period_begun_by_hand_ends_with_the_event_of_the_suit(cast, period, kind, facts):
    case = make_case(cast)
    with on(2026, 4, 2):
        begun = {"period": period, "event_text": "书面证明", "concerns": ""}
        happen(case, by_hand.BEGUN, date(2026, 4, 1), facts=begun)
        row = case.deadlines.get(rule=period)
        assert row.state == DeadlineState.OPEN
        event = happen(case, kind, date(2026, 4, 2), facts=facts)
    row.refresh_from_db()
    assert row.ended_by == event
    assert row.state in (DeadlineState.MET, DeadlineState.CANCELLED)


@pytest.mark.django_db
def test_the_court_has_served_the_complaint_when_it_reached_every_defendant(cast):
    case = make_case(cast)
    with on(2026, 4, 8):
        happen(case, "suit_accepted", date(2026, 4, 1))
        happen(case, "complaint_served", date(2026, 4, 2), facts={"all_served": False})
        row = case.deadlines.get(rule="P-21")
        assert row.state == DeadlineState.OPEN
        happen(case, "complaint_served", date(2026, 4, 7), facts={"all_served": True})
    row.refresh_from_db()
    assert row.state == DeadlineState.MET


@pytest.mark.django_db
def test_the_change_of_claims_is_handed_over_within_three_days_of_its_approval(cast):
    case = make_case(cast)
    with on(2026, 4, 2):
        happen(case, "act_approved", date(2026, 4, 1), facts={"transition": "T28"})
        row = case.deadlines.get(rule="P-12-2")
        assert (row.effective_day, row.state) == (date(2026, 4, 7), DeadlineState.OPEN)
        happen(case, "claims_changed", date(2026, 4, 2))
    row.refresh_from_db()
    assert row.state == DeadlineState.MET
    assert not case.deadlines.filter(rule="P-12").exists()
