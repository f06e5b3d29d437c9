"""Workers are killed at any moment; nobody is reminded twice and nobody not at all (safety A1 to A3)."""

from __future__ import annotations

import os
import time
from datetime import timedelta

import pytest

from deadlines.models import Channel, Reminder, ReminderState
from procuracy.operations.speech import say
from tests.durability.delivered import all_sent, assert_each_delivered_once, none_pending, sent
from tests.durability.killing import Killer, SharedClock, environment, workers
from tests.durability.own_database import OwnDatabase, own_database
from tests.support.reminders import counting_server, reminders_due, states
from tests.support.waiting import wait_until

MANY = int(os.environ.get("PROCURACY_REMINDERS", "10000"))
MAILS = int(os.environ.get("PROCURACY_MAILS", "200"))
LONGEST_SECONDS = 300
LONGER_THAN_A_LEASE = timedelta(minutes=3)


@pytest.mark.slow
def test_ten_thousand_reminders_survive_killed_workers_none_lost_none_doubled(variables, cast):
    """A1: four workers, one of them killed every tenth of a second until everything is delivered."""
    reminders_due(cast, MANY)
    begun = time.monotonic()
    with workers(variables) as pids:
        killer = Killer(pids)
        killer.strike_until(none_pending, seconds=LONGEST_SECONDS)
    say(f"A1: {MANY} reminders, {killer.kills} kills, {time.monotonic() - begun:.1f} s")
    assert killer.kills >= 5
    assert_each_delivered_once(MANY)


@pytest.fixture
def own(request, stage, django_db_setup, django_db_blocker):
    """A server of this test's own instead of a clone on the one all tests share."""
    with own_database(stage.name, django_db_blocker) as running:
        yield running


class Crash:
    """Breaks the database down once, when a part of the reminders are delivered."""

    def __init__(self, server: OwnDatabase, after: int) -> None:
        self.server, self.after = server, after
        self.found: dict[str, int] = {}

    def __call__(self) -> None:
        if not self.found and sent() >= self.after:
            self.server.crash()
            self.found = states()


@pytest.mark.slow
def test_ten_thousand_reminders_survive_a_crash_of_the_database_between_the_kills(
    own, stage, shared_clock
):
    """A2: as A1, and PostgreSQL is stopped at once (immediate) in the middle and started again."""
    reminders_due(stage.open().cast, MANY)
    crash = Crash(own, MANY // 3)
    variables = environment(own.url, TEST_CLOCK_FILE=str(shared_clock.file))
    with workers(variables) as pids:
        killer = Killer(pids)
        killer.strike_until(none_pending, seconds=LONGEST_SECONDS, alongside=crash)
    say(f"A2: {killer.kills} kills, found after the crash: {crash.found}")
    assert crash.found[ReminderState.PENDING] > 0
    assert_each_delivered_once(MANY)


class Patience:
    """Lets the leases of killed workers end as soon as nobody sends any more."""

    def __init__(self, clock: SharedClock) -> None:
        self.clock = clock
        self.before, self.quiet_since = -1, time.monotonic()

    def __call__(self) -> None:
        left = Reminder.objects.exclude(state=ReminderState.SENT).count()
        if left != self.before:
            self.before, self.quiet_since = left, time.monotonic()
        elif time.monotonic() - self.quiet_since > 1:
            self.clock.forward(LONGER_THAN_A_LEASE)
            self.quiet_since = time.monotonic()


@pytest.mark.slow
def test_email_reaches_the_server_at_least_once_and_repeats_at_most_once_per_kill(
    variables, shared_clock, cast
):
    """A3: the mail server counts; whoever removes repeats by their Message-ID reads each message once."""
    cast.handler.email = "handler@example.test"
    cast.handler.save()
    reminders_due(cast, MAILS, Channel.EMAIL)
    patience = Patience(shared_clock)
    with counting_server() as server, workers(variables | {"EMAIL_URL": server.url}) as pids:
        killer = Killer(pids)
        killer.strike_until(none_pending, seconds=LONGEST_SECONDS, alongside=patience)
        # From here on nobody is killed; what the last victims held is sent when their leases end.
        wait_until(
            lambda: patience() or all_sent(), seconds=LONGEST_SECONDS, what="the last leases"
        )
    repeats = server.accepted.total() - MAILS
    say(f"A3: {MAILS} e-mails, {killer.kills} kills, {repeats} repeats")
    assert killer.kills >= 3
    assert set(server.accepted) == {f"<{offset}@test>" for offset in range(MAILS)}
    assert repeats <= killer.kills
    assert states() == {ReminderState.SENT: MAILS}
