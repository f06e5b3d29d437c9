"""On which days and through which channels a person is reminded of a deadline: a pure function.

Two things nobody can switch off: the last reminder of a period of law, on or nearest its last day, and that
a late duty goes up to the head of the department and to the chief procurator. This is decided here and not
in the form alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from accounts.models import User
from audit.prepared import prepared
from deadlines.models import Channel, Deadline, Mailing, ReminderSettings
from deadlines.rulebook import PeriodRule

# Days before the last day one may choose from; 0 is the last day itself.
DAYS_OFFERED = (180, 90, 60, 30, 14, 7, 5, 3, 2, 1, 0)
# A deadline set by hand has no rulebook.
MANUAL_OFFSETS = (3, 1, 0)


class Sort(StrEnum):
    """The kinds of deadlines a person chooses for."""

    OWN = "own"
    WATCHED = "watched"
    MANUAL = "manual"


@dataclass(frozen=True)
class Choice:
    """What a person wants for one kind; without days those of the rulebook."""

    days: tuple[int, ...] | None = None
    in_app: bool = True
    mail: Mailing = Mailing.AT_ONCE

    def channels(self) -> tuple[Channel, ...]:
        """Return the channels chosen."""
        mails = {Mailing.AT_ONCE: (Channel.EMAIL,), Mailing.DIGEST: (Channel.DIGEST,)}
        within = (Channel.IN_APP,) if self.in_app else ()
        return within + mails.get(self.mail, ())


DEFAULT = Choice()


def sort_of(deadline: Deadline) -> Sort:
    """Say of which kind a deadline is; a time in which others may act is watched, whoever waits."""
    if deadline.manual:
        return Sort.MANUAL
    return Sort.WATCHED if deadline.of_others else Sort.OWN


def _sort_under(rule: PeriodRule) -> Sort:
    return Sort.OWN if rule.owed_by_office else Sort.WATCHED


def settings_of(people: Iterable[User]) -> dict[int, ReminderSettings]:
    """Return the settings of those of `people` who have made any, by their number; one query."""
    return {row.user_id: row for row in _settings_of([person.pk for person in people])}


@prepared(list)
def _settings_of(people: list[int]) -> QuerySet[ReminderSettings]:
    return ReminderSettings.objects.filter(user__any_of=people).order_by()


def choice_of(settings: ReminderSettings | None, sort: Sort) -> Choice:
    """Return what somebody chose for one kind; the default without a row."""
    if settings is None:
        return DEFAULT
    days = getattr(settings, f"{sort}_days")
    return Choice(
        days=None if days is None else tuple(days),
        in_app=getattr(settings, f"{sort}_in_app"),
        mail=Mailing(getattr(settings, f"{sort}_mail")),
    )


def moments(
    rule: PeriodRule | None, person: User, settings: ReminderSettings | None
) -> list[tuple[int, Channel]]:
    """Return on how many days before the last day `person` is reminded, and through which channels.

    Args:
        rule: the period the deadline follows from; None for one set by hand.
        settings: those of the person; None for the default.
    """
    offsets = rule.reminders if rule else MANUAL_OFFSETS
    choice = choice_of(settings, _sort_under(rule) if rule else Sort.MANUAL)
    days = set(offsets if choice.days is None else choice.days)
    kept = {min(offsets)} if offsets and rule else set()
    return [
        (offset, channel)
        for offset in sorted(days | kept, reverse=True)
        for channel in _through(choice, always=offset in kept)
        if channel == Channel.IN_APP or person.email
    ]


def _through(choice: Choice, *, always: bool) -> tuple[Channel, ...]:
    channels = choice.channels()
    if always and Channel.IN_APP not in channels:
        return (Channel.IN_APP, *channels)
    return channels
