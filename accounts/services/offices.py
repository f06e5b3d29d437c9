"""Opening, changing and closing offices and departments."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import LEVEL_ORDER, Department, Office, OfficeLevel, Role
from accounts.services.checks import (
    Actor,
    invalid,
    require_administrator,
    require_order,
    save_valid,
)
from audit import clock
from audit import services as audit
from audit.canonical import Json
from audit.errors import NotPermitted

ADMINISTRATOR = Role.SYSTEM_ADMINISTRATOR


class OfficeChanges(TypedDict, total=False):
    """What may be changed of an office; its code and level stay."""

    name: str
    short_name: str
    parent: Office | None
    region_code: str
    address: str
    telephone: str


class DepartmentChanges(TypedDict, total=False):
    """What may be changed of a department."""

    name: str
    kind: str


@transaction.atomic
def create_office(
    *,
    actor: Actor,
    code: str,
    name: str,
    short_name: str,
    level: str,
    parent: Office | None = None,
    region_code: str = "",
    address: str = "",
    telephone: str = "",
    valid_from: date | None = None,
) -> Office:
    """Create an office below `parent`; one without a parent only from the command line.

    Raises:
        Invalid: an entry is wrong, or the level does not fit below the parent.
        NotPermitted: the actor is no system administrator of `parent` or above.
    """
    _require_administrator_of_parent(actor, parent)
    office = Office(
        code=code,
        name=name,
        short_name=short_name,
        level=level,
        parent=parent,
        region_code=region_code,
        address=address,
        telephone=telephone,
        valid_from=valid_from or clock.today(),
    )
    _check_level(office)
    save_valid(office)
    _record(actor, "office.created", office, parent=parent.pk if parent else None)
    return office


@transaction.atomic
def change_office(*, actor: Actor, office: Office, **changes: Unpack[OfficeChanges]) -> Office:
    """Change an office; for another parent the actor must administer both parents.

    Raises:
        Invalid: an entry is wrong.
        NotPermitted: the actor is not its system administrator.
    """
    office = Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
    require_administrator(actor, office, ADMINISTRATOR)
    if "parent" in changes and changes["parent"] != office.parent:
        _require_administrator_of_parent(actor, office.parent)
        _require_administrator_of_parent(actor, changes["parent"])
    changed = _apply(office, changes)
    _check_level(office)
    save_valid(office)
    _record(actor, "office.changed", office, fields=changed)
    return office


@transaction.atomic
def close_office(*, actor: Actor, office: Office, last_day: date) -> Office:
    """Set the last day of an office in which nobody is active and below which nothing is open.

    Raises:
        NotPermitted: active users or open offices below remain.
        Invalid: the day lies before the first day of the office.
    """
    office = Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
    require_administrator(actor, office, ADMINISTRATOR)
    if office.users.filter(is_active=True).exists():
        raise NotPermitted(
            _("People of this office are still active. Deactivate their accounts first."),
            code="office_has_active_users",
        )
    if office.children.filter(valid_to__isnull=True).exists():
        raise NotPermitted(
            _("Offices below this one are open. Close them or move them first."),
            code="office_has_open_offices",
        )
    require_order(office.valid_from, last_day, field="last_day")
    office.valid_to = last_day
    save_valid(office)
    _record(actor, "office.closed", office, last_day=last_day.isoformat())
    return office


@transaction.atomic
def create_department(*, actor: Actor, office: Office, name: str, kind: str) -> Department:
    """Create a department of `office`.

    Raises:
        Invalid: an entry is wrong or the name is taken in this office.
        NotPermitted: the actor is not the office's system administrator.
    """
    require_administrator(actor, office, ADMINISTRATOR)
    department = Department(office=office, name=name, kind=kind)
    save_valid(department)
    _record_department(actor, "department.created", department, ["name", "kind"])
    return department


@transaction.atomic
def change_department(
    *, actor: Actor, department: Department, **changes: Unpack[DepartmentChanges]
) -> Department:
    """Change the name or the kind of a department."""
    department = Department.objects.select_for_update().get(pk=department.pk)
    require_administrator(actor, department.office, ADMINISTRATOR)
    changed = _apply(department, changes)
    save_valid(department)
    _record_department(actor, "department.changed", department, changed)
    return department


def _require_administrator_of_parent(actor: Actor, parent: Office | None) -> None:
    if actor is None:
        return
    if parent is None:
        raise NotPermitted(
            _("An office without a next-higher office is created at the command line only."),
            code="top_office",
        )
    require_administrator(actor, parent, ADMINISTRATOR)


def _check_level(office: Office) -> None:
    if office.parent is None or office.level not in OfficeLevel.values:
        return
    if LEVEL_ORDER[OfficeLevel(office.parent.level)] >= LEVEL_ORDER[OfficeLevel(office.level)]:
        raise invalid("parent", _("The next-higher office must be of a higher level."))


def _apply(instance: Office | Department, changes: OfficeChanges | DepartmentChanges) -> list[str]:
    """Set the given fields and return the names of those that differ."""
    changed = [name for name, value in changes.items() if getattr(instance, name) != value]
    for name, value in changes.items():
        setattr(instance, name, value)
    return sorted(changed)


def _record(actor: Actor, action: str, office: Office, **details: Json) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type="office",
        object_id=office.pk,
        office_id=office.pk,
        details=details,
    )


def _record_department(
    actor: Actor, action: str, department: Department, fields: list[str]
) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type="department",
        object_id=department.pk,
        office_id=department.office_id,
        details={"fields": fields},
    )
