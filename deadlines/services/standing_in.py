"""Who is told in the place of somebody who is away, or beside a leader who has delegated his role.

It is decided when something is delivered: then it is known who is away and who sees the matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING

from accounts.absences import delegates_of, deputies_of
from accounts.models import User
from cases.models import Case, Lead
from cases.selectors.matters import is_visible
from deadlines.duty import heads_of
from deadlines.models import Channel, Mailing, Reminder
from deadlines.reminder_choices import choice_of, settings_of, sort_of
from deadlines.services.fitness import seen_by, supersede
from deadlines.services.making import NewReminder, copied, write

if TYPE_CHECKING:
    Matter = Lead | Case


@dataclass(frozen=True)
class StandIns:
    """Who stands in on one day: deputies of those away, and delegates of leaders, by person."""

    deputies: dict[int, User]
    delegates: dict[int, list[User]]

    @property
    def people(self) -> list[User]:
        """Everybody who stands in for somebody, each once."""
        users = [*self.deputies.values(), *chain.from_iterable(self.delegates.values())]
        return list({user.pk: user for user in users}.values())

    def of(self, matter: Matter, person_id: int, knows: Callable[[User], bool]) -> list[User]:
        """Return who is told of `matter` too.

        A deputy who must stand aside or does not see the matter is not: then the head of the department is.

        Args:
            knows: says whether somebody is at work and sees the matter.
        """
        found = [user for user in self.delegates.get(person_id, []) if knows(user)]
        deputy = self.deputies.get(person_id)
        if deputy is not None:
            heads = [deputy] if knows(deputy) else heads_of(matter)
            found += [user for user in heads if user.pk != person_id and user not in found]
        return found

    def is_away(self, person_id: int) -> bool:
        """Say whether the person is away."""
        return person_id in self.deputies


def knower(matter: Matter) -> Callable[[User], bool]:
    """Return a function that says whether somebody is at work and sees the matter."""
    return lambda user: user.is_active and is_visible(user, matter)


def stand_ins(people: Iterable[int], day: date) -> StandIns:
    """Return who stands in on `day` for those of `people` (numbers) who are away or have delegated."""
    numbers = set(people)
    return StandIns(deputies_of(numbers, day), delegates_of(numbers, day))


def with_stand_ins(matter: Matter, people: Sequence[User], day: date) -> list[User]:
    """Return `people` and whoever stands in for one of them on `day`, each once."""
    found = stand_ins([person.pk for person in people], day)
    chosen = {person.pk: person for person in people}
    for person in people:
        standing = found.of(matter, person.pk, knower(matter))
        chosen |= {user.pk: user for user in standing}
    return list(chosen.values())


def divert(rows: Sequence[Reminder], now: datetime) -> list[Reminder]:
    """Hand due reminders to whoever stands in, too; returns those that still go to their own reader.

    Who is away keeps the reminder in the application, his e-mails go to the deputy. Inside the caller's
    transaction; doing it again makes no second row.
    """
    own = [row for row in rows if row.for_whom_id is None]
    found = stand_ins([row.recipient_id for row in own], now.date())
    if not found.deputies and not found.delegates:
        return list(rows)
    handed = _handed(own, found)
    choices = settings_of({user for users in handed.values() for user in users})
    made = [
        copy
        for row in own
        for user in handed[row.pk]
        for copy in _copies(row, user, choice_of(choices.get(user.pk), sort_of(row.deadline)).mail)
    ]
    passed_on = [
        row
        for row in own
        if row.channel != Channel.IN_APP and found.is_away(row.recipient_id) and handed[row.pk]
    ]
    made += [
        copied(row, channel=Channel.IN_APP, recipient_id=row.recipient_id, for_whom_id=None)
        for row in passed_on
    ]
    write(made, once=True)
    supersede(passed_on)
    gone = {row.pk for row in passed_on}
    return [row for row in rows if row.pk not in gone]


def _handed(rows: Sequence[Reminder], found: StandIns) -> dict[int, list[User]]:
    """Return to whom each reminder is handed too; what somebody sees is asked once a person."""
    deadlines = {row.deadline_id for row in rows}
    seen = {user.pk: seen_by(user, deadlines) for user in found.people if user.is_active}

    def users(row: Reminder) -> list[User]:
        def knows(user: User) -> bool:
            return row.deadline_id in seen.get(user.pk, ())

        return found.of(row.deadline.matter, row.recipient_id, knows)

    return {row.pk: users(row) for row in rows}


def _copies(row: Reminder, user: User, mail: str) -> list[NewReminder]:
    channels = [Channel.IN_APP]
    if user.email and mail != Mailing.NONE:
        channels.append(Channel.DIGEST if mail == Mailing.DIGEST else Channel.EMAIL)
    return [
        copied(row, channel=channel, recipient_id=user.pk, for_whom_id=row.recipient_id)
        for channel in channels
    ]
