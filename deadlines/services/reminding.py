"""Which reminders a deadline has; the rows that the sweep later delivers."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import User
from audit import clock
from cases.selectors import back_entry
from deadlines.models import Channel, Deadline, DeadlineState, Reminder, ReminderState
from deadlines.waking import wake_sweep

# Reminders arrive at the start of the working day.
HOUR_OF_REMINDER = time(8, 30)
REMINDED = (DeadlineState.OPEN, DeadlineState.LAPSED)

Key = tuple[int, str, int, date]


def due_at(day: date, offset: int) -> datetime:
    """Return when a reminder `offset` days before `day` is due, in Beijing time."""
    moment = datetime.combine(day - timedelta(days=offset), HOUR_OF_REMINDER)
    return moment.replace(tzinfo=clock.BEIJING)


def _channels(user: User) -> tuple[Channel, ...]:
    return (Channel.IN_APP, Channel.EMAIL) if user.email else (Channel.IN_APP,)


def _wanted(
    deadline: Deadline, recipients: Iterable[User], offsets: Iterable[int]
) -> dict[Key, datetime]:
    """Return the reminders the deadline calls for, with the moment each is due."""
    if deadline.state not in REMINDED:
        return {}
    day = deadline.effective_day
    return {
        (user.pk, channel, offset, day): due_at(day, offset)
        for user in recipients
        for channel in _channels(user)
        for offset in offsets
    }


def _without_the_past(wanted: dict[Key, datetime], existing: set[Key], *, quiet: bool) -> list[Key]:
    """Return what is to be made: nothing for a moment past, except one reminder that still helps.

    Whoever learns late of a running deadline gets the reminder that was due last, once.

    Args:
        quiet: not even that one (back-entry).
    """
    now, today = clock.now(), clock.today()
    make = [key for key, due in wanted.items() if key not in existing and due > now]
    if quiet:
        return make
    groups: dict[tuple[int, str, date], list[Key]] = {}
    for key, due in wanted.items():
        if due <= now and key[3] >= today:
            groups.setdefault((key[0], key[1], key[3]), []).append(key)
    for keys in groups.values():
        if not existing.intersection(keys):
            make.append(min(keys, key=lambda key: key[2]))
    return make


def _message_id() -> str:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<reminder.{uuid.uuid4().hex}@{host}>"


def _row(deadline: Deadline, key: Key, due: datetime) -> Reminder:
    recipient, channel, offset, day = key
    return Reminder(
        deadline=deadline,
        recipient_id=recipient,
        channel=channel,
        offset=offset,
        for_day=day,
        due_at=due,
        next_try_at=due,
        message_id=_message_id() if channel == Channel.EMAIL else "",
    )


@dataclass(frozen=True)
class Plan:
    """Whom a deadline reminds, and how many days before its last day.

    Attributes:
        quiet: its matter is in back-entry.
    """

    deadline: Deadline
    recipients: Sequence[User]
    offsets: Sequence[int]
    quiet: bool


@dataclass
class _Changes:
    """What becomes of the reminders of several deadlines."""

    stale: list[int] = field(default_factory=list)
    revived: list[int] = field(default_factory=list)
    made: list[Reminder] = field(default_factory=list)

    def add(self, plan: Plan, present: Iterable[Reminder]) -> None:
        """Compare the reminders that are there with those the plan calls for."""
        wanted = _wanted(plan.deadline, plan.recipients, plan.offsets)
        if plan.quiet:
            wanted = {key: due for key, due in wanted.items() if due > clock.now()}
        rows = {(row.recipient_id, row.channel, row.offset, row.for_day): row for row in present}
        pending = ReminderState.PENDING
        self.stale += [r.pk for k, r in rows.items() if k not in wanted and r.state == pending]
        live = {key for key, row in rows.items() if row.state != ReminderState.SUPERSEDED}
        chosen = _without_the_past(wanted, live, quiet=plan.quiet)
        self.revived += [rows[key].pk for key in chosen if key in rows]
        self.made += [_row(plan.deadline, key, wanted[key]) for key in chosen if key not in rows]


def synchronise(
    deadline: Deadline, *, recipients: Iterable[User], offsets: Iterable[int]
) -> list[Reminder]:
    """Make, revive and supersede reminders so that they fit the deadline; returns the new rows.

    Inside the caller's transaction. What was sent stays sent; doing it again changes nothing. For a case in
    back-entry nothing is made, and nothing waits, for a moment past (design 3).
    """
    quiet = back_entry.is_running(deadline.matter)
    return synchronise_all([Plan(deadline, tuple(recipients), tuple(offsets), quiet)])


def synchronise_all(plans: Sequence[Plan]) -> list[Reminder]:
    """Do for several deadlines what `synchronise` does for one, in the same few queries."""
    changes = _Changes()
    present: dict[int, list[Reminder]] = {}
    for row in Reminder.objects.filter(deadline__in=[plan.deadline.pk for plan in plans]):
        present.setdefault(row.deadline_id, []).append(row)
    for plan in plans:
        changes.add(plan, present.get(plan.deadline.pk, ()))
    pending = Reminder.objects.filter(state=ReminderState.PENDING)
    if changes.stale:
        pending.filter(pk__in=changes.stale).update(state=ReminderState.SUPERSEDED)
    if changes.revived:
        Reminder.objects.filter(pk__in=changes.revived, state=ReminderState.SUPERSEDED).update(
            state=ReminderState.PENDING
        )
    Reminder.objects.bulk_create(changes.made)
    if any(row.due_at <= clock.now() for row in changes.made):
        transaction.on_commit(wake_sweep)
    return changes.made
