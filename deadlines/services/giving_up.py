"""What becomes of a reminder that cannot be delivered: later again, in the end given up aloud."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

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
