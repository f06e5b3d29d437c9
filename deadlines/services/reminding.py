"""Which reminders a deadline has; the rows that the sweep later delivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from audit import clock
from audit.prepared import prepared
from cases.selectors import back_entry
from deadlines.derive import rule_of
from deadlines.models import (
    BY_MAIL,
    RUNNING,
    Deadline,
    DeadlineState,
    Reminder,
    ReminderSettings,
    ReminderState,
)
from deadlines.reminder_choices import moments, settings_of
from deadlines.rulebook import PeriodRule
from deadlines.services.making import NewReminder, new_reminder, write
from deadlines.waking import wake_sweep

# Reminders arrive at the start of the working day.
HOUR_OF_REMINDER = time(8, 30)
CHUNK = 500

Key = tuple[int, str, int, date]


@dataclass(frozen=True)
class Call:
    """One deadline with whom it calls on.

    Attributes:
        rule: the period it follows from; None for one set by hand, or where nobody is called on.
        quiet: its matter is in back-entry.
    """

    deadline: Deadline
    recipients: tuple[User, ...]
    rule: PeriodRule | None
    quiet: bool


class Present(NamedTuple):
    """What is asked of a reminder that is there."""

    pk: int
    deadline_id: int
    recipient_id: int
    for_whom_id: int | None
    escalation: bool
    channel: str
    offset: int
    for_day: date
    due_at: datetime
    state: str


@dataclass
class Changes:
    """What is to be written so that the reminders fit."""

    stale: list[int] = field(default_factory=list)
    revived: list[int] = field(default_factory=list)
    made: list[NewReminder] = field(default_factory=list)


def due_at(day: date, offset: int) -> datetime:
    """Return when a reminder `offset` days before `day` is due, in Beijing time."""
    moment = datetime.combine(day - timedelta(days=offset), HOUR_OF_REMINDER)
    return moment.replace(tzinfo=clock.BEIJING)


def _key(row: Present) -> Key:
    return row.recipient_id, row.channel, row.offset, row.for_day


def _wanted(call: Call, choices: Mapping[int, ReminderSettings]) -> dict[Key, datetime]:
    """Return the reminders the deadline calls for, with the moment each is due."""
    deadline = call.deadline
    if deadline.state not in RUNNING:
        return {}
    day = deadline.effective_day
    return {
        (person.pk, channel, offset, day): due_at(day, offset)
        for person in call.recipients
        for offset, channel in moments(call.rule, person, choices.get(person.pk))
    }


def _family(recipient: int, channel: str, day: date) -> tuple[int, bool, date]:
    """Return what is told once: by e-mail, whether alone or in the digest, or in the application."""
    return recipient, channel in BY_MAIL, day


def _to_make(
    wanted: Mapping[Key, datetime], live: Iterable[Present], *, catch_up: bool
) -> list[Key]:
    """Return what is to be made: nothing for a moment past, except one reminder that still helps.

    Whoever learns late of a running deadline gets the reminder that was due last, once.

    Args:
        live: the reminders there are, without superseded ones.
        catch_up: False where not even that one is made (back-entry, a change of settings).
    """
    now, today = clock.now(), clock.today()
    known = {_key(row) for row in live}
    make = [key for key, due in wanted.items() if key not in known and due > now]
    if not catch_up:
        return make
    told = {_family(r.recipient_id, r.channel, r.for_day) for r in live if r.due_at <= now}
    last: dict[tuple[int, bool, date], Key] = {}
    for key, due in wanted.items():
        family = _family(key[0], key[1], key[3])
        if due <= now and key[3] >= today and family not in told:
            last[family] = min(last.get(family, key), key, key=lambda item: item[2])
    return make + list(last.values())


def _is_stale(row: Present, call: Call, wanted: Mapping[Key, datetime]) -> bool:
    """Say whether a pending reminder fits no more.

    What is due already and still concerns its reader is on its way: a change of settings does not stop it.
    """
    deadline = call.deadline
    fits = row.for_day == deadline.effective_day
    if row.escalation:
        return not (fits and deadline.state == DeadlineState.LAPSED)
    running = fits and deadline.state in RUNNING
    if row.for_whom_id is not None:
        return not running
    if _key(row) in wanted:
        return False
    concerned = any(person.pk == row.recipient_id for person in call.recipients)
    return not (running and concerned and not call.quiet and row.due_at <= clock.now())


def _made(deadline: Deadline, key: Key, due: datetime) -> NewReminder:
    recipient, channel, offset, day = key
    return new_reminder(
        deadline_id=deadline.pk,
        recipient_id=recipient,
        channel=channel,
        offset=offset,
        for_day=day,
        due_at=due,
    )


def _compare(
    call: Call,
    rows: Sequence[Present],
    choices: Mapping[int, ReminderSettings],
    changes: Changes,
    *,
    only: int | None,
) -> None:
    """Add to `changes` what one deadline needs; `only` one recipient's own reminders when given."""
    wanted = _wanted(call, choices)
    if call.quiet:
        wanted = {key: due for key, due in wanted.items() if due > clock.now()}
    changes.stale += [
        row.pk
        for row in rows
        if row.state == ReminderState.PENDING
        and (only is None or (row.recipient_id == only and row.for_whom_id is None))
        and _is_stale(row, call, wanted)
    ]
    live = [row for row in rows if row.state != ReminderState.SUPERSEDED]
    present = {_key(row): row.pk for row in rows}
    for key in _to_make(wanted, live, catch_up=only is None and not call.quiet):
        if key in present:
            changes.revived.append(present[key])
        else:
            changes.made.append(_made(call.deadline, key, wanted[key]))


def _write(changes: Changes) -> None:
    if changes.stale:
        pending = Reminder.objects.filter(pk__in=changes.stale, state=ReminderState.PENDING)
        pending.update(state=ReminderState.SUPERSEDED)
    if changes.revived:
        Reminder.objects.filter(pk__in=changes.revived, state=ReminderState.SUPERSEDED).update(
            state=ReminderState.PENDING
        )
    write(changes.made)
    if any(row.due_at <= clock.now() for row in changes.made):
        transaction.on_commit(wake_sweep)


def synchronise(deadline: Deadline, *, recipients: Iterable[User]) -> None:
    """Make, revive and supersede reminders so that they fit a deadline set by hand.

    Inside the caller's transaction. What was sent stays sent; doing it again changes nothing. For a case in
    back-entry nothing is made, and nothing waits, for a moment past (design 3).
    """
    quiet = back_entry.is_running(deadline.matter)
    synchronise_all([Call(deadline, tuple(recipients), None, quiet)])


def synchronise_all(calls: Sequence[Call]) -> None:
    """Do for several deadlines what `synchronise` does for one, in the same few queries."""
    if not calls:
        return
    people = {person.pk: person for call in calls for person in call.recipients}
    choices = settings_of(list(people.values())) if people else {}
    _write(_compared(calls, choices, only=None))


def first_reminders(
    calls: Iterable[Call], choices: Mapping[int, ReminderSettings]
) -> list[NewReminder]:
    """Return what deadlines call for that are being made, without asking or writing anything.

    Args:
        choices: the settings of those called on, by their number.
    """
    changes = Changes()
    for call in calls:
        _compare(call, [], choices, changes, only=None)
    return changes.made


def _compared(
    calls: Sequence[Call], choices: Mapping[int, ReminderSettings], *, only: int | None
) -> Changes:
    present: dict[int, list[Present]] = {}
    for row in map(Present._make, _present([call.deadline.pk for call in calls])):
        present.setdefault(row.deadline_id, []).append(row)
    changes = Changes()
    for call in calls:
        _compare(call, present.get(call.deadline.pk, []), choices, changes, only=only)
    return changes


@prepared(list)
def _present(deadlines: list[int]) -> QuerySet[Reminder, Any]:
    rows = Reminder.objects.filter(deadline__any_of=deadlines).order_by()
    return rows.values_list(*Present._fields)


def _concerning(person: User) -> QuerySet[Deadline]:
    """Return the running deadlines `person` is reminded of in his own right, with `in_entry`."""
    own = Reminder.objects.filter(
        deadline=OuterRef("pk"),
        for_day=OuterRef("effective_day"),
        recipient=person,
        for_whom__isnull=True,
        escalation=False,
    )
    in_entry = Q(case__in=back_entry.cases_in_back_entry()) | Q(
        lead__in=back_entry.leads_in_back_entry()
    )
    rows = Deadline.objects.filter(Q(duty_holder=person) | Exists(own), state__in=RUNNING)
    return rows.annotate(in_entry=in_entry).order_by("id")


def _calls(rows: Iterable[Deadline], person: User) -> Iterator[Call]:
    for row in rows:
        rule = rule_of(row)
        if row.manual or rule is not None:
            yield Call(row, (person,), rule, row.in_entry)  # type: ignore[attr-defined]


@transaction.atomic
def synchronise_person(person: User) -> int:
    """Let the pending reminders of one person follow his settings; returns how many deadlines it looked at.

    The deadlines are streamed, a few queries for each five hundred. A moment past is not made up for:
    whoever changes his settings knows his deadlines.
    """
    choices = settings_of([person])
    looked_at = 0
    rows = _concerning(person).iterator(chunk_size=CHUNK)
    stream = _calls(rows, person)
    while calls := list(islice(stream, CHUNK)):
        _write(_compared(calls, choices, only=person.pk))
        looked_at += len(calls)
    return looked_at
