"""Norms that concern time, shown by clocks as the handling team begins, ends and loses them.

What else these norms ask (forms, service, two departments) is shown where it is built.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from audit.clock import BEIJING
from audit.errors import Invalid
from cases.models import Event, Task
from cases.services.corrections import correct_event
from deadlines import by_hand, services
from deadlines.models import DeadlineState, Notification
from litigation.models import Claim
from tests.deadlines.test_by_hand import begin, clock_of, record, refused
from tests.litigation import suit
from tests.support.days import on
from tests.support.documents import filed
from tests.support.matters import happen, make_administrative_case, make_case, upload
from tests.support.matters import record as step

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return make_case(cast)


def done(cast, row, day: str, **rest):
    facts = {"clock": clock_of(row), "legal_day": day, "outcome": "done", "result": "已办理"}
    record(cast, row.case, by_hand.COMPLETED, facts, **rest)
    row.refresh_from_db()
    return row


# --- recommendations and replies ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "received", "last"),
    [
        # Two months from 31 August; 31 October 2026 is a Saturday.
        pytest.param("P-53", "2026-08-31", date(2026, 11, 2), marks=pytest.mark.norm("C104")),
        # Two months; 31 August has no day in February, 28 February 2027 is a Sunday.
        pytest.param("P-57", "2026-12-31", date(2027, 3, 1), marks=pytest.mark.norm("C112")),
        # E19: five days from the service of the recommendation, over the Spring Festival.
        pytest.param("P-52", "2026-02-11", date(2026, 2, 24), marks=pytest.mark.norm("C102")),
    ],
)
def test_the_time_runs_from_receipt_and_without_its_receipt_no_clock_starts(
    cast, period, received, last
):
    case = make_administrative_case(cast, filed_on=date(2025, 12, 1))
    day = date.fromisoformat(received)
    with on(day.year, day.month, day.day):
        # Signed and numbered; nothing runs from the issue.
        filed(case, "D-70", cast.handler, cast.chief)
        assert not case.deadlines.exists()
        facts = {"period": period, "legal_day": received, "event_text": "收到检察建议书"}
        assert "paper" in refused(cast, case, by_hand.BEGUN, facts, paper=None)
        assert not case.deadlines.exists()
        row = begin(cast, case, **facts)
    assert (row.start_day, row.effective_day) == (day, last)
    assert row.start_event.proofs.count() == 1


@pytest.mark.norm("C104")
@pytest.mark.norm("C112")
@pytest.mark.parametrize("period", ["P-53", "P-57"])
def test_a_reply_that_stays_out_is_told_to_the_handler_and_late_when_it_comes(cast, case, period):
    with on(2026, 1, 9):
        row = begin(cast, case, period=period, legal_day="2026-01-09")
    assert row.effective_day == date(2026, 3, 9)
    with on(2026, 3, 10, 9, 0):
        services.lapse_due()
    row.refresh_from_db()
    assert row.state == DeadlineState.LAPSED
    assert Notification.objects.filter(deadline=row, recipient=cast.handler).exists()
    with on(2026, 3, 12):
        row = done(cast, row, "2026-03-12")
    assert (row.state, row.met_late) == (DeadlineState.MET, True)


@pytest.mark.norm("C105")
def test_the_review_runs_a_month_from_the_end_of_the_time_to_rectify_not_from_the_reply(cast, case):
    with on(2026, 2, 5):
        # The reply came on 20 January; the time the recommendation names ends on the 31st.
        row = begin(cast, case, period="P-55", legal_day="2026-02-05", counted_from="2026-01-31")
    assert (row.start_day, row.nominal_day) == (date(2026, 1, 31), date(2026, 2, 28))
    facts = {"period": "P-55", "legal_day": "2026-02-05", "event_text": "整改期"}
    with on(2026, 2, 5):
        still = facts | {"counted_from": "2026-02-20"}
        assert "counted_from" in refused(cast, case, by_hand.BEGUN, still)


@pytest.mark.norm("C098")
def test_the_filing_decision_is_served_within_seven_days_and_only_with_its_receipt(cast, case):
    with on(2026, 2, 9):
        row = begin(cast, case, period="P-50", legal_day="2026-02-09")
    assert row.effective_day == date(2026, 2, 24)
    with on(2026, 2, 24):
        facts = {
            "clock": clock_of(row),
            "legal_day": "2026-02-24",
            "outcome": "done",
            "result": "已送达",
        }
        assert "paper" in refused(cast, case, by_hand.COMPLETED, facts, paper=None)
        row.refresh_from_db()
        assert row.state == DeadlineState.OPEN
        row = done(cast, row, "2026-02-24")
    assert (row.state, row.met_late) == (DeadlineState.MET, False)
    assert row.ended_by.proofs.count() == 1


# --- preservation -------------------------------------------------------------------------------


@pytest.mark.norm("C086")
def test_the_court_has_48_hours_from_the_hour_it_accepted_and_the_measure_30_days(cast, case):
    with on(2026, 6, 18, 15, 0):
        accepted = {"period": "P-60", "legal_day": "2026-06-18", "event_text": "法院接受申请"}
        assert "at" in refused(cast, case, by_hand.BEGUN, accepted)
        ruling = begin(cast, case, **accepted, at="14:20")
    # E23: hours run from the next full hour and end on a holiday too.
    assert ruling.effective_instant.astimezone(BEIJING) == datetime(
        2026, 6, 20, 15, 0, tzinfo=BEIJING
    )
    with on(2026, 9, 4):
        measure = begin(cast, case, period="P-63", legal_day="2026-09-04")
    assert measure.effective_day == date(2026, 10, 8)
    # Without a suit it lapses, and that is told as the office's own delay.
    with on(2026, 10, 9, 9, 0):
        services.lapse_due()
    assert Task.objects.filter(kind=f"deadline_lapsed:{measure.pk}", owner=cast.head).exists()


@pytest.mark.norm("C089")
def test_a_reconsideration_has_five_days_and_ten_and_stays_no_other_clock(cast, case):
    with on(2026, 9, 24):
        measure = begin(cast, case, period="P-63", legal_day="2026-09-24")
        asked = begin(cast, case, period="P-61", legal_day="2026-09-24")
    assert asked.effective_day == date(2026, 9, 29)
    with on(2026, 9, 28):
        asked = done(cast, asked, "2026-09-28")
        decided = begin(cast, case, period="P-62", legal_day="2026-09-28")
    before = (measure.nominal_day, measure.effective_day, measure.state)
    measure.refresh_from_db()
    assert (measure.nominal_day, measure.effective_day, measure.state) == before
    assert decided.effective_day == date(2026, 10, 8)
    with on(2026, 9, 28):
        stay = {"clock": clock_of(measure), "legal_day": "2026-09-28", "ground": "复议"}
        assert "clock" in refused(cast, case, by_hand.SUSPENDED, stay)


# --- the limitation of damages ------------------------------------------------------------------

DAMAGES = {"kind": "K8", "text": "赔偿公益损害。", "amount": "100000"}


def drafted(cast, **facts):
    case = suit.suit_decided(cast)
    return case, suit.claim(cast, case, **DAMAGES | facts)


@pytest.mark.norm("C150")
def test_a_claim_for_damages_starts_the_three_years_of_limitation_and_reminds(cast):
    with on(2026, 5, 6):
        case, _claim = drafted(cast, known_on="2023-06-20")
        row = case.deadlines.get(rule="P-77-2")
        # Three years from the day of knowledge; 20 June 2026 lies in the Dragon Boat Festival.
        assert (row.start_day, row.nominal_day) == (date(2023, 6, 20), date(2026, 6, 20))
        assert (row.effective_day, row.duty_holder) == (date(2026, 6, 22), cast.handler)
        assert row.reminders.filter(recipient=cast.handler, offset=30).exists()


@pytest.mark.norm("C150")
def test_a_limitation_that_runs_out_alerts_handler_and_head(cast):
    with on(2026, 5, 6):
        case, _claim = drafted(cast, known_on="2023-06-20")
    with on(2026, 6, 23, 9, 0):
        services.lapse_due()
    row = case.deadlines.get(rule="P-77-2")
    assert row.state == DeadlineState.LAPSED
    told = Notification.objects.filter(deadline=row, kind="lapsed")
    assert {note.recipient for note in told} >= {cast.handler, cast.head}
    assert Task.objects.filter(kind=f"deadline_lapsed:{row.pk}", owner=cast.head).exists()


@pytest.mark.norm("C150")
@pytest.mark.parametrize("kind", ["K1", "K2", "K3", "K4", "K6", "K7"])
def test_a_claim_to_cease_to_delete_or_to_apologise_has_no_limitation(cast, kind):
    with on(2026, 5, 6):
        case = suit.suit_decided(cast)
        suit.claim(cast, case, kind=kind)
        assert not case.deadlines.filter(rule="P-77-2").exists()
        facts = {"legal_day": "2026-04-20", "kind": kind, "text": "停止侵害。"}
        errors = suit_refused(cast, case, facts | {"known_on": "2023-06-20"})
    assert "known_on" in errors


def suit_refused(cast, case, facts):
    with pytest.raises(Invalid) as refusal:
        step(cast.handler, case, "S10", facts)
    return refusal.value.errors


def test_a_day_of_knowledge_after_the_claim_is_refused(cast):
    with on(2026, 5, 6):
        case = suit.suit_decided(cast)
        errors = suit_refused(
            cast, case, {"legal_day": "2026-04-20"} | DAMAGES | {"known_on": "2026-04-21"}
        )
    assert "known_on" in errors


def test_the_complaint_ends_the_limitation_in_time(cast):
    with on(2026, 5, 6):
        case, _claim = drafted(cast, known_on="2023-06-20")
        happen(case, "complaint_delivered", date(2026, 5, 6), actor=cast.handler)
    row = case.deadlines.get(rule="P-77-2")
    assert (row.state, row.met_late) == (DeadlineState.MET, False)


def test_a_claim_struck_ends_its_own_limitation_and_no_other(cast):
    with on(2026, 5, 6):
        case, first = drafted(cast, known_on="2024-01-10")
        suit.claim(cast, case, **DAMAGES, known_on="2024-02-10")
        cease = suit.claim(cast, case)
        for claim in (cease, first):
            strike(cast, case, claim)
    states = (
        case.deadlines.filter(rule="P-77-2").order_by("start_day").values_list("state", flat=True)
    )
    assert list(states) == [DeadlineState.CANCELLED, DeadlineState.OPEN]


def strike(cast, case, claim: Claim) -> Event:
    return step(
        cast.handler,
        case,
        "S11",
        {"legal_day": "2026-05-06", "claim": claim.pk, "reason": "误拟"},
    )


def test_of_two_claims_known_on_one_day_one_struck_leaves_the_limitation_running(cast):
    with on(2026, 5, 6):
        case, first = drafted(cast, known_on="2024-01-10")
        suit.claim(cast, case, **DAMAGES, known_on="2024-01-10")
        strike(cast, case, first)
    states = set(case.deadlines.filter(rule="P-77-2").values_list("state", flat=True))
    assert states == {DeadlineState.OPEN}


def test_a_claim_without_its_day_starts_no_clock_until_the_day_is_corrected_in(cast):
    with on(2026, 5, 6):
        case, claim = drafted(cast)
        assert not case.deadlines.filter(rule="P-77-2").exists()
        facts = {"legal_day": "2026-04-20"} | DAMAGES
        for known in ("2024-01-10", ""):
            correct_event(
                actor=cast.handler,
                event=claim.event,
                data=facts | {"known_on": known},
                reason="补录知悉日",
                files={"invoices": [upload()]},
            )
            states = [row.state for row in case.deadlines.filter(rule="P-77-2")]
            assert states == [DeadlineState.OPEN if known else DeadlineState.CANCELLED]


def test_before_a_claim_is_drafted_the_limitation_begins_by_hand_and_ends_with_the_case(cast, case):
    with on(2026, 5, 6):
        row = begin(cast, case, period="P-77-2", legal_day="2026-05-06", counted_from="2024-01-10")
        assert row.effective_day == date(2027, 1, 11)
        happen(case, "case_terminated", date(2026, 5, 6), actor=cast.chief)
    row.refresh_from_db()
    assert row.state == DeadlineState.CANCELLED
