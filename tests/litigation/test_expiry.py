"""The announcement ends and the review begins: once, by the system, never silently (T16; design 3)."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from audit.errors import NotPermitted, Refusal
from cases.models import Task
from cases.states import CaseState
from deadlines.models import Deadline
from litigation.services.expiry import expire_announcements
from tests.support.days import on
from tests.support.matters import announced_case, record, upload

pytestmark = pytest.mark.django_db
PUBLISHED = date(2026, 3, 2)  # a Monday; the thirtieth day after is Wednesday, 1 April
TODAY = {"legal_day": "2026-03-10"}
REPLY = TODAY | {
    "replier": "eligible",
    "name": "某省消费者委员会",
    "intention": "nothing",
    "content": "已收到公告。",
}


@pytest.fixture
def case(cast):
    with on(2026, 3, 2):
        return announced_case(cast, PUBLISHED)


def sweep(case):
    moved = expire_announcements()
    case.refresh_from_db()
    return moved


@pytest.mark.norm("C047")
def test_on_the_last_day_nothing_moves_and_on_the_next_the_review_begins(case):
    with on(2026, 4, 1):
        assert sweep(case) == 0
        assert case.state == CaseState.ANNOUNCING
    with on(2026, 4, 2):
        assert sweep(case) == 1
        assert case.state == CaseState.REVIEW_FOR_PROSECUTION


def test_the_review_begins_on_the_last_day_of_the_announcement_and_the_system_did_it(case):
    with on(2026, 4, 20):
        sweep(case)
    event = case.events.get(kind="announcement_expired")
    assert (event.legal_day, event.recorded_by) == (date(2026, 4, 1), None)
    assert (event.from_state, event.to_state) == ("announcing", "review_for_prosecution")


@pytest.mark.norm("C042")
def test_the_review_period_runs_three_months_from_the_expiry(case):
    with on(2026, 4, 2):
        sweep(case)
    period = Deadline.objects.get(case=case, rule="P-02")
    assert (period.start_day, period.nominal_day) == (date(2026, 4, 1), date(2026, 7, 1))
    assert Deadline.objects.get(case=case, rule="P-01").state == "met"


def test_a_second_sweep_changes_nothing(case):
    with on(2026, 4, 2):
        assert sweep(case) == 1
        assert sweep(case) == 0
    assert case.events.filter(kind="announcement_expired").count() == 1


def test_an_unanswered_reply_of_an_eligible_body_keeps_the_case_and_opens_one_task(case, cast):
    with on(2026, 3, 10):
        reply = record(cast.handler, case, "T13", REPLY, {"paper": upload()})
    with on(2026, 4, 2):
        assert (sweep(case), sweep(case)) == (0, 0)
        task = Task.objects.get(case=case, kind="announcement_not_expired")
        assert (task.owner, "某省消费者委员会" in str(task.title_values)) == (cast.handler, True)
        record(
            cast.handler,
            case,
            "S01",
            {"legal_day": "2026-04-02", "reply": str(reply.pk), "result": "电话核实，不起诉。"},
            {"paper": upload("跟进记录.txt")},
        )
        assert sweep(case) == 1
    task.refresh_from_db()
    assert task.state == "done"


def test_without_stored_proof_the_announcement_does_not_expire(cast):
    with on(2026, 3, 2):
        case = announced_case(cast, PUBLISHED, proven=False)
    with on(2026, 4, 2):
        assert sweep(case) == 0
    task = Task.objects.get(case=case, kind="announcement_not_expired")
    assert "公告证明已存" in str(task.title_values) or "Proof" in str(task.title_values)


@pytest.mark.parametrize(("confirmed", "moves"), [(False, 0), (True, 1)])
def test_a_provisional_day_waits_for_the_notice_or_for_the_chief(cast, confirmed, moves):
    with on(2027, 3, 1):
        case = announced_case(cast, date(2027, 3, 1))
        if confirmed:
            facts = {"confirmed_day": "2027-03-31", "reason": "国务院通知不影响该日。"}
            record(cast.chief, case, "S02", facts)
    with on(2027, 4, 5):
        assert sweep(case) == moves


@pytest.mark.parametrize(
    ("day", "facts", "sentence"),
    [
        (date(2027, 3, 1), {"confirmed_day": "2027-03-30", "reason": "x"}, "2027-03-31"),
        (PUBLISHED, {"confirmed_day": "2026-04-01", "reason": "x"}, "certain already"),
    ],
)
def test_only_the_very_day_that_was_computed_and_is_provisional_is_confirmed(
    cast, day, facts, sentence
):
    with on(day.year, day.month, day.day), translation.override("en"):
        case = announced_case(cast, day)
        with pytest.raises(Refusal) as refused:
            record(cast.chief, case, "S02", facts)
    assert sentence in str(refused.value.unmet[0].message)


def test_the_day_is_confirmed_by_the_chief_alone(cast):
    with on(2027, 3, 1):
        case = announced_case(cast, date(2027, 3, 1))
        facts = {"confirmed_day": "2027-03-31", "reason": "x"}
        for person in (cast.handler, cast.head, cast.stranger):
            with pytest.raises(NotPermitted):
                record(person, case, "S02", facts)
