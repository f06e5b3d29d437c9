"""The clocks of a case against an authority, from its filing to the end of its suit (law 6.1 F, 14.2)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from deadlines import by_hand, services
from deadlines.models import DeadlineState
from tests.support.days import on
from tests.support.matters import approve, happen, make_administrative_case, make_case, propose

pytestmark = pytest.mark.django_db

FILED = {"track": "administrative", "lead": "线索"}
SERVED = "document_served"
RECOMMENDED = {"code": "D-70", "calls_for": "performance"}
URGENT = {"code": "D-70", "calls_for": "urgent_reply"}
OPEN, MET, CANCELLED = DeadlineState.OPEN, DeadlineState.MET, DeadlineState.CANCELLED


@pytest.fixture
def case(cast):
    return make_administrative_case(cast)


def day(text: str) -> date:
    return date.fromisoformat(text)


def record(case, kind: str, when: str, **facts):
    """Record an event of the case on its own day."""
    then = day(when)
    with on(then.year, then.month, then.day):
        return happen(case, kind, then, facts=facts)


def clock(case, rule: str):
    return case.deadlines.get(rule=rule)


def ends(case, rule: str) -> tuple[date, date]:
    row = clock(case, rule)
    return row.nominal_day, row.effective_day


def received(case, when: str = "2026-03-02", until: str = "2026-04-30"):
    return record(case, "recommendation_received", when, rectification_ends=until, urgent=False)


# --- the waybill case of 2023 ---------------------------------------------------------------------


@pytest.fixture
def waybills(cast):
    """The case about the personal information on waybills: filed on 28 June 2023, recommended on the 30th."""
    case = make_administrative_case(
        cast,
        title="某区邮政管理局不依法履行快递运单个人信息保护监督管理职责案",
        filed_on=date(2023, 6, 28),
        rulebook="2021-07-01",
    )
    record(case, "case_opened", "2023-06-28", **FILED)
    record(case, "recommendation_decided", "2023-06-30")
    return case


@pytest.mark.norm("C098")
@pytest.mark.norm("C102")
@pytest.mark.norm("C103")
@pytest.mark.norm("C104")
@pytest.mark.norm("C105")
def test_the_waybill_case_runs_by_the_periods_of_its_track_alone(waybills):
    assert ends(waybills, "P-50") == (date(2023, 7, 5), date(2023, 7, 5))
    assert ends(waybills, "P-51") == (date(2023, 7, 3), date(2023, 7, 3))
    record(waybills, SERVED, "2023-07-03", code="D-06")
    record(waybills, SERVED, "2023-07-03", **RECOMMENDED)
    received(waybills, "2023-07-03", "2023-09-04")
    # 8 July and 3 September 2023 are rest days; in the National Day holidays nobody answers.
    assert ends(waybills, "P-52") == (date(2023, 7, 8), date(2023, 7, 10))
    assert ends(waybills, "P-53") == (date(2023, 9, 3), date(2023, 9, 4))
    assert ends(waybills, "P-55") == (date(2023, 10, 4), date(2023, 10, 7))
    record(waybills, "recommendation_recorded", "2023-07-05")
    states = dict(waybills.deadlines.values_list("rule", "state"))
    assert states == {
        "P-50": MET, "P-51": MET, "P-52": MET, "P-53": OPEN, "P-55": OPEN,
    }  # fmt: skip


def test_the_waybill_case_brought_to_court_ends_its_review_and_starts_the_clock_of_the_court(
    waybills,
):
    received(waybills, "2023-07-03", "2023-09-04")
    record(waybills, "administrative_suit_decided", "2023-09-25")
    assert clock(waybills, "P-55").state == OPEN
    record(waybills, "administrative_suit_submitted", "2023-09-26")
    assert clock(waybills, "P-55").state == MET
    # Seven days into the National Day holidays, the first working day being a Saturday.
    assert ends(waybills, "P-56") == (date(2023, 10, 3), date(2023, 10, 7))


# --- filing and recommendation ----------------------------------------------------------------------


@pytest.mark.norm("C098")
def test_the_filing_decision_is_due_with_the_authority_in_seven_days(case):
    record(case, "case_opened", "2026-02-09", **FILED)
    assert ends(case, "P-50") == (date(2026, 2, 16), date(2026, 2, 24))
    record(case, SERVED, "2026-02-11", **RECOMMENDED)
    assert clock(case, "P-50").state == OPEN
    record(case, SERVED, "2026-02-24", code="D-06")
    assert (clock(case, "P-50").state, clock(case, "P-50").met_late) == (MET, False)


@pytest.mark.norm("C098")
def test_a_filing_decision_served_too_late_is_late_and_one_of_a_civil_case_is_not_timed(cast, case):
    civil = make_case(cast)
    record(civil, "case_opened", "2026-03-02", lead="线索")
    assert not civil.deadlines.exists()
    record(case, "case_opened", "2026-03-02", **FILED)
    with on(2026, 3, 10, 9, 0):
        services.lapse_due()
    assert clock(case, "P-50").state == DeadlineState.LAPSED
    record(case, SERVED, "2026-03-11", code="D-06")
    assert (clock(case, "P-50").state, clock(case, "P-50").met_late) == (MET, True)


@pytest.mark.norm("C103")
def test_the_recommendation_is_due_with_the_authority_in_three_days(case):
    record(case, "recommendation_decided", "2026-06-11")
    # 14 June 2026 is a Sunday.
    assert ends(case, "P-51") == (date(2026, 6, 14), date(2026, 6, 15))
    record(case, SERVED, "2026-06-12", code="D-06")
    assert clock(case, "P-51").state == OPEN
    record(case, SERVED, "2026-06-15", **RECOMMENDED)
    assert (clock(case, "P-51").state, clock(case, "P-51").met_late) == (MET, False)


@pytest.mark.norm("C102")
def test_the_next_higher_office_is_told_within_five_days_of_the_service_not_of_the_decision(case):
    record(case, "recommendation_decided", "2026-02-09")
    assert not case.deadlines.filter(rule="P-52").exists()
    record(case, SERVED, "2026-02-11", **RECOMMENDED)
    # E19: over the Spring Festival.
    assert ends(case, "P-52") == (date(2026, 2, 16), date(2026, 2, 24))
    record(case, "recommendation_recorded", "2026-02-25")
    assert (clock(case, "P-52").state, clock(case, "P-52").met_late) == (MET, True)


# --- the answer of the authority --------------------------------------------------------------------


@pytest.mark.norm("C104")
@pytest.mark.parametrize(
    ("facts", "when", "rule", "last"),
    [
        # E16: 31 December has no day in February; the 28th is a make-up working Saturday.
        (RECOMMENDED, "2025-12-31", "P-53", "2026-02-28"),
        # E17: fifteen days into the National Day holidays.
        (URGENT, "2026-09-17", "P-54", "2026-10-08"),
    ],
)
def test_the_time_to_answer_runs_from_receipt_and_ends_with_the_reply(
    case, facts, when, rule, last
):
    record(case, "recommendation_decided", when)
    assert not case.deadlines.filter(rule__in=("P-53", "P-54")).exists()
    record(case, SERVED, when, **facts)
    row = case.deadlines.get(rule__in=("P-53", "P-54"))
    assert (row.rule, row.start_day, row.effective_day) == (rule, day(when), day(last))
    record(case, "authority_replied", last)
    row.refresh_from_db()
    assert (row.state, row.met_late) == (MET, False)


@pytest.mark.norm("C104")
def test_a_reply_after_the_time_is_late_and_a_terminated_case_waits_for_none(cast, case):
    other = make_administrative_case(cast)
    for waiting in (case, other):
        record(waiting, SERVED, "2026-03-02", **RECOMMENDED)
    record(other, "administrative_case_terminated", "2026-04-20")
    assert clock(other, "P-53").state == CANCELLED
    with on(2026, 5, 7, 9, 0):
        services.lapse_due()
    assert clock(case, "P-53").state == DeadlineState.LAPSED
    record(case, "authority_replied", "2026-05-08")
    assert (clock(case, "P-53").state, clock(case, "P-53").met_late) == (MET, True)


def test_a_suspended_review_leaves_the_authority_its_duty_to_answer(case):
    record(case, SERVED, "2026-03-02", **RECOMMENDED)
    received(case)
    before = ends(case, "P-53")
    record(case, "administrative_review_suspended", "2026-03-20")
    record(case, "administrative_review_resumed", "2026-04-20")
    assert (ends(case, "P-53"), clock(case, "P-53").state) == (before, OPEN)


# --- the review -------------------------------------------------------------------------------------


@pytest.mark.norm("C105")
def test_the_review_runs_a_month_from_the_end_of_the_time_to_rectify(case):
    received(case, "2026-01-15", "2026-01-31")
    row = clock(case, "P-55")
    # The day on which that time ends is not counted: the first day is 1 February.
    assert row.start_day == date(2026, 1, 31)
    assert ends(case, "P-55") == (date(2026, 2, 28), date(2026, 2, 28))


def test_without_a_named_end_of_the_time_to_rectify_no_review_runs(case):
    record(case, "recommendation_received", "2026-03-02", urgent=False)
    assert not case.deadlines.filter(rule="P-55").exists()


@pytest.mark.norm("C105")
@pytest.mark.norm("C106")
def test_a_suspension_of_the_review_is_added_to_it(case):
    received(case)
    assert ends(case, "P-55") == (date(2026, 5, 30), date(2026, 6, 1))
    record(case, "administrative_review_suspended", "2026-05-10")
    assert clock(case, "P-55").at_least
    record(case, "administrative_review_resumed", "2026-05-20")
    row = clock(case, "P-55")
    assert (row.at_least, row.nominal_day) == (False, date(2026, 6, 9))
    told = next(step for step in row.why if step["code"] == "exclusion")
    assert (told["days"], told["reason_zh"]) == (10, "中止审查")


@pytest.mark.norm("C105")
def test_two_suspensions_count_each_and_what_lies_before_the_review_does_not(case):
    received(case)
    record(case, "administrative_review_suspended", "2026-04-01")
    record(case, "administrative_review_resumed", "2026-04-20")
    assert clock(case, "P-55").nominal_day == date(2026, 5, 30)
    record(case, "administrative_review_suspended", "2026-05-06")
    record(case, "administrative_review_resumed", "2026-05-08")
    record(case, "administrative_review_suspended", "2026-05-18")
    record(case, "administrative_review_resumed", "2026-05-21")
    assert clock(case, "P-55").nominal_day == date(2026, 6, 4)


@pytest.mark.norm("C105")
@pytest.mark.parametrize(
    "kind", ["administrative_case_terminated", "administrative_case_transferred"]
)
def test_the_review_of_a_case_that_ends_or_leaves_is_over(case, kind):
    received(case)
    record(case, "performance_review_begun", "2026-05-06")
    assert clock(case, "P-55").state == OPEN
    record(case, kind, "2026-05-11")
    assert clock(case, "P-55").state == CANCELLED


@pytest.mark.norm("C105")
def test_the_chief_adds_a_month_to_the_review_and_the_next_higher_office_names_a_day(cast, case):
    received(case)
    why = {"ground": "complex", "explanation": "整改涉及多个部门"}
    name = by_hand.clock_name("P-55", clock(case, "P-55").start_event)
    with on(2026, 5, 18):
        approve(propose(case, "S62", why | {"clock": name}, cast.handler), cast.head, cast.chief)
    assert ends(case, "P-55") == (date(2026, 6, 30), date(2026, 6, 30))
    with on(2026, 5, 19):
        case.refresh_from_db()
        further = propose(case, "S62-2", why | {"clock": name}, cast.handler)
    assert further.transition == "S62-2"


def test_the_pages_of_the_deadlines_say_what_pauses_and_ends_the_review(client, cast, case):
    received(case)
    record(case, "administrative_review_suspended", "2026-05-10")
    client.force_login(cast.handler)
    with on(2026, 5, 11):
        for address in (
            reverse("case_deadlines", args=[case.key]),
            reverse("deadline_detail", args=[clock(case, "P-55").pk]),
        ):
            assert "P-55" in client.get(address).content.decode()


# --- the suit ---------------------------------------------------------------------------------------


def sued(case):
    record(case, "administrative_suit_submitted", "2026-06-01")
    record(case, "administrative_suit_accepted", "2026-06-05")


def test_the_court_registers_serves_and_tries_the_suit_in_its_own_time(case):
    record(case, "administrative_suit_submitted", "2026-06-01")
    assert ends(case, "P-56") == (date(2026, 6, 8), date(2026, 6, 8))
    record(case, "administrative_suit_accepted", "2026-06-05")
    assert clock(case, "P-56").state == MET
    assert ends(case, "P-58") == (date(2026, 6, 10), date(2026, 6, 10))
    # Six months; 5 December 2026 is a Saturday.
    assert ends(case, "P-58a") == (date(2026, 12, 5), date(2026, 12, 7))
    record(case, "administrative_complaint_served", "2026-06-08")
    assert clock(case, "P-58").state == MET
    assert ends(case, "P-58-2") == (date(2026, 6, 23), date(2026, 6, 23))
    record(case, "administrative_suit_judged", "2026-11-02")
    assert clock(case, "P-58a").state == MET
    assert clock(case, "P-58-2").state == CANCELLED


def test_a_withdrawn_suit_leaves_no_clock_of_the_court(case):
    sued(case)
    record(case, "administrative_complaint_served", "2026-06-08")
    record(case, "administrative_suit_withdrawn", "2026-06-15")
    states = dict(case.deadlines.exclude(rule="P-04").values_list("rule", "state"))
    assert states == {"P-56": MET, "P-58": MET, "P-58-2": CANCELLED, "P-58a": CANCELLED}
    # The record with the next-higher office is of the office, not of the court.
    assert clock(case, "P-04").state == OPEN


@pytest.mark.norm("C069")
@pytest.mark.parametrize(
    ("decision", "rule", "office", "authority"),
    [
        ("judgment", "P-58b", "2026-09-24", "2026-10-08"),
        ("ruling", "P-58b-2", "2026-09-21", "2026-09-28"),
    ],
)
def test_each_party_has_a_time_to_appeal_of_its_own_from_its_own_service(
    case, decision, rule, office, authority
):
    """Fifteen days from 9 and from 18 September, and ten from 11 and 17 September."""
    first, second = (
        ("2026-09-09", "2026-09-18") if rule == "P-58b" else ("2026-09-11", "2026-09-17")
    )
    record(case, "administrative_decision_served", first, party="office", decision=decision)
    record(case, "administrative_decision_served", second, party="authority", decision=decision)
    rows = case.deadlines.order_by("start_day")
    assert [(row.rule, row.about, str(row.effective_day)) for row in rows] == [
        (rule, case.office.name, office),
        (rule, case.parties.get().name, authority),
    ]


@pytest.mark.norm("C069")
def test_a_decision_in_force_ends_both_times_to_appeal_and_is_no_late_act(case):
    for party, when in (("office", "2026-09-01"), ("authority", "2026-09-04")):
        record(case, "administrative_decision_served", when, party=party, decision="judgment")
    record(case, "administrative_decision_effective", "2026-09-22")
    rows = case.deadlines.filter(rule="P-58b")
    assert [(row.state, row.met_late) for row in rows] == [(MET, False), (MET, False)]


# --- withdrawal and change of claim -----------------------------------------------------------------


@pytest.mark.norm("C109")
@pytest.mark.parametrize(
    ("transition", "rule", "done", "other"),
    [
        ("A-10", "P-12-3", "administrative_suit_withdrawn", "administrative_claim_changed"),
        ("A-10-2", "P-12-4", "administrative_claim_changed", "administrative_suit_withdrawn"),
    ],
)
def test_what_the_chief_decided_reaches_the_court_within_three_days(
    case, transition, rule, done, other
):
    record(case, "act_approved", "2026-06-16", transition=transition)
    # 19 June 2026 is the Dragon Boat Festival, and the weekend follows.
    assert ends(case, rule) == (date(2026, 6, 19), date(2026, 6, 22))
    assert case.deadlines.count() == 1
    record(case, other, "2026-06-17")
    assert clock(case, rule).state == OPEN
    record(case, done, "2026-06-22")
    assert (clock(case, rule).state, clock(case, rule).met_late) == (MET, False)


@pytest.mark.norm("C109")
def test_a_withdrawal_that_is_given_up_is_owed_to_nobody(case):
    record(case, "act_approved", "2026-06-16", transition="A-10")
    record(case, "act_approved", "2026-06-16", transition="A-10-2")
    record(case, "act_given_up", "2026-06-17", transition="A-10")
    assert clock(case, "P-12-3").state == CANCELLED
    assert clock(case, "P-12-4").state == OPEN


# --- a civil case that served a recommendation before the track was there ----------------------------


def test_what_no_step_of_a_civil_case_meets_is_completed_by_hand(cast, client):
    civil = make_case(cast)
    record(civil, SERVED, "2026-03-02", **RECOMMENDED)
    row = civil.deadlines.get(rule="P-52")
    client.force_login(cast.handler)
    with on(2026, 3, 3):
        page = client.get(reverse("deadline_detail", args=[row.pk])).content.decode()
    assert reverse("clock_record", args=[civil.key, by_hand.COMPLETED]) in page


def test_what_a_step_against_an_authority_meets_is_not_completed_by_hand(cast, client, case):
    record(case, SERVED, "2026-03-02", **RECOMMENDED)
    row = clock(case, "P-52")
    client.force_login(cast.handler)
    with on(2026, 3, 3):
        page = client.get(reverse("deadline_detail", args=[row.pk])).content.decode()
    assert reverse("clock_record", args=[case.key, by_hand.COMPLETED]) not in page
