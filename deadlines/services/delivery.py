"""Delivering reminders: in the application exactly once, by e-mail at least once (safety 3.7).

In the application the effect and the change of state are one transaction. An e-mail cannot be part
of a transaction: its attempt is committed first, then it is sent, then marked. A worker killed
between sending and marking leads to one repeat with the same Message-ID, never to a loss.

What is due the database's clock decides, which all workers share. Whether it still concerns its reader is
asked when it is delivered (`fitness`), and then it goes to whoever stands in, too (`standing_in`).
"""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from audit import clock
from deadlines import mail
from deadlines.models import (
    Channel,
    Notification,
    NotificationKind,
    Reminder,
    ReminderAttempt,
    ReminderState,
)
from deadlines.services import digests
from deadlines.services.fitness import sift, supersede
from deadlines.services.standing_in import divert
from deadlines.services.trying import (
    MOST_ATTEMPTS,
    lease,
    mark_sent,
    put_off,
    ready,
    try_later,
)

logger = logging.getLogger(__name__)
BATCH = 50


def sweep(*, seconds: float = 60) -> dict[str, int]:
    """Deliver what is due, in-app first, until nothing is due or `seconds` have passed.

    Returns how many reminders, and how many digests, went through each channel. Safe in any number of
    processes at once.
    """
    until = time.monotonic() + seconds
    ways = {
        Channel.IN_APP: deliver_in_app,
        Channel.EMAIL: deliver_email,
        Channel.DIGEST: digests.deliver_digest,
    }
    sent = dict.fromkeys((way.value for way in ways), 0)
    for channel, deliver in ways.items():
        while time.monotonic() < until and (count := deliver()):
            sent[channel.value] += count
    return sent


def _due(channel: Channel, now: datetime) -> QuerySet[Reminder]:
    return (
        Reminder.objects.filter(ready(now), channel=channel)
        .order_by("due_at", "id")
        .select_related("deadline__lead", "deadline__case", "recipient")
        .select_for_update(skip_locked=True, of=("self",))
    )


# --- in the application ------------------------------------------------------------------------


def deliver_in_app() -> int:
    """Deliver one batch; returns how many rows were claimed."""
    with transaction.atomic():
        now = clock.of_database()
        rows = list(_due(Channel.IN_APP, now)[:BATCH])
        if not rows:
            return 0
        sifted = sift(rows)
        supersede(sifted.unfit)
        for row, error in sifted.faulty:
            try_later(row, error, now)
        if sifted.fit and not _deliver_together(sifted.fit, now):
            for row in sifted.fit:
                _deliver_alone(row, now)
    return len(rows)


def _notification(row: Reminder, now: datetime) -> Notification:
    return Notification(
        recipient_id=row.recipient_id,
        kind=NotificationKind.ESCALATED if row.escalation else NotificationKind.REMINDER,
        deadline_id=row.deadline_id,
        reminder=row,
        for_day=row.for_day,
        created_at=now,
    )


def _deliver(rows: list[Reminder], now: datetime) -> None:
    Notification.objects.bulk_create([_notification(row, now) for row in rows])
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=ReminderState.SENT, sent_at=now
    )
    divert(rows, now)


def _deliver_together(rows: list[Reminder], now: datetime) -> bool:
    """Deliver the batch as one; False, with nothing done, when a row in it cannot be delivered."""
    try:
        with transaction.atomic():
            _deliver(rows, now)
    except Exception as error:  # whatever it is, each of them is tried by itself
        logger.warning("A batch of reminders is delivered one by one: %s", type(error).__name__)
        return False
    return True


def _deliver_alone(row: Reminder, now: datetime) -> None:
    try:
        with transaction.atomic():
            _deliver([row], now)
    except Exception as error:  # recorded with the reminder, which is tried again later
        try_later(row, type(error).__name__, now)


# --- by e-mail ---------------------------------------------------------------------------------


def deliver_email() -> int:
    """Send one reminder by e-mail; returns 1 when one was claimed."""
    claimed = _claim()
    if claimed is None:
        return 0
    reminder, attempt = claimed
    if attempt is None:
        return 1
    error = mail.send(reminder, attempt.started_at)
    with transaction.atomic():
        now = clock.of_database()
        attempt.ended_at, attempt.error = now, error
        attempt.save(update_fields=["ended_at", "error"])
        # Only whoever still holds this attempt may say how it ended.
        row = (
            Reminder.objects.select_for_update(of=("self",))
            .filter(pk=reminder.pk, attempts=attempt.number, state=ReminderState.SENDING)
            .first()
        )
        if row is not None:
            if error:
                put_off(row, error, now)
            else:
                mark_sent(row, now)
    return 1


@transaction.atomic
def _claim() -> tuple[Reminder, ReminderAttempt | None] | None:
    """Lease one due e-mail and commit its attempt; no attempt when it is not to be sent after all."""
    now = clock.of_database()
    row = _due(Channel.EMAIL, now).first()
    if row is None:
        return None
    if row.attempts >= MOST_ATTEMPTS:
        put_off(row, row.last_error or "WorkerLost", now)
        return row, None
    sifted = sift([row])
    supersede(sifted.unfit)
    for _row, error in sifted.faulty:
        try_later(row, error, now)
    if not sifted.fit or not divert(sifted.fit, now):
        return row, None
    lease(row, now)
    attempt = ReminderAttempt.objects.create(reminder=row, number=row.attempts, started_at=now)
    return row, attempt
