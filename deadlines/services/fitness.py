"""Whether a reminder that is due may still go out: asked when it is delivered, not only when it is made."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from accounts.reading import reading
from cases.models import Case
from cases.selectors.matters import of_visible_matters
from cases.states import CaseState, LeadState
from deadlines.derive import rule_of
from deadlines.models import BY_MAIL, RUNNING, Deadline, DeadlineState, Reminder, ReminderState

logger = logging.getLogger(__name__)
# Nothing is done here any more; the periods of the office's watch (law 14.2) run on.
CLOSED_CASES = (CaseState.CLOSED, CaseState.ARCHIVED)
CLOSED_LEADS = (LeadState.LEAD_TRANSFERRED, LeadState.MERGED)


@dataclass
class Sifted:
    """Due reminders, by what becomes of them; `faulty` with the name of the fault."""

    fit: list[Reminder] = field(default_factory=list)
    unfit: list[Reminder] = field(default_factory=list)
    faulty: list[tuple[Reminder, str]] = field(default_factory=list)


def is_closed(deadline: Deadline) -> bool:
    """Say whether the matter is closed, so that nobody is told of this deadline any more."""
    matter = deadline.matter
    if matter.state not in (CLOSED_CASES if isinstance(matter, Case) else CLOSED_LEADS):
        return False
    rule = rule_of(deadline)
    return rule is None or not rule.watchdog


def _still_runs(row: Reminder) -> bool:
    deadline = row.deadline
    if row.for_day != deadline.effective_day or is_closed(deadline):
        return False
    wanted = (DeadlineState.LAPSED,) if row.escalation else RUNNING
    return deadline.state in wanted


def _reachable(row: Reminder) -> bool:
    recipient = row.recipient
    return recipient.is_active and (row.channel not in BY_MAIL or bool(recipient.email))


def seen_by(person: User, deadlines: Iterable[int]) -> set[int]:
    """Return which of `deadlines` (numbers) belong to matters `person` may see."""
    rows = Deadline.objects.filter(pk__in=set(deadlines))
    with reading():  # one question: his rights are asked once for leads and cases
        return set(of_visible_matters(person, rows).values_list("pk", flat=True))


def _visible(rows: Sequence[Reminder]) -> set[tuple[int, int]]:
    """Return the pairs of recipient and deadline where he sees the matter; asked once a recipient."""
    people = {row.recipient_id: row.recipient for row in rows}
    return {
        (person.pk, pk)
        for person in people.values()
        for pk in seen_by(person, [r.deadline_id for r in rows if r.recipient_id == person.pk])
    }


def _sift(rows: Sequence[Reminder], found: Sifted) -> None:
    running = [row for row in rows if _still_runs(row) and _reachable(row)]
    visible = _visible(running)
    fit = [row for row in running if (row.recipient_id, row.deadline_id) in visible]
    found.fit += fit
    kept = {row.pk for row in fit}
    found.unfit += [row for row in rows if row.pk not in kept]


def sift(rows: Sequence[Reminder]) -> Sifted:
    """Separate what may go out from what concerns nobody any more.

    A clock that runs no more, a closed matter, a day that moved, a person who left or lost sight of the
    matter: nothing is sent. A reminder that cannot even be judged does not keep the others waiting.
    """
    found = Sifted()
    try:
        with transaction.atomic():
            _sift(rows, found)
    except Exception as error:  # one of them is faulty: each is judged by itself
        logger.warning("Due reminders are judged one by one: %s", type(error).__name__)
        found = Sifted()
        for row in rows:
            _sift_alone(row, found)
    return found


def _sift_alone(row: Reminder, found: Sifted) -> None:
    try:
        with transaction.atomic():
            _sift([row], found)
    except Exception as error:  # recorded with the reminder, which is tried again later
        found.faulty.append((row, type(error).__name__))


def supersede(rows: Iterable[Reminder]) -> None:
    """Let reminders rest that concern nobody any more."""
    numbers = [row.pk for row in rows]
    if numbers:
        Reminder.objects.filter(pk__in=numbers).update(
            state=ReminderState.SUPERSEDED, lease_until=None
        )
