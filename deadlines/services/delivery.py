"""Delivering reminders: in the application exactly once, by e-mail at least once (safety 3.7).

In the application the effect and the change of state are one transaction. An e-mail cannot be part
of a transaction: its attempt is committed first, then it is sent, then marked. A worker killed
between sending and marking leads to one repeat with the same Message-ID, never to a loss.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet

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

logger = logging.getLogger(__name__)
BATCH = 50
MOST_ATTEMPTS = 8
LONGEST_PAUSE = timedelta(hours=1)
# Far longer than the mail server may take (EMAIL_TIMEOUT); then the sender counts as lost.
LEASE = timedelta(minutes=2)


def sweep(*, seconds: float = 60) -> dict[str, int]:
    """Deliver what is due, in-app first, until nothing is due or `seconds` have passed.

    Returns how many reminders went through each channel. Safe in any number of processes at once.
    """
    until = time.monotonic() + seconds
    sent = {Channel.IN_APP.value: 0, Channel.EMAIL.value: 0}
    while time.monotonic() < until and (count := deliver_in_app()):
        sent[Channel.IN_APP.value] += count
    while time.monotonic() < until and (count := deliver_email()):
        sent[Channel.EMAIL.value] += count
    return sent


def _due(channel: Channel) -> QuerySet[Reminder]:
    now = clock.now()
    ready = Q(state=ReminderState.PENDING, next_try_at__lte=now)
    # Whoever held the lease is gone: the attempt counts, the reminder does not get lost.
    abandoned = Q(state=ReminderState.SENDING, lease_until__lt=now)
    return (
        Reminder.objects.filter(ready | abandoned, channel=channel)
        .order_by("due_at", "id")
        .select_for_update(skip_locked=True, of=("self",))
    )


# --- in the application ------------------------------------------------------------------------


def deliver_in_app() -> int:
    """Deliver one batch; returns how many rows were claimed."""
    with transaction.atomic():
        rows = list(_due(Channel.IN_APP).select_related("deadline")[:BATCH])
        if rows and not _deliver_together(rows):
            for row in rows:
                _deliver_alone(row)
    return len(rows)


def _notifications(rows: list[Reminder]) -> list[Notification]:
    return [
        Notification(
            recipient_id=row.recipient_id,
            kind=NotificationKind.REMINDER,
            deadline_id=row.deadline_id,
            reminder=row,
            for_day=row.for_day,
            created_at=clock.now(),
        )
        for row in rows
    ]


def _deliver_together(rows: list[Reminder]) -> bool:
    """Deliver the batch as one; False, with nothing done, when a row in it cannot be delivered."""
    try:
        with transaction.atomic():
            Notification.objects.bulk_create(_notifications(rows))
            Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(
                state=ReminderState.SENT, sent_at=clock.now()
            )
    except DatabaseError as error:
        logger.warning("A batch of reminders is delivered one by one: %s", type(error).__name__)
        return False
    return True


def _deliver_alone(row: Reminder) -> None:
    try:
        with transaction.atomic():
            Notification.objects.bulk_create(_notifications([row]))
            row.state, row.sent_at = ReminderState.SENT, clock.now()
            row.save(update_fields=["state", "sent_at"])
    except DatabaseError as error:
        row.sent_at = None
        row.attempts += 1
        _put_off(row, type(error).__name__)


# --- by e-mail ---------------------------------------------------------------------------------


def deliver_email() -> int:
    """Send one reminder by e-mail; returns 1 when one was claimed."""
    claimed = _claim()
    if claimed is None:
        return 0
    reminder, attempt = claimed
    if attempt is None:
        return 1
    error = mail.send(reminder)
    with transaction.atomic():
        attempt.ended_at, attempt.error = clock.now(), error
        attempt.save(update_fields=["ended_at", "error"])
        # Only whoever still holds this attempt may say how it ended.
        row = (
            Reminder.objects.select_for_update(of=("self",))
            .filter(pk=reminder.pk, attempts=attempt.number, state=ReminderState.SENDING)
            .first()
        )
        if row is not None:
            _finish(row, error)
    return 1


@transaction.atomic
def _claim() -> tuple[Reminder, ReminderAttempt | None] | None:
    """Lease one due e-mail and commit its attempt; no attempt when it was given up."""
    row = _due(Channel.EMAIL).select_related("deadline", "recipient").first()
    if row is None:
        return None
    if row.attempts >= MOST_ATTEMPTS:
        _put_off(row, row.last_error or "WorkerLost")
        return row, None
    row.attempts += 1
    row.state = ReminderState.SENDING
    row.lease_until = clock.now() + LEASE
    row.save(update_fields=["attempts", "state", "lease_until"])
    return row, ReminderAttempt.objects.create(reminder=row, number=row.attempts)


def _finish(row: Reminder, error: str) -> None:
    if error:
        _put_off(row, error)
        return
    row.state, row.sent_at, row.lease_until = ReminderState.SENT, clock.now(), None
    row.last_error = ""
    row.save(update_fields=["state", "sent_at", "lease_until", "last_error"])


def _put_off(row: Reminder, error: str) -> None:
    """Try again later, after a longer pause each time; in the end give up and say so."""
    row.last_error, row.lease_until = error[:200], None
    if row.attempts >= MOST_ATTEMPTS:
        row.state = ReminderState.DEAD
        logger.error("Reminder %s is given up after %s attempts: %s", row.pk, row.attempts, error)
        _say_undeliverable(row)
    else:
        row.state = ReminderState.PENDING
        pause = min(timedelta(seconds=15 * 2**row.attempts), LONGEST_PAUSE)
        row.next_try_at = clock.now() + pause
    row.save(update_fields=["state", "attempts", "next_try_at", "lease_until", "last_error"])


def _say_undeliverable(row: Reminder) -> None:
    if row.channel != Channel.EMAIL:
        return
    Notification.objects.bulk_create(
        [
            Notification(
                recipient_id=row.recipient_id,
                kind=NotificationKind.UNDELIVERABLE,
                deadline_id=row.deadline_id,
                for_day=row.for_day,
            )
        ],
        ignore_conflicts=True,
    )
