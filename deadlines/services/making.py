"""New reminders: what every one of them has in common, and the one statement that writes them.

Publishing a calendar makes a hundred thousand at once, so they are plain tuples until they are rows.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from audit import clock
from deadlines.models import BY_MAIL, Reminder, ReminderState


class NewReminder(NamedTuple):
    """A reminder that is not written yet; see `Reminder` for what its fields say."""

    deadline_id: int
    recipient_id: int
    for_whom_id: int | None
    escalation: bool
    channel: str
    offset: int
    for_day: date
    due_at: datetime
    made_at: datetime
    message_id: str


# It waits from the start, and its first try is when it is due.
_INSERT = """
INSERT INTO deadlines_reminder (
    deadline_id, recipient_id, for_whom_id, escalation, channel, "offset", for_day, due_at, made_at,
    message_id, next_try_at, state, attempts, last_error
)
SELECT new.*, new.due_at, %s, 0, '' FROM unnest(
    %s::bigint[], %s::bigint[], %s::bigint[], %s::boolean[], %s::varchar[], %s::smallint[],
    %s::date[], %s::timestamptz[], %s::timestamptz[], %s::varchar[]
) AS new(deadline, recipient, for_whom, escalation, channel, days, day, due_at, made_at, message)
"""
_ONCE = " ON CONFLICT DO NOTHING"


def message_id(kind: str = "reminder") -> str:
    """Return a new Message-ID, the same for every attempt to send one e-mail (RFC 5322)."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<{kind}.{uuid.uuid4().hex}@{host}>"


def new_reminder(
    *,
    deadline_id: int,
    recipient_id: int,
    channel: str,
    offset: int,
    for_day: date,
    due_at: datetime,
    made_at: datetime | None = None,
    for_whom_id: int | None = None,
    escalation: bool = False,
) -> NewReminder:
    """Return a reminder to write, with a Message-ID where it goes by e-mail.

    Args:
        offset: in days before the last day, which is `for_day`.
        made_at: when the reminder it takes the place of was made; now when there is none.
    """
    return NewReminder(
        deadline_id,
        recipient_id,
        for_whom_id,
        escalation,
        str(channel),
        offset,
        for_day,
        due_at,
        made_at or clock.now(),
        message_id() if channel in BY_MAIL else "",
    )


def copied(
    row: Reminder, *, channel: str, recipient_id: int, for_whom_id: int | None
) -> NewReminder:
    """Return the same reminder through another channel or to somebody else."""
    return new_reminder(
        deadline_id=row.deadline_id,
        recipient_id=recipient_id,
        for_whom_id=for_whom_id,
        escalation=row.escalation,
        channel=channel,
        offset=row.offset,
        for_day=row.for_day,
        due_at=row.due_at,
        made_at=row.made_at,
    )


def write(rows: Iterable[NewReminder], *, once: bool = False) -> None:
    """Write new reminders.

    Args:
        once: leave out what somebody has made already; else that is an error of the database.
    """
    columns = [list(column) for column in zip(*rows, strict=True)]
    if columns:
        with connection.cursor() as cursor:
            cursor.execute(_INSERT + _ONCE * once, [ReminderState.PENDING.value, *columns])
