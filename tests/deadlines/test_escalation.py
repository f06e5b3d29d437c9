"""A duty of the office that stays late goes up to the chief procurator, once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Role
from audit.models import AuditEvent
from cases.models import Case
from deadlines import by_hand, services
from deadlines.models import (
    DeadlineState,
    Escalation,
    Notification,
    NotificationKind,
    ReminderState,
)
from deadlines.services.reminder_settings import change_settings
from tests.deadlines.own_periods import enter_period
from tests.support.days import on
from tests.support.matters import announce, happen, make_case
from tests.support.people import delegate_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, with_mailbox):
    """A recusal to decide by Monday 22 June 2026, which nobody decides."""
    with_mailbox(cast.chief, language="en")
    case = make_case(cast)
    with on(2026, 6, 17):
        happen(case, "recusal_applied", date(2026, 6, 17), facts={"recusal": 1})
    assert case.deadlines.get().effective_day == date(2026, 6, 22)
    with on(2026, 6, 23):
        services.lapse_due()
    case.deadlines.get().reminders.update(state=ReminderState.SUPERSEDED)
    return case


def run(day, hour=9):
    with on(2026, 6, day, hour):
        services.escalate_due()
        services.escalate_due()
        services.sweep()
        services.sweep()


def told():
    rows = Notification.objects.filter(kind=NotificationKind.ESCALATED)
    return [row.recipient for row in rows]


def test_after_two_whole_working_days_the_chief_is_told_once_in_both_ways(cast, case, mailoutbox):
    run(24)
    run(25, hour=8)
    assert told() == []
    run(25)
    run(26)
    assert told() == [cast.chief]
    assert [message.to for message in mailoutbox] == [[cast.chief.email]]
    assert "a duty of the office is late" in mailoutbox[0].subject
    assert "3 days late" in mailoutbox[0].body
    assert Escalation.objects.count() == 1
    assert AuditEvent.objects.filter(action="deadline.escalated", case_id=case.pk).count() == 1


def test_rest_days_do_not_count(cast, settings):
    """Friday's duty goes up on the Wednesday after."""
    case = make_case(cast)
    with on(2026, 6, 9):
        happen(case, "recusal_applied", date(2026, 6, 9), facts={"recusal": 1})
    assert case.deadlines.get().effective_day == date(2026, 6, 12)
    with on(2026, 6, 13):
        services.lapse_due()
    run(16)
    assert not Escalation.objects.exists()
    run(17)
    assert Escalation.objects.count() == 1


def test_the_number_of_working_days_is_a_setting(cast, case, settings):
    settings.ESCALATION_WORKING_DAYS = 1
    run(24)
    assert told() == [cast.chief]


def test_the_chief_cannot_switch_it_off(cast, case, mailoutbox):
    with on(2026, 6, 23):
        change_settings(actor=cast.chief, own_days=[], own_in_app=False, own_mail="none")
    run(25)
    assert told() == [cast.chief]
    assert len(mailoutbox) == 1


def test_nothing_goes_up_once_the_duty_is_done(cast, case, mailoutbox):
    with on(2026, 6, 24):
        happen(case, "recusal_decided", date(2026, 6, 24), facts={"recusal": 1})
    run(25)
    assert told() == []
    assert not mailoutbox


def test_what_is_done_between_raising_and_sending_is_not_sent(cast, case, mailoutbox):
    with on(2026, 6, 25, 9):
        services.escalate_due()
        happen(case, "recusal_decided", date(2026, 6, 25), facts={"recusal": 1})
        services.sweep()
    assert case.deadlines.get().state == DeadlineState.MET
    assert told() == []
    assert not mailoutbox


def test_a_time_of_others_that_has_ended_goes_up_to_nobody(cast):
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    with on(2026, 4, 8):
        services.lapse_due()
    run(25)
    assert not Escalation.objects.exists()


@pytest.mark.parametrize("period", ["P-10", "P-38b"])
def test_what_another_office_owes_goes_up_to_nobody_and_is_the_task_of_nobody(cast, period):
    case = make_case(cast)
    facts = {"period": period, "event_text": "受委托院收到委托函"}
    with on(2026, 4, 1):
        happen(case, by_hand.BEGUN, date(2026, 4, 1), facts=facts)
    with on(2026, 5, 7):
        services.lapse_due()
    run(25)
    assert case.deadlines.get().state == DeadlineState.LAPSED
    assert not Escalation.objects.exists()
    assert not case.tasks.exists()
    kinds = set(Notification.objects.values_list("kind", flat=True))
    assert kinds - {NotificationKind.REMINDER} == {NotificationKind.PERIOD_OVER}


def test_the_time_a_party_has_after_force_majeure_goes_up_to_nobody(cast):
    case = make_case(cast)
    with on(2026, 4, 20):
        happen(case, "obstacle_ended", date(2026, 4, 20), facts={"party": "某公司"})
    with on(2026, 5, 7):
        services.lapse_due()
    run(25)
    assert case.deadlines.get().rule == "P-73"
    assert not Escalation.objects.exists()


def test_a_period_the_office_set_itself_goes_up_like_every_duty(cast):
    with on(2026, 6, 1):
        enter_period(
            cast.chief, start="announcement_published", met_by=[], valid_from=date(2026, 6, 1)
        )
        case = make_case(cast)
        announce(case, date(2026, 6, 1))
    with on(2026, 6, 12):
        services.lapse_due()
    run(25)
    assert [row.deadline.rule for row in Escalation.objects.all()] == ["N-01"]
    assert told() == [cast.chief]


def test_a_deadline_set_by_hand_stays_with_the_head(cast):
    with on(2026, 6, 1):
        services.set_manual(
            actor=cast.handler, matter=make_case(cast), title="联系", day=date(2026, 6, 2)
        )
    with on(2026, 6, 3):
        services.lapse_due()
    run(25)
    assert not Escalation.objects.exists()


def test_nothing_goes_up_in_a_closed_case(cast, case, monkeypatch):
    from deadlines.services import escalating

    monkeypatch.setattr(escalating, "CLOSED_CASES", (Case.objects.get(pk=case.pk).state,))
    run(25)
    assert not Escalation.objects.exists()


def test_who_acts_for_the_chief_is_told_too(cast, case):
    with on(2026, 6, 25, 9):
        delegate_today(cast.chief, cast.deputy, Role.CHIEF)
    run(25)
    assert set(told()) == {cast.chief, cast.deputy}


def test_two_sweepers_raise_it_once(cast, case):
    run(25)
    row = Escalation.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.create(deadline=row.deadline, for_day=row.for_day)
