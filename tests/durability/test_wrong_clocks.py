"""A worker whose clock is wrong (safety A8)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from deadlines.models import Reminder, ReminderState
from tests.durability.delivered import sent
from tests.durability.killing import environment, workers
from tests.support import database
from tests.support.reminders import reminders_due
from tests.support.waiting import wait_until

DAY = timedelta(days=1).total_seconds()


def due_in(cast, number: int, **distance: int) -> list[int]:
    """Make reminders due so far from what the database's clock says; return their ids."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    deadline = reminders_due(cast, number, at=now + timedelta(**distance))
    return list(deadline.reminders.values_list("pk", flat=True))


@pytest.mark.parametrize("shift", [DAY, -DAY], ids=["a day ahead", "a day behind"])
def test_a_worker_with_a_wrong_clock_sends_nothing_early_and_misses_nothing(
    committed_db, cast, shift
):
    """A8: the clock of the database decides what is due, not the one of the machine a worker runs on."""
    early, due = due_in(cast, 20, hours=1), due_in(cast, 20, minutes=-1)
    url = database.url_for(database.APPLICATION_URL, committed_db)
    wrong = {"CLOCK_SHIFT_SECONDS": str(shift), "TEST_DATABASE_CLOCK": "database"}
    with workers(environment(url, **wrong), number=2):
        wait_until(lambda: sent() >= len(due), seconds=60, what="what is due delivered")
        # More becomes due while the workers run; when it is delivered they have swept again.
        due += due_in(cast, 20, seconds=-1)
        wait_until(lambda: sent() >= len(due), seconds=60, what="what becomes due delivered")
    rows = Reminder.objects.filter(state=ReminderState.SENT)
    assert set(rows.values_list("pk", flat=True)) == set(due)
    assert Reminder.objects.filter(pk__in=early, state=ReminderState.PENDING).count() == len(early)
