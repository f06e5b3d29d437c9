"""One reminder that can never be delivered among a thousand (safety A18)."""

from __future__ import annotations

import time
from datetime import timedelta

import psycopg2
import pytest

from cases.models import TeamMember, TeamPosition
from deadlines.models import Channel, Notification, NotificationKind, Reminder, ReminderState
from deadlines.services.trying import MOST_ATTEMPTS
from procuracy.operations.speech import say
from tests.support import database
from tests.support.reminders import counting_server, reminders_due, states
from tests.support.waiting import wait_until

MANY = 1000
LONGER_THAN_ANY_PAUSE = timedelta(hours=2)
MEASURED_SECONDS = 5
# Of one processor, for worker and beat together, with sweeps fifteen times as often as in an office.
# Measured: 0.02, on a busy machine up to 0.11; a hot loop takes all of it.
MOST_CPU = 0.3


def refuse_to_tell(committed_db: str, reminder: Reminder) -> None:
    """Let the database refuse the notification of this one reminder for ever."""
    owner = psycopg2.connect(database.url_for(database.OWNER_URL, committed_db))
    with owner, owner.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'poison'; END $$;"
            " CREATE TRIGGER poison BEFORE INSERT ON deadlines_notification FOR EACH ROW"
            f" WHEN (NEW.reminder_id = {reminder.pk}) EXECUTE FUNCTION poison()"
        )
    owner.close()


def cpu_share(celery) -> float:
    """Measure how much of one processor the group uses while there is nothing it could do."""
    begun, used = time.monotonic(), celery.cpu_seconds()
    time.sleep(MEASURED_SECONDS)
    return (celery.cpu_seconds() - used) / (time.monotonic() - begun)


def wait_for_attempt(poison: Reminder, number: int) -> None:
    def tried() -> bool:
        poison.refresh_from_db()
        return poison.attempts >= number and poison.state != ReminderState.SENDING

    wait_until(tried, seconds=60, what=f"attempt {number}")


def try_to_the_end(poison: Reminder, shared_clock) -> None:
    """Let the pauses pass, one after the other; the sweep makes one attempt after each."""
    for number in range(1, MOST_ATTEMPTS + 1):
        wait_for_attempt(poison, number)
        assert poison.attempts == number
        shared_clock.forward(LONGER_THAN_ANY_PAUSE)
    assert poison.state == ReminderState.DEAD


@pytest.mark.slow
def test_a_poisoned_reminder_is_given_up_and_keeps_neither_the_others_nor_the_processor(
    committed_db, celery, shared_clock, cast
):
    """A18: the others are delivered at once, the poisoned one is tried eight times, then somebody is told."""
    reminders_due(cast, MANY)
    poison = Reminder.objects.get(offset=MANY // 2)
    refuse_to_tell(committed_db, poison)
    celery.start("worker", "beat")
    others = Reminder.objects.exclude(pk=poison.pk).exclude(state=ReminderState.SENT)
    wait_until(lambda: not others.exists(), seconds=90, what="the others delivered")
    wait_for_attempt(poison, 1)
    share = cpu_share(celery)
    say(f"A18: {share:.1%} of one processor while the poisoned reminder waits")
    assert share < MOST_CPU
    try_to_the_end(poison, shared_clock)
    assert states() == {ReminderState.SENT: MANY - 1, ReminderState.DEAD: 1}
    assert Notification.objects.filter(reminder__isnull=False).count() == MANY - 1
    assert f"is given up after {MOST_ATTEMPTS} attempts" in celery.log.read_text()


@pytest.mark.slow
def test_an_address_that_is_always_refused_is_given_up_and_its_owner_told(
    celery, shared_clock, cast
):
    """A18: the same by e-mail."""
    cast.handler.email, cast.clerk.email = "handler@example.test", "poison@example.test"
    for person in (cast.handler, cast.clerk):
        person.save()
    deadline = reminders_due(cast, 30, Channel.EMAIL)
    TeamMember.objects.create(case=deadline.case, user=cast.clerk, position=TeamPosition.CLERK)
    poison = Reminder.objects.get(offset=15)
    poison.recipient = cast.clerk
    poison.save()
    with counting_server() as server:
        celery.variables |= {"EMAIL_URL": server.url}
        celery.start("worker", "beat")
        wait_until(lambda: server.accepted.total() == 29, seconds=90, what="the others delivered")
        try_to_the_end(poison, shared_clock)
    assert states() == {ReminderState.SENT: 29, ReminderState.DEAD: 1}
    assert set(server.accepted.values()) == {1}
    told = Notification.objects.get()
    assert (told.kind, told.recipient) == (NotificationKind.UNDELIVERABLE, cast.clerk)
