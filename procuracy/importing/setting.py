"""What all lines of one import have in common: who imports and agrees, who handles, which periods hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Department, Office, Role, User
from audit import clock, digests
from audit.errors import NotPermitted, stated_reason
from cases.models import Case, Lead
from cases.services.leads import may_register
from cases.services.routes import Standing, standing_of
from deadlines.calendar import Calendar
from deadlines.duty import duty_holders
from deadlines.models import ReminderSettings
from deadlines.office_rules import own_rules
from deadlines.reminder_choices import settings_of
from deadlines.rulebook import Duty, PeriodRule, rulebooks
from deadlines.yearbook import calendar_under


@dataclass(frozen=True)
class Setting:
    """Asked once a batch, so that building its rows asks nothing.

    Attributes:
        asked_by: who imports, in whose name everything is recorded.
        agreed_by: the head who agrees to the back-entry of every case of the file.
        handlers: the prosecutors of the office by their logins.
        now: the instant at which the batch is recorded.
        calendars: by the version of the rulebook.
        holders: who has to act by duty, where it is not the handler.
        known: the keys of the audit record.
    """

    office: Office
    department: Department | None
    asked_by: User
    agreed_by: User
    standing: Standing
    reason: str
    handlers: Mapping[str, User]
    now: datetime
    own_rules: tuple[PeriodRule, ...]
    calendars: Mapping[str, Calendar]
    holders: Mapping[Duty, tuple[User, ...]]
    reminders: Mapping[int, ReminderSettings]
    known: dict[int, bytes]

    def holders_of(self, duty: Duty, handler: User) -> tuple[User, ...]:
        """Return who has to act for a case of `handler`, the first one holding the duty."""
        return self.holders.get(duty) or (handler,)


def setting_of(*, asked_by: User, agreed_by: User, reason: str) -> Setting:
    """Ask everything the lines of an import have in common.

    Raises:
        NotPermitted: the importer may register no leads, or the other one does not head the department.
        Invalid: the reason is missing.
    """
    office = asked_by.office
    department = accounts.public_interest_department(office)
    if not may_register(asked_by):
        raise NotPermitted(
            _("%(name)s may register no leads, so nothing is imported in his name.")
            % {"name": asked_by.name},
            code="wrong_role",
            law="Rules 25",
        )
    handlers = _handlers(office)
    return Setting(
        office=office,
        department=department,
        asked_by=asked_by,
        agreed_by=agreed_by,
        standing=_standing(asked_by, agreed_by, office, department),
        reason=stated_reason(reason, _("Say why the cases are entered only now."))[:1000],
        handlers=handlers,
        now=clock.now(),
        own_rules=tuple(own_rules(office.pk)),
        calendars={book.version: calendar_under(book) for book in rulebooks().values()},
        holders=_holders(office, department),
        reminders=settings_of([*handlers.values(), *_everybody(office, department)]),
        known=digests.keys(),
    )


def _standing(
    asked_by: User, agreed_by: User, office: Office, department: Department | None
) -> Standing:
    lead = Lead(pk=0, office=office, department=department)
    standing = standing_of(agreed_by, lead, Role.DEPARTMENT_HEAD)
    if standing is None:
        raise NotPermitted(
            _("The head of the department decides on back-entry. Ask him."), code="wrong_role"
        )
    if asked_by.pk in (agreed_by.pk, getattr(standing.on_behalf_of, "pk", None)):
        raise NotPermitted(_("Nobody decides on his own entry."), code="own_request")
    return standing


def _handlers(office: Office) -> dict[str, User]:
    found = accounts.caseworkers((Role.PROSECUTOR,)).filter(office=office, is_active=True)
    return {user.username: user for user in found.select_related("department")}


def _holders(office: Office, department: Department | None) -> dict[Duty, tuple[User, ...]]:
    """Return who holds each duty that is not the handler's; in a new case nobody stands aside."""
    case = Case(pk=0, office=office, department=department, lead_id=0)
    facts: dict[str, Any] = {}
    nobody = User(pk=0, is_active=True)
    found = {duty: tuple(duty_holders(case, duty, facts, handler=nobody)) for duty in Duty}
    return {duty: people for duty, people in found.items() if nobody not in people}


def _everybody(office: Office, department: Department | None) -> list[User]:
    return [user for people in _holders(office, department).values() for user in people]
