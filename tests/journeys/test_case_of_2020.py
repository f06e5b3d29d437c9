"""A case from before the Rules enters by back-entry and is followed from its paper file to the effective judgment.

Public reports: announced on 5 August 2020, brought before an internet court on 24 November 2020, judged on
8 January 2021: 34,000 yuan and an apology in a newspaper.
"""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case
from cases.selectors import back_entry
from cases.soundness import faults_of
from cases.states import CaseState
from deadlines.models import Deadline, Notification, Reminder
from litigation import selectors
from tests.litigation import suit
from tests.support import old_cases as old
from tests.support import old_suit as story
from tests.support.days import on

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def case(cast) -> Case:
    """The case as it was announced in 2020, entered in June 2026."""
    with on(2026, 6, 24):
        yield old.announced_old_case(cast)


@pytest.mark.norm("C143")
def test_the_case_of_2020_is_followed_to_its_effective_judgment_from_the_paper_file(case, cast):
    story.decide(cast, case)
    story.deliver(cast, case)
    assert case.state == CaseState.SUIT_SUBMITTED
    assert Deadline.objects.get(case=case, rule="P-02").state == "met"
    story.judge(cast, case)
    story.take_effect(cast, case)
    assert case.state == CaseState.EFFECTIVE
    row = suit.judgment_of(case)
    assert (row.pronounced_on, row.effective_on) == (story.JUDGED, date(2021, 1, 28))
    assert [item.amount for item in row.items.all()] == [34000, None]
    assert selectors.last_day_to_appeal(case) == date(2021, 1, 27)
    assert back_entry.is_running(case), "nothing of today was entered yet"
    assert not Reminder.objects.exists()
    assert not Notification.objects.exists()
    assert list(faults_of(case)) == []
