"""An attempt to deliver a reminder or a digest: when it is made, and what becomes of it.

It is leased before it is sent. Then it is sent, or tried again later, or in the end given up aloud.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import Q

from deadlines.duty import heads_of
from deadlines.models import (
    BY_MAIL,
    Digest,
    Notification,
    NotificationKind,
    Reminder,
    ReminderState,
)

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 8
LONGEST_PAUSE = timedelta(hours=1)
# Far longer than the mail server may take (EMAIL_TIMEOUT); then the sender counts as lost.
LEASE = timedelta(minutes=2)


def ready(now: datetime) -> Q:
    """Return the condition that a reminder or digest is to be tried at `now`.

    Whoever held a lease that is over is gone: the attempt counts, the reminder does not get lost.
    """
    due = Q(state=ReminderState.PENDING, next_try_at__lte=now)
    return due | Q(state=ReminderState.SENDING, lease_until__lt=now)


def lease(row: Reminder | Digest, now: datetime) -> None:
    """Begin an attempt, which counts from now on."""
    row.attempts += 1
    row.state, row.lease_until = ReminderState.SENDING, now + LEASE
    row.save(update_fields=["attempts", "state", "lease_until"])


def mark_sent(row: Reminder | Digest, now: datetime) -> None:
    """Say that the attempt arrived."""
    row.state, row.sent_at, row.lease_until = ReminderState.SENT, now, None
    row.last_error = ""
    row.save(update_fields=["state", "sent_at", "lease_until", "last_error"])


def try_later(row: Reminder | Digest, error: str, now: datetime) -> None:
    """Count an attempt that ended before anything was leased, and try again later."""
    row.attempts += 1
    put_off(row, error, now)


def put_off(row: Reminder | Digest, error: str, now: datetime) -> None:
    """Try again later, after a longer pause each time; in the end give up and say so."""
    row.last_error, row.lease_until = error[:200], None
    if row.attempts >= MOST_ATTEMPTS:
        row.state = ReminderState.DEAD
        logger.error("%r is given up after %s attempts: %s", row, row.attempts, error)
        if isinstance(row, Reminder):
            say_undeliverable(row)
    else:
        row.state = ReminderState.PENDING
        pause = min(timedelta(seconds=15 * 2**row.attempts), LONGEST_PAUSE)
        row.next_try_at = now + pause
    row.save(update_fields=["state", "attempts", "next_try_at", "lease_until", "last_error"])


def say_undeliverable(row: Reminder) -> None:
    """Tell whose e-mail it was; of what could not be shown in the application, the head of the department."""
    by_mail = row.channel in BY_MAIL
    told = [row.recipient] if by_mail else heads_of(row.deadline.matter)
    kind = NotificationKind.UNDELIVERABLE if by_mail else NotificationKind.GIVEN_UP
    Notification.objects.bulk_create(
        [
            Notification(
                recipient=person, kind=kind, deadline_id=row.deadline_id, for_day=row.for_day
            )
            for person in told
        ],
        ignore_conflicts=True,
    )
