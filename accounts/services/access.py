"""Sessions of the browser and tokens of the API: ending them."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from knox.models import AuthToken

from accounts import lockout
from accounts.models import Role, User
from accounts.services.checks import Actor, invalid, require_account_administrator
from audit import clock
from audit import services as audit
from audit.errors import NotPermitted

# Those who may end the sessions of others.
SESSION_ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
MAX_TOKEN_DAYS = 365


class NewToken(NamedTuple):
    """A fresh API token; the text is shown once, only its digest is stored."""

    token: AuthToken
    text: str


def end_all_access(user: User) -> None:
    """End every session and token of `user`; part of a service, which audits it.

    The generation ends sessions at once on all devices, also those that no index lists.
    """
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
    for session in UserSession.objects.filter(user=user):
        session.end()
    AuthToken.objects.filter(user=user).delete()


@transaction.atomic
def end_sessions(*, actor: Actor, user: User) -> None:
    """End every session and token of `user`, who may be the actor himself.

    Raises:
        NotPermitted: the actor neither is `user` nor administers the account.
    """
    _require_owner_or_administrator(actor, user)
    end_all_access(user)
    _record(actor, "user.sessions_ended", "user", user.pk, user)


@transaction.atomic
def end_session(*, actor: Actor, session: UserSession) -> None:
    """End one session.

    Raises:
        NotPermitted: the actor neither owns it nor administers the account.
    """
    _require_owner_or_administrator(actor, session.user)
    session_id, user = session.pk, session.user
    session.end()
    _record(actor, "session.ended", "session", session_id, user)


def create_token(*, username: str, password: str, days: int) -> NewToken:
    """Log in to the API: make a token of `days` days for who knows the password.

    Raises:
        Invalid: the name or the password is wrong or the name is locked (one answer for all), or
            `days` is out of range.
        NotPermitted: the password must be changed in the browser first.
    """
    if not 1 <= days <= MAX_TOKEN_DAYS:
        raise invalid("days", _("Between 1 and %(days)d days.") % {"days": MAX_TOKEN_DAYS})
    user = lockout.authenticate(username, password)
    if user is None:
        raise invalid(
            "password",
            _("Login name and password do not match, or there were too many wrong attempts."),
            code="login_failed",
        )
    if user.must_change_password:
        raise NotPermitted(
            _("Log in with the browser and choose a password of your own first."),
            code="must_change_password",
        )
    with transaction.atomic():
        AuthToken.objects.filter(user=user, expiry__lte=clock.now()).delete()
        token, text = AuthToken.objects.create(user=user, expiry=timedelta(days=days))
        _record(user, "token.created", "token", token.token_key, user)
    return NewToken(token, text)


@transaction.atomic
def revoke_token(*, actor: User, token: AuthToken) -> None:
    """Revoke a token of the actor himself.

    Raises:
        NotPermitted: it is somebody else's.
    """
    if token.user_id != actor.pk:
        raise NotPermitted(_("This token is not yours."), code="not_owner")
    key = token.token_key
    token.delete()
    _record(actor, "token.revoked", "token", key, actor)


def _require_owner_or_administrator(actor: Actor, user: User) -> None:
    if actor is None or actor.pk != user.pk:
        require_account_administrator(actor, user, *SESSION_ADMINISTRATORS)


def _record(actor: Actor, action: str, object_type: str, object_id: str | int, user: User) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type=object_type,
        object_id=object_id,
        office_id=user.office_id,
        details={"user": user.pk},
    )
