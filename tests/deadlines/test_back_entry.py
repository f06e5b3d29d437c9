"""A case in back-entry: nothing fires by itself, and nobody is told of a moment past (design 3)."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Task
from cases.services import back_entry
from cases.states import CaseState
from deadlines.models import Deadline, DeadlineState, Notification, Reminder, ReminderState
from deadlines.services import lapse_due, sweep
from deadlines.services.manual import set_manual
from litigation.services.expiry import expire_announcements
from tests.support import old_cases as old
from tests.support.days import on
from tests.support.matters import announce, announced_case, happen, make_case, record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with on(2026, 6, 24):
        yield


def test_no_reminder_is_made_for_a_moment_past(cast):
    case = old.announced_old_case(cast)
    assert Deadline.objects.filter(case=case, rule="P-01").exists()
    assert not Reminder.objects.exists()
    assert sweep() == {"in_app": 0, "email": 0, "digest": 0}
    assert not Notification.objects.exists()


def test_nothing_lapses_and_nothing_moves_by_itself(cast):
    case = old.announced_old_case(cast)
    with on(2026, 6, 25):
        assert expire_announcements() == 0
        assert lapse_due() == 0
    case.refresh_from_db()
    assert case.state == CaseState.ANNOUNCING
    assert Deadline.objects.get(case=case, rule="P-01").state == DeadlineState.OPEN
    assert not Task.objects.filter(kind__startswith="deadline_lapsed").exists()


def test_what_passed_meanwhile_lapses_without_a_word_when_the_mode_ends(cast):
    case = old.announced_old_case(cast)
    record(cast.handler, case, "T16", {"legal_day": "2020-09-04"})
    tasks = Task.objects.count()
    back_entry.end_back_entry(actor=cast.handler, matter=case)
    review = Deadline.objects.get(case=case, rule="P-02")
    assert (review.state, review.effective_day) == (DeadlineState.LAPSED, date(2020, 12, 4))
    with on(2026, 6, 25):
        assert lapse_due() == 0
        assert sweep() == {"in_app": 0, "email": 0, "digest": 0}
    assert Task.objects.count() == tasks
    assert not Notification.objects.exists()


def test_after_the_mode_a_running_deadline_reminds_at_most_once_for_what_it_missed(cast):
    with on(2026, 6, 1):
        case = make_case(cast)
        back_entry.ask_for_back_entry(actor=cast.handler, matter=case, reason=old.REASON)
        back_entry.agree_to_back_entry(actor=cast.head, matter=case)
    with on(2026, 6, 24):
        announce(case, date(2026, 5, 27))  # its last day is 26 June
        assert not Reminder.objects.filter(due_at__date__lte=date(2026, 6, 24)).exists()
        ahead = Reminder.objects.count()
        back_entry.end_back_entry(actor=cast.handler, matter=case)
        late = Reminder.objects.filter(due_at__date__lte=date(2026, 6, 24))
        assert (late.count(), Reminder.objects.count()) == (1, ahead + 1)


def test_a_running_deadline_lapses_as_any_other_once_the_mode_is_over(cast):
    with on(2026, 6, 24):
        case = make_case(cast)
        back_entry.ask_for_back_entry(actor=cast.handler, matter=case, reason=old.REASON)
        back_entry.agree_to_back_entry(actor=cast.head, matter=case)
        announce(case, date(2026, 5, 27))
        back_entry.end_back_entry(actor=cast.handler, matter=case)
    with on(2026, 6, 27):
        assert lapse_due() == 1
    assert Notification.objects.filter(deadline__case=case, kind="period_over").exists()


def test_the_mode_silences_what_waited_for_a_moment_past_and_revives_none_of_it(cast):
    with on(2026, 3, 2):
        case = announced_case(cast, date(2026, 3, 2))
    waiting = Reminder.objects.filter(deadline__rule="P-01", state=ReminderState.PENDING)
    assert waiting.count() > 1
    with on(2026, 4, 20):
        back_entry.ask_for_back_entry(actor=cast.handler, matter=case, reason=old.REASON)
        back_entry.agree_to_back_entry(actor=cast.head, matter=case)
        assert not waiting.exists()
        back_entry.end_back_entry(actor=cast.handler, matter=case)
        assert not waiting.exists()
        assert sweep() == {"in_app": 0, "email": 0, "digest": 0}


def test_other_cases_go_on_as_ever(cast):
    old.announced_old_case(cast)
    with on(2026, 3, 2):
        other = announced_case(cast, date(2026, 3, 2))
    with on(2026, 4, 2):
        assert expire_announcements() == 1
    other.refresh_from_db()
    assert other.state == CaseState.REVIEW_FOR_PROSECUTION


def test_a_deadline_set_by_hand_reminds_in_the_mode_of_what_is_to_come(cast):
    case = old.old_case(cast)
    set_manual(actor=cast.handler, matter=case, title="核对卷宗", day=date(2026, 7, 24))
    assert Reminder.objects.filter(state=ReminderState.PENDING).count() > 0
    assert not Reminder.objects.filter(due_at__date__lte=date(2026, 6, 24)).exists()


def test_what_was_entered_from_old_papers_is_confirmed_by_nobody_even_after_the_mode_has_ended(
    cast,
):
    case = old.announced_old_case(cast)
    happen(case, "complaint_delivered", date(2020, 12, 1))
    happen(case, "complaint_reported", date(2020, 12, 3), actor=cast.handler)
    with on(2026, 6, 25):
        back_entry.end_back_entry(actor=cast.handler, matter=case)
    with on(2026, 6, 26):
        happen(case, "complaint_delivered", date(2026, 6, 26))
        happen(case, "complaint_reported", date(2026, 6, 26), actor=cast.handler)
    rows = Deadline.objects.filter(case=case, rule="P-04").order_by("start_day")
    assert [row.confirmation for row in rows] == ["", "awaiting"]
