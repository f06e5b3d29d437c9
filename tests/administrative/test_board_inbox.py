"""What of the recommendations waits for a person: once, with its day and the way to the work."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from cases.models import TeamMember
from cases.selectors.inbox import waiting_for
from deadlines.workplace import inbox_items as clocks_of
from tests.administrative import board_rows as rows
from tests.support.api import program_of
from tests.support.days import on

pytestmark = pytest.mark.django_db
# A Wednesday, after the last day to answer of `rows`.
TODAY = (2026, 7, 15)


@pytest.fixture(autouse=True)
def today():
    with on(*TODAY), translation.override("en"):
        yield


@pytest.fixture
def case(cast):
    return rows.against(cast, rows.make_body("云山区网信办"))


def inbox_of(person, case) -> list[str]:
    """The titles in the inbox of a person that this room put there for the case."""
    items = waiting_for(person)
    return [
        str(item.title)
        for item in items
        if item.matter_key == case.key and str(item.kind) == "Recommendation"
    ]


def test_the_inbox_tells_of_what_is_to_be_served_entered_and_recorded(cast, case):
    rows.decide(case)
    assert ["serve it" in title for title in inbox_of(cast.handler, case)] == [True]
    rows.serve(case)
    recorded, entered = inbox_of(cast.handler, case)
    assert "S81" in recorded
    assert "A-6" in entered
    assert inbox_of(cast.head, case) == []
    assert inbox_of(cast.stranger, case) == []


def test_the_inbox_tells_of_an_overdue_reply_and_of_one_to_be_assessed(cast, case):
    rows.wait(case)
    rows.record_with_superior(case)
    [overdue] = inbox_of(cast.handler, case)
    assert "time to answer is over" in overdue
    rows.reply(case, date(2026, 7, 10))
    [assess] = inbox_of(cast.handler, case)
    assert "2 not looked at yet" in assess


def test_the_inbox_of_the_team_leaves_out_what_only_the_handler_may_do(cast, case):
    TeamMember.objects.create(case=case, user=cast.assistant, position="assistant")
    rows.wait(case)
    rows.record_with_superior(case)
    assert inbox_of(cast.assistant, case) == []
    rows.reply(case, date(2026, 7, 10))
    assert len(inbox_of(cast.assistant, case)) == 1


@pytest.mark.norm("C100")
def test_a_consultation_without_minutes_stays_in_the_inbox(cast, case):
    rows.step(case, "A-2", date(2026, 4, 10), way="meeting", subject="整改")
    [minutes] = inbox_of(cast.handler, case)
    assert "A-2-2" in minutes
    rows.step(case, "A-2-2", date(2026, 4, 12), persons="局长", positions="同意")
    assert inbox_of(cast.handler, case) == []


def test_the_inbox_tells_of_the_review_until_it_ends(cast, case):
    rows.wait(case)
    rows.record_with_superior(case)
    for number in (1, 2):
        rows.assess(case, number, "done", date(2026, 7, 9))
    rows.follow_up(case, date(2026, 7, 10))
    assert ["A-8" in title for title in inbox_of(cast.handler, case)] == [True]
    rows.review(case, date(2026, 7, 10))
    assert ["A-8-2" in title for title in inbox_of(cast.handler, case)] == [True]
    rows.step(case, "A-8-2", date(2026, 7, 10), ground="remedied", explanation="已整改")
    assert inbox_of(cast.handler, case) == []


def test_the_inbox_tells_of_a_period_once_with_the_way_to_the_work(cast, case):
    def due_in(period):
        day = case.deadlines.get(rule=period).effective_day
        return [item for item in waiting_for(cast.handler) if item.due == day]

    rows.decide(case)
    (serve,) = due_in("P-51")
    assert "serve it" in serve.title
    assert any(item.period == "P-51" for item in clocks_of(cast.handler))
    rows.serve(case)
    (record,) = due_in("P-52")
    assert "S81" in record.title
    program = program_of(cast.handler)
    told = program.ask("inbox/")
    assert [item["title"] for item in told].count(record.title) == 1
