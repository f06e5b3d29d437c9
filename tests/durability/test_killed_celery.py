"""The whole of Celery is killed, or runs twice; everything is done once (safety A6, A9)."""

from __future__ import annotations

import os

import pytest

from procuracy.operations.speech import say
from tests.durability.delivered import all_sent, assert_each_delivered_once, sent
from tests.support.reminders import reminders_due
from tests.support.waiting import wait_until

MANY = int(os.environ.get("PROCURACY_TASKS", "5000"))
KILLS = int(os.environ.get("PROCURACY_KILLS", "4"))


@pytest.mark.slow
def test_killing_all_of_celery_again_and_again_loses_nothing_and_doubles_nothing(
    celery, wake, cast
):
    """A6: each time worker and beat are killed as soon as they deliver something, and started again."""
    reminders_due(cast, MANY)
    wake(MANY // 100)
    in_between = []
    for _ in range(KILLS):
        before = sent()
        celery.start("worker", "beat")
        wait_until(lambda before=before: sent() > before, seconds=90, what="a first delivery")
        assert celery.kill() >= 2
        in_between.append(sent())
    assert in_between[-1] < MANY
    celery.start("worker", "beat")
    seconds = wait_until(all_sent, seconds=90, what="everything delivered after the last start")
    say(f"A6: delivered at the kills {in_between}, all {seconds:.1f} s after the last start")
    assert_each_delivered_once(MANY)


@pytest.mark.slow
def test_two_beats_at_once_double_nothing(celery, broker, shared_clock, cast):
    """A9: two machines each run their beat, and both send every sweep; two workers do what they ask for."""
    reminders_due(cast, 2000)
    celery.start("beat", home="one")
    celery.start("beat", home="two")
    wait_until(lambda: len(broker.origins()) == 2, seconds=90, what="tasks of both beats")
    celery.start("worker", home="one")
    celery.start("worker", home="two")
    wait_until(all_sent, seconds=90, what="everything delivered")
    # Both go on sending, and what they send does nothing more.
    wait_until(lambda: broker.queued() == 0, seconds=90, what="the queue empty")
    assert_each_delivered_once(2000)
