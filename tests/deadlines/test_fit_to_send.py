"""What is asked when a reminder is delivered: does the clock still run, does its reader still see it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from audit import clock
from cases.models import Recusal, RecusalDecision, TeamMember
from deadlines import services
from deadlines.models import (
    Channel,
    Deadline,
    DeadlineState,
    Notification,
    NotificationKind,
    Reminder,
    ReminderState,
)
from deadlines.services import fitness
from deadlines.services.trying import MOST_ATTEMPTS
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import announce, happen, make_case

pytestmark = pytest.mark.django_db
EIGHT_THIRTY = (2026, 4, 7, 8, 31)


@pytest.fixture
def deadline(cast, with_mailbox):
    """A deadline by hand whose first reminder is due on 7 April 2026, in both channels."""
    with_mailbox(cast.handler, language="en")
    with on(2026, 3, 5):
        return services.set_manual(
            actor=cast.handler, matter=make_case(cast), title="联系", day=date(2026, 4, 10)
        )


def due_states():
    return set(Reminder.objects.filter(offset=3).values_list("state", flat=True))


def sweep_at(*moment):
    with on(*moment):
        services.sweep()


def _end(cast, deadline):
    # As an act of another worker that did not touch the reminders.
    Deadline.objects.filter(pk=deadline.pk).update(state=DeadlineState.CANCELLED)


def _move(cast, deadline):
    Deadline.objects.filter(pk=deadline.pk).update(effective_day=date(2026, 4, 13))


def _leave(cast, deadline):
    cast.handler.is_active = False
    cast.handler.save()


def _lose_sight(cast, deadline):
    TeamMember.objects.filter(user=cast.handler).update(until=clock.now())


def _stand_aside(cast, deadline):
    Recusal.objects.create(
        case=deadline.case,
        person=cast.handler,
        applicant="甲",
        grounds="亲属",
        received_on=date(2026, 4, 1),
        created_by=cast.clerk,
        decision=RecusalDecision.GRANTED,
        decided_on=date(2026, 4, 1),
        decided_by=cast.chief,
    )


@pytest.mark.parametrize("change", [_end, _move, _leave, _lose_sight, _stand_aside])
def test_nothing_is_sent_where_the_clock_ended_or_the_reader_is_gone(
    cast, deadline, mailoutbox, change
):
    change(cast, deadline)
    sweep_at(*EIGHT_THIRTY)
    assert due_states() == {ReminderState.SUPERSEDED}
    assert not mailoutbox
    assert not Notification.objects.exists()


def test_nothing_is_sent_of_a_closed_matter_except_what_the_office_keeps_an_eye_on(
    cast, deadline, monkeypatch
):
    monkeypatch.setattr(fitness, "CLOSED_CASES", ("filed",))
    sweep_at(*EIGHT_THIRTY)
    assert due_states() == {ReminderState.SUPERSEDED}
    happen(deadline.case, "obligation_entered", date(2026, 4, 1))
    assert not fitness.is_closed(deadline.case.deadlines.get(rule="P-42"))


def test_a_reminder_without_an_address_any_more_is_not_tried(cast, deadline, mailoutbox):
    cast.handler.email = ""
    cast.handler.save()
    sweep_at(*EIGHT_THIRTY)
    assert not mailoutbox
    assert due_states() == {ReminderState.SENT, ReminderState.SUPERSEDED}


def test_a_reminder_that_cannot_even_be_judged_keeps_nobody_waiting_and_is_given_up_aloud(
    cast, deadline, mailoutbox, monkeypatch
):
    with on(2026, 3, 5):
        sound = services.set_manual(
            actor=cast.handler, matter=make_case(cast), title="回访", day=date(2026, 4, 10)
        )

    def poisoned(asked):
        if asked.pk == deadline.pk:
            raise LookupError("No such rulebook.")
        return False

    monkeypatch.setattr(fitness, "is_closed", poisoned)
    sweep_at(*EIGHT_THIRTY)
    assert set(sound.reminders.filter(offset=3).values_list("state", flat=True)) == {"sent"}
    assert len(mailoutbox) == 1
    waiting = deadline.reminders.filter(offset=3)
    assert set(waiting.values_list("state", "attempts")) == {("pending", 1)}
    with on(*EIGHT_THIRTY):
        start = clock.now()
    for number in range(1, MOST_ATTEMPTS + 1):
        with clock.frozen(start + timedelta(hours=2 * number)):
            services.sweep()
    assert set(waiting.values_list("state", "attempts")) == {("dead", MOST_ATTEMPTS)}
    given_up = Notification.objects.get(kind=NotificationKind.GIVEN_UP)
    assert given_up.recipient == cast.head
    undeliverable = Notification.objects.get(kind=NotificationKind.UNDELIVERABLE)
    assert undeliverable.recipient == cast.handler


# --- when ---------------------------------------------------------------------------------------


class Wrong:
    """A worker whose own clock is wrong, while the database says `now`."""

    def __init__(self, monkeypatch, days: int) -> None:
        self.monkeypatch, self.days = monkeypatch, days

    def at(self, *moment) -> None:
        with on(*moment):
            true = clock.now()
        with self.monkeypatch.context() as patched:
            patched.setattr(clock, "of_database", lambda: true)
            with clock.frozen(true + timedelta(days=self.days)):
                services.sweep()
                services.lapse_due()


@pytest.mark.parametrize("days", [1, -1])
def test_a_worker_a_day_ahead_or_behind_sends_nothing_early_and_misses_nothing(
    cast, deadline, mailoutbox, monkeypatch, days
):
    worker = Wrong(monkeypatch, days)
    worker.at(2026, 4, 7, 8, 29)
    assert due_states() == {ReminderState.PENDING}
    worker.at(*EIGHT_THIRTY)
    assert due_states() == {ReminderState.SENT}
    assert len(mailoutbox) == 1
    assert not any(row.is_late for row in Reminder.objects.filter(offset=3))
    worker.at(2026, 4, 10, 23, 59)
    deadline.refresh_from_db()
    assert deadline.state == DeadlineState.OPEN
    worker.at(2026, 4, 11, 0, 1)
    deadline.refresh_from_db()
    assert deadline.state == DeadlineState.LAPSED


def test_the_database_tells_the_time_and_not_the_machine(settings):
    settings.TEST_DATABASE_CLOCK = "database"
    with on(1999, 1, 1):
        assert clock.of_database().year > 2020
        assert clock.now().year == 1999


def test_what_comes_after_a_day_without_workers_is_marked_late_with_its_true_time(
    client, cast, deadline, mailoutbox
):
    sweep_at(2026, 4, 8, 8, 40)
    sweep_at(2026, 4, 8, 8, 41)
    assert len(mailoutbox) == 1
    assert "Due at 2026-04-07 08:30 (Beijing time), delivered late." in mailoutbox[0].body
    told = Notification.objects.get()
    assert told.reminder.is_late
    shown = program_of(cast.handler).ask("notifications/")["results"][0]
    assert shown["late"]
    assert shown["due_at"].startswith("2026-04-07T08:30")
    client.force_login(cast.handler)
    page = client.get(reverse("notification_list")).content.decode()
    assert "delivered late" in page
    deadline.refresh_from_db()
    assert deadline.effective_day == date(2026, 4, 10)


def test_what_comes_in_time_or_was_made_after_its_moment_is_not_late(
    cast, mailoutbox, with_mailbox
):
    with_mailbox(cast.handler)
    case = make_case(cast)
    with on(2026, 4, 8, 10):
        services.set_manual(actor=cast.handler, matter=case, title="联系", day=date(2026, 4, 9))
        services.sweep()
    assert len(mailoutbox) == 1
    sent = Reminder.objects.filter(state=ReminderState.SENT)
    assert {row.due_at.astimezone(clock.BEIJING).day for row in sent} == {8}
    assert not any(row.is_late for row in sent)


# --- what it says -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["P-01", "2026-04-07 Tuesday", "3 days left", "on 2026-03-05"]),
        ("zh-hans", ["P-01", "2026-04-07 星期二", "2026-03-05", "办案规则第91条"]),
    ],
)
def test_the_email_says_which_rule_which_event_which_day_and_where_to_look(
    cast, mailoutbox, settings, language, said
):
    settings.BASE_URL = "https://office.example"
    cast.handler.email, cast.handler.language = "handler@example.test", language
    cast.handler.save()
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    Reminder.objects.exclude(offset=3).update(state=ReminderState.SUPERSEDED)
    Reminder.objects.filter(offset=3).delete()
    row = case.deadlines.get()
    with on(2026, 4, 4, 8, 31):
        due = clock.now() - timedelta(minutes=1)
        Reminder.objects.create(
            deadline=row,
            recipient=cast.handler,
            channel=Channel.EMAIL,
            offset=2,
            for_day=row.effective_day,
            due_at=due,
            next_try_at=due,
            message_id="<x@test>",
        )
        services.sweep()
    body = mailoutbox[0].body
    for words in [*said, f"https://office.example/deadlines/{row.pk}/", row.title_zh[:2]]:
        if words != row.title_zh[:2] or language != "en":
            assert words in body
    for name in (cast.handler.name, case.title, "某科技公司"):
        assert name not in body + mailoutbox[0].subject


def test_the_page_of_notifications_names_rule_and_event(client, cast):
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    sweep_at(2026, 4, 7, 9)
    cast.handler.language = "en"
    cast.handler.save()
    client.force_login(cast.handler)
    page = client.get(reverse("notification_list")).content.decode()
    assert "P-01" in page
    assert "on 2026-03-05" in page


def test_recording_the_end_supersedes_what_waits(cast):
    case = make_case(cast)
    with on(2026, 6, 17):
        happen(case, "recusal_applied", date(2026, 6, 17), facts={"recusal": 1})
        happen(case, "recusal_decided", date(2026, 6, 17), facts={"recusal": 1})
    sweep_at(2026, 6, 22, 9)
    assert not Notification.objects.exists()
