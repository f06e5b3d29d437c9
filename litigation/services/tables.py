"""Keeping the table of courts and the list of eligible subjects (law 3.3 point 7, 2.1; CPL 58).

Both serve every office of the installation. Nothing is deleted: a row is corrected, or closed with its last
day. The guards read what stands there, so every change is on the record.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from accounts.services.checks import save_valid
from audit import clock
from audit import services as audit
from audit.errors import NotPermitted, invalid_field
from litigation.models import Court, EligibleSubject

KEEPERS = (Role.SYSTEM_ADMINISTRATOR, Role.CASE_MANAGEMENT)
Row = TypeVar("Row", Court, EligibleSubject)
COURT = ("name", "level", "internet", "area", "hears_from", "source", "verified")
SUBJECT = ("name", "kind", "area", "source", "as_of", "verified")


def may_keep(actor: User) -> bool:
    """Say whether `actor` keeps these tables: the system administrator or case management."""
    return accounts.has_role(actor, *KEEPERS)


@transaction.atomic
def add_court(*, actor: User, **entries: Any) -> Court:
    """Enter a court.

    Raises:
        NotPermitted: the actor does not keep the table.
        Invalid: an entry is wrong or the name is there already.
    """
    return _add(actor, "court.added", Court(**entries))


@transaction.atomic
def change_court(*, actor: User, court: Court, **entries: Any) -> Court:
    """Correct a court; raises as `add_court` does."""
    row = Court.objects.select_for_update().get(pk=court.pk)
    return _change(actor, "court.changed", row, _only(COURT, entries))


@transaction.atomic
def close_court(*, actor: User, court: Court, last_day: date) -> Court:
    """Set the last day on which a court hears such suits.

    Raises:
        NotPermitted: the actor does not keep the table.
        Invalid: the day lies before the first.
    """
    row = Court.objects.select_for_update().get(pk=court.pk)
    return _close(actor, "court.closed", row, hears_to=last_day)


@transaction.atomic
def add_subject(*, actor: User, **entries: Any) -> EligibleSubject:
    """Enter a body that may bring the suit; raises as `add_court` does, and for a day in the future."""
    _require_past(entries["as_of"], "as_of")
    return _add(actor, "eligible_subject.added", EligibleSubject(**entries))


@transaction.atomic
def change_subject(*, actor: User, subject: EligibleSubject, **entries: Any) -> EligibleSubject:
    """Correct a body, or note that its source was looked at again; raises as `add_subject` does."""
    if "as_of" in entries:
        _require_past(entries["as_of"], "as_of")
    row = EligibleSubject.objects.select_for_update().get(pk=subject.pk)
    return _change(actor, "eligible_subject.changed", row, _only(SUBJECT, entries))


@transaction.atomic
def close_subject(*, actor: User, subject: EligibleSubject, last_day: date) -> EligibleSubject:
    """Set the last day on which a body may bring the suit; the source was looked at today.

    Raises:
        NotPermitted: the actor does not keep the list.
        Invalid: the day lies in the future.
    """
    _require_past(last_day, "last_day")
    row = EligibleSubject.objects.select_for_update().get(pk=subject.pk)
    return _close(actor, "eligible_subject.closed", row, last_day=last_day, as_of=clock.today())


def _require_keeper(actor: User) -> None:
    if not may_keep(actor):
        raise NotPermitted(
            _("The system administrator and case management keep this table. Ask them."),
            code="wrong_role",
        )


def _require_past(day: date, field: str) -> None:
    if day > clock.today():
        sentence = _("This day lies in the future. Enter the day on which it really happened.")
        raise invalid_field(field, sentence)


def _only(allowed: tuple[str, ...], entries: dict[str, Any]) -> dict[str, Any]:
    """Return the entries when a person may change each of them.

    Raises:
        ValueError: one is named that nobody may change.
    """
    if strange := entries.keys() - set(allowed):
        raise ValueError(f"Not changeable: {sorted(strange)}")
    return entries


def _add(actor: User, action: str, row: Row) -> Row:
    _require_keeper(actor)
    save_valid(row)
    _record(actor, action, row, [])
    return row


def _change(actor: User, action: str, row: Row, entries: dict[str, Any]) -> Row:
    """Set the entries that differ."""
    _require_keeper(actor)
    changed = sorted(name for name, value in entries.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, entries[name])
    save_valid(row)
    if changed:
        _record(actor, action, row, changed)
    return row


def _close(actor: User, action: str, row: Row, **days: date) -> Row:
    _require_keeper(actor)
    for name, day in days.items():
        setattr(row, name, day)
    save_valid(row)
    _record(actor, action, row, sorted(days))
    return row


def _record(actor: User, action: str, row: Court | EligibleSubject, fields: list[str]) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type=action.split(".")[0],
        object_id=row.pk,
        office_id=actor.office_id,
        details={"fields": fields},
    )
