"""Opening, changing and closing the accounts of people."""

from __future__ import annotations

from typing import NamedTuple, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Density, Department, Language, Office, Role, User
from accounts.services.access import end_all_access
from accounts.services.checks import (
    Actor,
    invalid,
    require_account_administrator,
    require_administrator,
    save_valid,
)
from accounts.services.passwords import one_time_password
from audit import services as audit
from audit.errors import NotPermitted

ADMINISTRATOR = Role.SYSTEM_ADMINISTRATOR


class NewAccount(NamedTuple):
    """A fresh account and its one-time password, which is stored nowhere in clear."""

    user: User
    password: str


class UserChanges(TypedDict, total=False):
    """What the system administrator may change of an account; office and login name stay."""

    name: str
    email: str
    department: Department | None
    title: str


@transaction.atomic
def create_user(
    *,
    actor: Actor,
    office: Office,
    username: str,
    name: str,
    department: Department | None = None,
    title: str = "",
    email: str = "",
    language: str = Language.CHINESE,
    with_password: bool = True,
) -> NewAccount:
    """Open an account without any role.

    Args:
        with_password: False for an account that gets its first password later, by
            `reset_password`; nobody can log in with it until then.

    Raises:
        Invalid: an entry is wrong or the login name is taken.
        NotPermitted: the actor is no system administrator of `office` or above.
    """
    require_administrator(actor, office, ADMINISTRATOR)
    _check_department(department, office)
    password = one_time_password() if with_password else ""
    user = User(
        office=office,
        username=username,
        name=name,
        department=department,
        title=title,
        email=email,
        language=language,
        must_change_password=with_password,
    )
    user.set_password(password or None)
    save_valid(user)
    _record(actor, "user.created", user)
    return NewAccount(user, password)


@transaction.atomic
def change_user(*, actor: Actor, user: User, **changes: Unpack[UserChanges]) -> User:
    """Change the particulars of a person.

    Raises:
        Invalid: an entry is wrong.
        NotPermitted: the actor is not the system administrator of the person's office.
    """
    user = _locked(user)
    require_account_administrator(actor, user, ADMINISTRATOR)
    _check_department(changes.get("department", user.department), user.office)
    changed = sorted(name for name, value in changes.items() if getattr(user, name) != value)
    for name, value in changes.items():
        setattr(user, name, value)
    save_valid(user)
    _record(actor, "user.changed", user, fields=changed)
    return user


@transaction.atomic
def change_own_preferences(*, actor: User, language: str, density: str) -> User:
    """Set the language and the density of lists of the actor himself.

    Raises:
        Invalid: an unknown language or density.
    """
    user = _locked(actor)
    user.language, user.density = Language(language), Density(density)
    user.save(update_fields=["language", "density"])
    _record(actor, "user.preferences_changed", user, fields=["density", "language"])
    return user


@transaction.atomic
def deactivate_user(*, actor: Actor, user: User, reason: str) -> User:
    """Close an account: its sessions and tokens end at once, its roles have no effect.

    Raises:
        NotPermitted: the actor closes his own account or does not administer it.
    """
    user = _locked(user)
    require_account_administrator(actor, user, ADMINISTRATOR)
    if actor is not None and actor.pk == user.pk:
        raise NotPermitted(_("Nobody deactivates his own account."), code="own_account")
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_all_access(user)
    _record(actor, "user.deactivated", user, reason=reason)
    return user


@transaction.atomic
def activate_user(*, actor: Actor, user: User, reason: str) -> User:
    """Open a closed account again; the person needs a new password."""
    user = _locked(user)
    require_account_administrator(actor, user, ADMINISTRATOR)
    user.is_active = True
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    _record(actor, "user.activated", user, reason=reason)
    return user


def _locked(user: User) -> User:
    users = User.objects.select_for_update(of=("self",)).select_related("office", "department")
    return users.get(pk=user.pk)


def _check_department(department: Department | None, office: Office) -> None:
    if department is not None and department.office_id != office.pk:
        raise invalid("department", _("This department belongs to another office."))


def _record(
    actor: Actor, action: str, user: User, *, fields: list[str] | None = None, reason: str = ""
) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type="user",
        object_id=user.pk,
        office_id=user.office_id,
        reason=reason,
        details={"fields": fields} if fields is not None else None,
    )
