"""The daily digest: one e-mail a person and day with everything that fell due that day.

The row of person and day is claimed as a single e-mail is: its attempt is committed before it is sent, and a
repeat bears the same Message-ID. What comes too late for a digest that has gone out is sent alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate

from audit import clock
from deadlines import mail
from deadlines.models import Channel, Digest, Reminder, ReminderState
from deadlines.services.fitness import sift, supersede
from deadlines.services.making import NewReminder, copied, message_id, write
from deadlines.services.standing_in import divert
from deadlines.services.trying import (
    MOST_ATTEMPTS,
    lease,
    mark_sent,
    put_off,
    ready,
    say_undeliverable,
    try_later,
)

BATCH = 200
OVER = (ReminderState.SENT, ReminderState.DEAD, ReminderState.SUPERSEDED)


def deliver_digest() -> int:
    """Send one digest; returns 1 when one was claimed."""
    _gather()
    claimed = _claim()
    if claimed is None:
        return 0
    digest, rows = claimed
    if not rows:
        return 1
    error = mail.send_digest(digest, rows, clock.of_database())
    with transaction.atomic():
        # Only whoever still holds this attempt may say how it ended.
        held = (
            Digest.objects.select_for_update(of=("self",))
            .filter(pk=digest.pk, attempts=digest.attempts, state=ReminderState.SENDING)
            .first()
        )
        if held is not None:
            _finish(held, rows, error, clock.of_database())
    return 1


def _waiting(now: datetime) -> QuerySet[Any]:
    """Return the due reminders that wait for a digest, with the `day` of it."""
    rows = Reminder.objects.filter(
        channel=Channel.DIGEST, state=ReminderState.PENDING, next_try_at__lte=now
    )
    return rows.annotate(day=TruncDate("due_at", tzinfo=clock.BEIJING))


@transaction.atomic
def _gather() -> None:
    """Make the rows of the digests that are due, and send alone what came after them."""
    now = clock.of_database()
    waiting = _waiting(now)
    over = Digest.objects.filter(
        recipient=OuterRef("recipient"), day=OuterRef("day"), state__in=OVER
    )
    missed = waiting.filter(Exists(over)).select_for_update(skip_locked=True, of=("self",))
    _send_alone(list(missed[:BATCH]))
    known = Digest.objects.filter(recipient=OuterRef("recipient"), day=OuterRef("day"))
    due = waiting.exclude(Exists(known)).order_by().values_list("recipient", "day").distinct()
    Digest.objects.bulk_create(
        [
            Digest(recipient_id=pk, day=day, next_try_at=now, message_id=message_id("digest"))
            for pk, day in due[:BATCH]
        ],
        ignore_conflicts=True,
    )


def _send_alone(rows: Iterable[Reminder]) -> None:
    rows = list(rows)
    for row in rows:
        same = {"deadline": row.deadline_id, "recipient": row.recipient_id, "offset": row.offset}
        twin = Reminder.objects.filter(**same, for_day=row.for_day, channel=Channel.EMAIL)
        twin.filter(state=ReminderState.SUPERSEDED).update(state=ReminderState.PENDING)
    write((_alone(row) for row in rows), once=True)
    supersede(rows)


def _alone(row: Reminder) -> NewReminder:
    return copied(
        row,
        channel=Channel.EMAIL,
        recipient_id=row.recipient_id,
        for_whom_id=row.for_whom_id,
    )


@transaction.atomic
def _claim() -> tuple[Digest, list[Reminder]] | None:
    """Lease one digest and commit its attempt; without reminders there is nothing to send."""
    now = clock.of_database()
    digest = (
        Digest.objects.filter(ready(now))
        .order_by("day", "id")
        .select_related("recipient")
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    if digest is None:
        return None
    rows = _contents(digest, now)
    if digest.attempts >= MOST_ATTEMPTS:
        _give_up(digest, rows, digest.last_error or "WorkerLost", now)
        return digest, []
    if not rows:
        digest.state, digest.lease_until = ReminderState.SUPERSEDED, None
        digest.save(update_fields=["state", "lease_until"])
        return digest, []
    lease(digest, now)
    return digest, rows


def _contents(digest: Digest, now: datetime) -> list[Reminder]:
    """Return what the digest tells: the reminders of its day that still concern its reader."""
    rows = _of_day(_waiting(now).filter(recipient=digest.recipient_id), digest.day)
    sifted = sift(list(rows))
    supersede(sifted.unfit)
    for row, error in sifted.faulty:
        try_later(row, error, now)
    return divert(sifted.fit, now)


def _of_day(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    chosen = rows.filter(day=day).order_by("for_day", "id")
    chosen = chosen.prefetch_related("deadline__start_event__corrections")
    return chosen.select_related(
        "deadline__lead", "deadline__case", "deadline__start_event", "recipient"
    )


def _finish(digest: Digest, rows: list[Reminder], error: str, now: datetime) -> None:
    if error and digest.attempts >= MOST_ATTEMPTS:
        _give_up(digest, rows, error, now)
        return
    if error:
        put_off(digest, error, now)
        return
    mark_sent(digest, now)
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=ReminderState.SENT, sent_at=now
    )


def _give_up(digest: Digest, rows: list[Reminder], error: str, now: datetime) -> None:
    """Give the digest up, and say of each deadline that its e-mail did not arrive."""
    put_off(digest, error, now)
    for row in rows:
        row.state, row.last_error = ReminderState.DEAD, error[:200]
        row.save(update_fields=["state", "last_error"])
        say_undeliverable(row)
