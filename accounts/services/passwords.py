"""One-time passwords by the administrator, own passwords by everybody."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from accounts import lockout, selectors
from accounts.models import SEPARATED_ROLES, Role, User
from accounts.services.access import end_all_access
from accounts.services.checks import (
    Actor,
    invalid,
    require_account_administrator,
    require_active,
)
from audit import services as audit
from audit.errors import Invalid, NotPermitted

# Without the characters that are mistaken for one another on paper.
ONE_TIME_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
ONE_TIME_GROUPS = 4
ONE_TIME_GROUP_LENGTH = 5


def one_time_password() -> str:
    """Return a random password of about 99 bits in groups that can be read aloud."""
    return "-".join(
        get_random_string(ONE_TIME_GROUP_LENGTH, ONE_TIME_ALPHABET) for _ in range(ONE_TIME_GROUPS)
    )


@transaction.atomic
def reset_password(*, actor: Actor, user: User) -> str:
    """Give `user` a one-time password; all sessions and tokens end, a lock is lifted.

    Returns:
        The password, shown once and stored nowhere in clear.

    Raises:
        NotPermitted: the actor may not reset this password.
    """
    user = User.objects.select_for_update(of=("self",)).select_related("office").get(pk=user.pk)
    require_account_administrator(actor, user, Role.SYSTEM_ADMINISTRATOR)
    require_active(user)
    _check_separation(actor, user)
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    end_all_access(user)
    lockout.unlock(user.username)
    _record(actor, "user.password_reset", user)
    return password


@transaction.atomic
def unlock_account(*, actor: Actor, user: User) -> None:
    """Open a login name that was closed after too many wrong attempts."""
    require_account_administrator(actor, user, Role.SYSTEM_ADMINISTRATOR)
    lockout.unlock(user.username)
    _record(actor, "user.unlocked", user)


def change_own_password(*, actor: User, current: str, new: str) -> User:
    """Replace the actor's password; every session and token of his ends.

    The caller renews the session it runs in. A wrong current password counts as a failed login.

    Returns:
        The user as stored now.

    Raises:
        Invalid: the current password is wrong or the new one is too weak.
    """
    # Outside the transaction below: the failure must stay counted.
    if lockout.authenticate(actor.username, current) is None:
        raise invalid("current", _("The current password is not correct."))
    new = unicodedata.normalize("NFC", new)
    _check_strength(actor, current, new)
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=actor.pk)
        user.set_password(new)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        end_all_access(user)
        _record(user, "user.password_changed", user)
    return user


def _check_separation(actor: Actor, user: User) -> None:
    """Keep the system administrator from entering the account of those who watch him."""
    if actor is None:
        return
    if actor.pk == user.pk:
        raise NotPermitted(_("Change your own password on your own page."), code="own_account")
    watchers = set(SEPARATED_ROLES) - {Role.SYSTEM_ADMINISTRATOR}
    if actor.office_id == user.office_id and selectors.roles_of(user) & watchers:
        raise NotPermitted(
            _(
                "The password of a security administrator or an auditor is reset by the system "
                "administrator of an office above, or by an operator with "
                "“manage.py reset_password”, so that no administrator can act as another."
            ),
            code="separated_administrators",
        )


def _check_strength(user: User, current: str, new: str) -> None:
    if new == unicodedata.normalize("NFC", current):
        raise invalid("new", _("The new password must differ from the current one."))
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise Invalid(_("The new password is too weak."), errors={"new": error.messages}) from error


def _record(actor: Actor, action: str, user: User) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type="user",
        object_id=user.pk,
        office_id=user.office_id,
    )
