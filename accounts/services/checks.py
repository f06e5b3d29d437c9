"""What every service of this room asks first: may the actor, and are the entries right."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts import selectors
from accounts.models import ENDS_TOO_EARLY, Office, Role, User
from audit.errors import Invalid, NotPermitted, NotVisible

# Who acts: a person, or None for an operator at the command line of the installation.
Actor = User | None


def require_administrator(actor: Actor, office: Office, *roles: Role) -> None:
    """Let through who holds one of `roles` in `office` or in an office above it.

    Raises:
        NotVisible: `office` is none the actor may see.
        NotPermitted: the actor holds none of the roles there.
    """
    if actor is None or selectors.administers(actor, office, *roles):
        return
    if not selectors.offices_visible_to(actor).filter(pk=office.pk).exists():
        raise NotVisible(_("There is no such office."))
    names = " / ".join(str(role.label) for role in roles)
    raise NotPermitted(
        _("Only this role may do this, in %(office)s or an office above it: %(roles)s.")
        % {"office": office.name, "roles": names},
        code="role_required",
    )


def require_account_administrator(actor: Actor, user: User, *roles: Role) -> None:
    """Let through who administers the account of `user` in one of `roles`.

    Raises:
        NotVisible: the actor does not see `user`.
        NotPermitted: the actor holds none of the roles there.
    """
    if actor is not None and not selectors.users_visible_to(actor).filter(pk=user.pk).exists():
        raise NotVisible(_("There is no such user."))
    require_administrator(actor, user.office, *roles)


def require_active(user: User) -> None:
    """Refuse acts on a deactivated account."""
    if not user.is_active:
        raise NotPermitted(
            _("The account of %(name)s is deactivated. Activate it first.") % {"name": user.name},
            code="inactive",
        )


def require_order(first_day: date, last_day: date | None, *, field: str = "valid_to") -> None:
    """Refuse a last day before the first, at the field of the last.

    Raises:
        Invalid: naming `field`.
    """
    if last_day is not None and last_day < first_day:
        raise invalid(field, str(ENDS_TOO_EARLY))


def save_valid(instance: Model, update_fields: list[str] | None = None) -> None:
    """Validate `instance` whole and save it.

    Raises:
        Invalid: with the sentences of each field.
    """
    try:
        instance.full_clean()
    except ValidationError as error:
        raise Invalid(_("Some entries are not correct."), errors=error.message_dict) from error
    instance.save(update_fields=update_fields)


def invalid(field: str, message: str, *, code: str = "", law: str = "") -> Invalid:
    """Return the refusal of one entry."""
    return Invalid(message, errors={field: [message]}, code=code, law=law)
