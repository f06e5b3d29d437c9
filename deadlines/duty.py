"""Whose duty a deadline is, and who is told when it lapses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from accounts import selectors as accounts
from accounts.models import Role, User
from cases.models import Case, Lead
from cases.selectors import people
from deadlines.rulebook import Duty

if TYPE_CHECKING:
    Matter = Lead | Case


# What the lead handler does himself, or watches when others owe it.
WATCHED = frozenset(Duty) - {Duty.DEPARTMENT_HEAD, Duty.CHIEF, Duty.COMMITTEE_OFFICE}


def heads_of(matter: Matter) -> list[User]:
    """Return the heads of the matter's department who need not stand aside."""
    return _unconcerned(matter, list(people.deciders(matter, Role.DEPARTMENT_HEAD)), None)


def _unconcerned(matter: Matter, found: list[User], concerned: Any) -> list[User]:
    return [
        user
        for user in found
        if str(user.pk) != str(concerned) and not people.is_recused(matter, user.pk)
    ]


def in_charge(matter: Matter, handler: User | None) -> list[User]:
    """Return the lead handler, or where none is at work the heads of the matter's department."""
    return [handler] if handler and handler.is_active else heads_of(matter)


def duty_holders(
    matter: Matter, duty: Duty, facts: Mapping[str, Any], *, handler: User | None
) -> list[User]:
    """Return who has to act, the first one holding the duty; for those outside, who watches.

    The person a recusal concerns does not decide on it: then a deputy chief does (Rules 22). A
    matter without a handler falls to the heads of its department.

    Args:
        handler: who answers for the matter (`people.lead_handler`), asked once for all its deadlines.
    """
    if duty in WATCHED:
        return in_charge(matter, handler)
    if duty is Duty.DEPARTMENT_HEAD:
        return heads_of(matter)
    if duty is Duty.COMMITTEE_OFFICE:
        return list(accounts.holders(matter.office, Role.COMMITTEE_SECRETARY))
    return leaders_of(matter, facts.get("person"))


def leaders_of(matter: Matter, concerned: Any = None) -> list[User]:
    """Return the chief of the office; where he must stand aside or is `concerned`, the deputies."""
    chiefs = _unconcerned(matter, list(people.deciders(matter, Role.CHIEF)), concerned)
    if chiefs:
        return chiefs
    return _unconcerned(matter, list(people.deciders(matter, Role.DEPUTY_CHIEF)), concerned)
