"""Clocks that people begin, complete, extend and suspend by hand, each with its proof."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from audit.clock import BEIJING
from audit.errors import Invalid, NotPermitted
from cases.services import acts, corrections
from deadlines import by_hand
from deadlines.models import DeadlineState
from deadlines.rulebook import in_force
from tests.support.days import on
from tests.support.matters import announce, happen, make_case, make_lead, upload

pytestmark = pytest.mark.django_db

BEGUN = {"period": "P-10", "legal_day": "2026-04-01", "event_text": "受委托院收到委托函"}


@pytest.fixture
def case(cast):
    return make_case(cast)


def record(cast, matter, kind, facts, *, actor=None, **rest):
    files = rest or {"paper": upload()}
    return acts.record_fact(
        actor=actor or cast.handler, matter=matter, kind=kind, data=facts, files=files
    )


def begin(cast, matter, **change):
    record(cast, matter, by_hand.BEGUN, BEGUN | change)
    return matter.deadlines.latest("id")


def clock_of(row) -> str:
    return by_hand.clock_name(row.rule, row.start_event)


def refused(cast, matter, kind, facts, **rest):
    with pytest.raises(Invalid) as refusal:
        record(cast, matter, kind, facts, **rest)
    return refusal.value.errors


# --- begun -------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [make_case, make_lead])
def test_a_period_no_act_starts_begins_by_hand_and_is_computed_like_every_other(cast, make):
    matter = make(cast, handler=cast.handler) if make is make_lead else make(cast)
    with on(2026, 4, 2):
        row = begin(cast, matter, concerns="某区人民检察院")
    rule = in_force(date(2026, 4, 2)).periods["P-10"]
    assert (row.rule, row.start_day, row.nominal_day) == (
        "P-10",
        date(2026, 4, 1),
        date(2026, 5, 1),
    )
    # Labour Day rolls it over, as a period begun by an act.
    assert row.effective_day == date(2026, 5, 6)
    assert (row.article, row.about) == (rule.article, "某区人民检察院")
    assert row.start_event.proofs.count() == 1


def test_a_period_counted_back_begins_from_a_day_to_come(cast, case):
    with on(2026, 4, 2):
        row = begin(cast, case, period="P-81", counted_from="2026-04-20")
    assert (row.backwards, row.effective_day) == (True, date(2026, 4, 17))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"period": "P-02"}, "period"),  # an act of the case starts it
        ({"period": "P-15"}, "period"),  # the law names no length
        ({"legal_day": ""}, "legal_day"),
        ({"legal_day": "2026-02-30"}, "legal_day"),
        ({"legal_day": "2026-04-03"}, "legal_day"),  # tomorrow
        ({"counted_from": "2026-04-20"}, "counted_from"),
        ({"event_text": ""}, "event_text"),
    ],
)
def test_a_period_does_not_begin_without_what_the_law_needs(cast, case, change, field):
    with on(2026, 4, 2):
        errors = refused(cast, case, by_hand.BEGUN, BEGUN | change)
    assert field in errors
    assert not case.deadlines.exists()


IN_JULY = {"period": "P-38", "legal_day": "2021-07-20", "event_text": "受理监督案件"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, "legal_day"),
        ({"legal_day": "2021-08-02", "counted_from": "2021-07-31"}, "counted_from"),
    ],
)
def test_a_period_does_not_begin_before_its_article_is_in_force(cast, case, change, field):
    """The rules on civil litigation supervision are in force since 1 August 2021."""
    with on(2026, 4, 2):
        errors = refused(cast, case, by_hand.BEGUN, IN_JULY | change)
    assert list(errors) == [field]
    assert "2021-08-01" in errors[field][0]
    assert not case.deadlines.exists()


def test_a_period_begins_on_the_first_day_of_its_article(cast, case):
    with on(2026, 4, 2):
        row = begin(cast, case, period="P-38", counted_from="2021-08-01")
    assert (row.rule, row.nominal_day) == ("P-38", date(2021, 11, 1))


def test_a_start_on_record_from_before_the_article_begins_nothing(cast, case):
    facts = {"period": "P-38", "event_text": "受理监督案件"}
    happen(case, by_hand.BEGUN, date(2021, 7, 31), facts=facts)
    assert not case.deadlines.exists()


def test_a_period_does_not_begin_without_the_paper_that_proves_it(cast, case):
    with on(2026, 4, 2):
        assert "paper" in refused(cast, case, by_hand.BEGUN, BEGUN, paper=None)
    assert not case.deadlines.exists()


@pytest.mark.norm("C104")
def test_the_urgent_answer_in_fifteen_days_has_its_reason(cast, case):
    urgent = BEGUN | {"period": "P-54", "event_text": "行政机关签收检察建议书"}
    with on(2026, 4, 2):
        errors = refused(cast, case, by_hand.BEGUN, urgent)
        assert "21" in errors["urgency"][0]
        assert list(errors) == ["urgency"]
        row = begin(cast, case, **urgent | {"urgency": "损害持续扩大"})
    assert row.nominal_day == date(2026, 4, 16)


RECOMMENDED = {"period": "P-57", "event_text": "被建议单位签收检察建议书"}


@pytest.mark.norm("C112")
def test_an_urgent_recommendation_sets_the_day_of_its_answer_itself(cast, case):
    urgent = RECOMMENDED | {"ends_on": "2026-04-13", "urgency": "漏洞仍可被利用"}
    with on(2026, 4, 2):
        row = begin(cast, case, **urgent)
        usual = begin(cast, case, **RECOMMENDED, concerns="另一单位")
    assert (row.nominal_day, usual.nominal_day) == (date(2026, 4, 13), date(2026, 6, 1))
    step = next(step for step in row.why if step["code"] == "urgent_end")
    assert (step["day"], step["event"]) == ("2026-04-13", row.start_event.pk)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_on": "2026-04-13"}, "urgency"),
        ({"ends_on": "2026-04-01", "urgency": "紧急"}, "ends_on"),
        ({"period": "P-10", "ends_on": "2026-04-13", "urgency": "紧急"}, "ends_on"),
    ],
)
def test_a_day_of_its_own_has_a_reason_a_later_day_and_an_article(cast, case, change, field):
    with on(2026, 4, 2):
        errors = refused(cast, case, by_hand.BEGUN, BEGUN | RECOMMENDED | change)
    assert list(errors) == [field]
    assert not case.deadlines.exists()


def test_the_same_start_is_not_recorded_twice_unless_it_concerns_another(cast, case):
    with on(2026, 4, 2):
        begin(cast, case, concerns="甲院")
        assert "period" in refused(cast, case, by_hand.BEGUN, BEGUN | {"concerns": "甲院"})
        begin(cast, case, concerns="乙院")
    assert sorted(case.deadlines.values_list("about", flat=True)) == ["乙院", "甲院"]


def test_only_the_handling_team_begins_a_period(cast, case):
    with on(2026, 4, 2), pytest.raises(NotPermitted):
        record(cast, case, by_hand.BEGUN, BEGUN, actor=cast.colleague)


def test_a_corrected_start_moves_the_clock(cast, case):
    with on(2026, 4, 10):
        row = begin(cast, case)
        corrections.correct_event(
            actor=cast.handler,
            event=row.start_event,
            data=BEGUN | {"legal_day": "2026-04-07"},
            reason="回执日期误录",
            files={"paper": upload()},
        )
    row.refresh_from_db()
    assert row.effective_day == date(2026, 5, 7)


# --- completed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("done", DeadlineState.MET), ("not_needed", DeadlineState.CANCELLED)],
)
def test_a_clock_begun_by_hand_is_completed_with_outcome_and_proof(cast, case, outcome, state):
    with on(2026, 4, 2):
        row = begin(cast, case)
    facts = {"clock": clock_of(row), "outcome": outcome, "result": "已回函"}
    with on(2026, 4, 20):
        event = record(cast, case, by_hand.COMPLETED, facts | {"legal_day": "2026-04-20"})
    row.refresh_from_db()
    assert (row.state, row.ended_by) == (state, event)
    assert event.proofs.count() == 1


def correct(cast, event, facts):
    return corrections.correct_event(
        actor=cast.handler, event=event, data=facts, reason="误录", files={"paper": upload()}
    )


def test_a_completion_and_a_start_are_corrected_like_every_entry(cast, case):
    with on(2026, 4, 2):
        row = begin(cast, case, concerns="甲院")
    facts = {"clock": clock_of(row), "outcome": "done", "result": "已回函"}
    with on(2026, 4, 20):
        event = record(cast, case, by_hand.COMPLETED, facts | {"legal_day": "2026-04-20"})
        moot = facts | {"outcome": "not_needed", "legal_day": "2026-04-20"}
        correct(cast, event, moot)
        correct(cast, row.start_event, BEGUN | {"concerns": ""})
    row.refresh_from_db()
    assert (row.state, row.about) == (DeadlineState.CANCELLED, "")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"legal_day": "2026-03-31"}, "legal_day"),  # before the period began
        ({"legal_day": "2026-04-21"}, "legal_day"),
        ({"outcome": ""}, "outcome"),
        ({"result": ""}, "result"),
        ({"clock": "P-10:999999"}, "clock"),
    ],
)
def test_a_completion_without_what_it_needs_changes_nothing(cast, case, change, field):
    with on(2026, 4, 2):
        row = begin(cast, case)
    facts = {"clock": clock_of(row), "outcome": "done", "result": "已回函"}
    with on(2026, 4, 20):
        given = facts | {"legal_day": "2026-04-20"} | change
        assert field in refused(cast, case, by_hand.COMPLETED, given)
        assert "paper" in refused(cast, case, by_hand.COMPLETED, given, paper=None)
    row.refresh_from_db()
    assert row.state == DeadlineState.OPEN


def test_what_an_event_of_the_case_fulfils_is_not_completed_by_hand(cast, case):
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
        happen(case, "complaint_delivered", date(2026, 3, 5))
        row = case.deadlines.get(rule="P-04")
        facts = {"clock": clock_of(row), "outcome": "done", "result": "已备案"}
        errors = refused(cast, case, by_hand.COMPLETED, facts | {"legal_day": "2026-03-05"})
    assert list(errors) == ["clock"]


@pytest.mark.parametrize(("rule", "offered"), [("P-22", True), ("P-23", False), ("P-27", False)])
def test_what_others_owe_may_fall_away_unless_a_guard_rests_on_it(cast, case, rule, offered):
    with on(2026, 3, 5):
        happen(case, "suit_accepted", date(2026, 3, 5))
        happen(case, "complaint_served", date(2026, 3, 5), facts={"defendant": "7"})
        row = case.deadlines.get(rule=rule)
        given = {
            "clock": clock_of(row),
            "result": "人民法院告知无需通知",
            "legal_day": "2026-03-05",
        }
        done = refused(cast, case, by_hand.COMPLETED, given | {"outcome": "done"})
        assert list(done) == (["outcome"] if offered else ["clock"])
        if offered:
            record(cast, case, by_hand.COMPLETED, given | {"outcome": "not_needed"})
        else:
            moot = refused(cast, case, by_hand.COMPLETED, given | {"outcome": "not_needed"})
            assert list(moot) == ["clock"]
    row.refresh_from_db()
    assert row.state == (DeadlineState.CANCELLED if offered else DeadlineState.OPEN)


@pytest.fixture
def obstacle(cast, case):
    """The end of an obstacle on 20 April 2026, which leaves time to ask until 30 April."""
    with on(2026, 4, 24):
        event = happen(case, "judgment_served", date(2026, 4, 2), facts={"party": "7"})
        row = case.deadlines.get(rule="P-30", start_event=event)
        facts = {"clock": clock_of(row), "party": "某公司", "obstacle": "洪水"}
        return record(cast, case, by_hand.OBSTACLE, facts | {"legal_day": "2026-04-20"})


@pytest.mark.norm("C126")
def test_a_request_after_the_ten_days_is_kept_with_the_mark_that_it_came_late(cast, case, obstacle):
    asked = {"obstacle": str(obstacle.pk), "legal_day": "2026-05-06"}
    with on(2026, 5, 7):
        errors = refused(cast, case, by_hand.REQUESTED, asked)
        assert "2026-04-30" in errors["late"][0]
        event = record(cast, case, by_hand.REQUESTED, asked | {"late": "on"})
    row = case.deadlines.get(rule="P-73")
    assert event.facts["late"] is True
    assert (row.state, row.ended_by, row.met_late) == (DeadlineState.MET, event, True)


@pytest.mark.norm("C126")
def test_a_request_posted_within_the_ten_days_is_in_time_though_it_arrives_later(
    cast, case, obstacle
):
    asked = {"obstacle": str(obstacle.pk), "legal_day": "2026-05-06", "posted_on": "2026-04-30"}
    with on(2026, 5, 7):
        assert "late" in refused(cast, case, by_hand.REQUESTED, asked | {"late": "on"})
        after = asked | {"posted_on": "2026-05-07"}
        assert "posted_on" in refused(cast, case, by_hand.REQUESTED, after)
        record(cast, case, by_hand.REQUESTED, asked)
    row = case.deadlines.get(rule="P-73")
    assert (row.state, row.done_on, row.met_late) == (
        DeadlineState.MET,
        date(2026, 4, 30),
        False,
    )


@pytest.mark.norm("C126")
@pytest.mark.parametrize(
    ("posted", "late"), [("", True), ("2026-05-06", False), ("2026-05-07", True)]
)
def test_what_was_posted_by_the_last_day_is_done_in_time(cast, case, posted, late):
    with on(2026, 4, 2):
        row = begin(cast, case)
    facts = {"clock": clock_of(row), "outcome": "done", "result": "已函复", "posted_on": posted}
    with on(2026, 5, 9):
        record(cast, case, by_hand.COMPLETED, facts | {"legal_day": "2026-05-09"})
    row.refresh_from_db()
    assert (row.effective_day, row.state) == (date(2026, 5, 6), DeadlineState.MET)
    assert row.met_late is late


@pytest.mark.norm("C126")
def test_with_two_obstacles_each_request_ends_the_ten_days_of_its_own(cast, case):
    with on(2026, 4, 24):
        event = happen(case, "judgment_served", date(2026, 4, 2), facts={"party": "7"})
        row = case.deadlines.get(rule="P-30", start_event=event)
        about = {"clock": clock_of(row), "party": "某公司", "obstacle": "洪水"}
        first = record(cast, case, by_hand.OBSTACLE, about | {"legal_day": "2026-04-20"})
        second = record(cast, case, by_hand.OBSTACLE, about | {"legal_day": "2026-04-22"})
        asked = {"obstacle": str(second.pk), "legal_day": "2026-04-23"}
        record(cast, case, by_hand.REQUESTED, asked)
    more_time = case.deadlines.filter(rule="P-73")
    assert more_time.get(start_event=second).state == DeadlineState.MET
    assert more_time.get(start_event=first).state == DeadlineState.OPEN


# --- more time ---------------------------------------------------------------------------------


def lengthen(row, **change):
    return {
        "clock": clock_of(row),
        "ground": "rule",
        "decided_by": "某市中级人民法院院长",
        "until": "2026-11-30",
        "legal_day": "2026-04-20",
    } | change


def test_a_decision_lengthens_a_period_of_the_court_to_the_day_it_names(cast, case):
    with on(2026, 4, 2):
        happen(case, "retrial_applied", date(2026, 4, 2))
        row = case.deadlines.get(rule="P-37")
    with on(2026, 4, 20):
        record(cast, case, by_hand.EXTENDED, lengthen(row))
    row.refresh_from_db()
    assert row.effective_day == date(2026, 11, 30)
    step = next(step for step in row.why if step["code"] == "typed_end")
    assert (step["by"], step["granted_on"]) == ("某市中级人民法院院长", "2026-04-20")


@pytest.mark.norm("C126")
def test_force_majeure_gives_ten_days_to_ask_and_only_then_a_decision_lengthens_the_period(
    cast, case
):
    with on(2026, 4, 2):
        event = happen(case, "judgment_served", date(2026, 4, 2), facts={"party": "7"})
        row = case.deadlines.get(rule="P-30", start_event=event)
    about = {"clock": clock_of(row)}
    obstacle = about | {"party": "某公司", "obstacle": "洪水", "legal_day": "2026-04-20"}
    granted = lengthen(row, ground="obstacle", until="2026-05-20", legal_day="2026-04-24")
    with on(2026, 4, 24):
        assert "ground" in refused(cast, case, by_hand.EXTENDED, granted)
        ended = record(cast, case, by_hand.OBSTACLE, obstacle)
        more_time = case.deadlines.get(rule="P-73")
        assert (more_time.nominal_day, more_time.effective_day) == (
            date(2026, 4, 30),
            date(2026, 4, 30),
        )
        asked = {"obstacle": str(ended.pk), "legal_day": "2026-04-22"}
        early = asked | {"legal_day": "2026-04-19"}
        assert "legal_day" in refused(cast, case, by_hand.REQUESTED, early)
        record(cast, case, by_hand.REQUESTED, asked)
        record(cast, case, by_hand.EXTENDED, granted)
    row.refresh_from_db()
    more_time.refresh_from_db()
    assert more_time.state == DeadlineState.MET
    # The appeal had lapsed on 17 April; the decision lets it run again.
    assert (row.effective_day, row.state) == (date(2026, 5, 20), DeadlineState.OPEN)
    decision = case.events.get(kind=by_hand.EXTENDED)
    with on(2026, 4, 25):
        correct(cast, decision, granted | {"until": "2026-05-15"})
    row.refresh_from_db()
    assert row.effective_day == date(2026, 5, 15)


def test_an_extension_the_article_does_not_know_comes_too_late_or_ends_no_later_is_refused(
    cast, case
):
    with on(2026, 4, 2):
        happen(case, "suit_accepted", date(2026, 4, 2))
        row = case.deadlines.get(rule="P-21")
    with on(2026, 4, 20):
        errors = refused(cast, case, by_hand.EXTENDED, lengthen(row, until="2026-04-07"))
    assert {"ground", "until"} <= set(errors)


def test_the_review_is_extended_by_its_proposal_and_not_by_a_decision_by_hand(cast, case):
    with on(2026, 4, 8):
        happen(case, "announcement_expired", date(2026, 4, 7))
        row = case.deadlines.get(rule="P-02")
        errors = refused(cast, case, by_hand.EXTENDED, lengthen(row, legal_day="2026-04-08"))
    assert "47" in errors["clock"][0]


# --- standing still ----------------------------------------------------------------------------


def test_a_clock_stands_still_for_a_ground_its_article_knows_and_runs_on_with_the_days_added(
    cast, case
):
    with on(2026, 4, 2):
        row = begin(cast, case, period="P-38")
    stopped = {"clock": clock_of(row), "ground": "委托鉴定", "legal_day": "2026-04-10"}
    with on(2026, 4, 10):
        suspension = record(cast, case, by_hand.SUSPENDED, stopped)
        row.refresh_from_db()
        assert (row.at_least, row.nominal_day) == (True, date(2026, 7, 1))
    with on(2026, 4, 20):
        resumed = {"suspension": str(suspension.pk), "legal_day": "2026-04-20"}
        early = resumed | {"legal_day": "2026-04-09"}
        assert "legal_day" in refused(cast, case, by_hand.RESUMED, early)
        record(cast, case, by_hand.RESUMED, resumed)
    row.refresh_from_db()
    assert (row.at_least, row.nominal_day) == (False, date(2026, 7, 11))
    step = next(step for step in row.why if step["code"] == "exclusion")
    assert (step["reason_zh"], step["events"]) == ("委托鉴定", [suspension.pk])


def test_a_clock_whose_article_knows_no_standstill_is_not_suspended(cast, case):
    with on(2026, 4, 2):
        row = begin(cast, case)
        stopped = {"clock": clock_of(row), "ground": "其他", "legal_day": "2026-04-02"}
        assert "clock" in refused(cast, case, by_hand.SUSPENDED, stopped)


# --- hours -------------------------------------------------------------------------------------


@pytest.mark.norm("C127")
def test_a_period_of_hours_begun_by_hand_counts_from_the_next_hour(cast, case):
    facts = {"period": "P-60", "legal_day": "2026-06-18", "event_text": "法院受理保全申请"}
    with on(2026, 6, 18, 16):
        assert "at" in refused(cast, case, by_hand.BEGUN, facts)
        row = begin(cast, case, **facts, at="14:20")
    assert row.effective_instant == datetime(2026, 6, 20, 15, tzinfo=BEIJING)
