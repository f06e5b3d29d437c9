"""The broker forgets everything, or nobody works for a day: the sweep finds what is due (safety A4, A7)."""

from __future__ import annotations

import os
import signal
from datetime import timedelta

import pytest

from deadlines.models import Channel, Deadline, Notification, Reminder
from procuracy.operations.speech import say
from tests.durability.celery_group import processes
from tests.durability.delivered import all_sent, assert_each_delivered_once
from tests.support.reminders import DUE, counting_server, reminders_due
from tests.support.waiting import wait_until

MANY = int(os.environ.get("PROCURACY_TASKS", "5000"))


@pytest.mark.slow
def test_what_a_flushed_broker_forgot_is_delivered_within_a_minute(
    variables, broker, wake, tmp_path, cast
):
    """A4: `FLUSHALL` while thousands of tasks are queued for workers that hold still at that moment.

    The sweep comes as often as in an office (`SWEEP_SECONDS` as it is), and nobody helps.
    """
    own = variables | {"REDIS_URL": broker.url}
    with processes(own, tmp_path) as celery:
        celery.start("worker", "beat")
        celery.wait_until_working(broker)
        celery.signal(signal.SIGSTOP)
        reminders_due(cast, MANY)
        wake(MANY)
        assert broker.queued() > MANY - 10
        broker.flush()
        assert broker.queued() == 0
        celery.signal(signal.SIGCONT)
        seconds = wait_until(all_sent, seconds=60, what="everything delivered after FLUSHALL")
    say(f"A4: {MANY} tasks lost, all delivered {seconds:.1f} s after FLUSHALL")
    assert_each_delivered_once(MANY)


@pytest.mark.slow
def test_reminders_of_a_day_without_workers_are_sent_once_and_no_legal_day_moves(
    variables, celery, shared_clock, cast
):
    """A7: every worker is down for 24 hours while reminders fall due; then Celery starts."""
    cast.handler.email = "handler@example.test"
    cast.handler.save()
    reminders_due(cast, 500)
    reminders_due(cast, 25, Channel.EMAIL)
    before = list(Deadline.objects.order_by("pk").values())
    shared_clock.forward(timedelta(hours=24))
    with counting_server() as server:
        celery.variables |= {"EMAIL_URL": server.url}
        celery.start("worker", "beat")
        wait_until(all_sent, seconds=120, what="everything delivered after a day")
    assert Notification.objects.values("reminder").distinct().count() == 500
    assert Notification.objects.count() == 500
    assert sorted(server.accepted.values()) == [1] * 25
    assert not Reminder.objects.exclude(due_at=DUE).exists()
    assert not Reminder.objects.filter(sent_at__lt=DUE + timedelta(hours=24)).exists()
    assert list(Deadline.objects.order_by("pk").values()) == before
