"""What the login library is told: no sign-up, one answer for every failed login, logins audited."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit import services as audit
from audit.middleware import client_address


def display_name(user: User) -> str:
    """Return how the login library names a user."""
    return user.name


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by the system administrator, never by their future holders."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        # The same sentence for a wrong password, an unknown name, a closed and a locked account.
        "username_password_mismatch": _(
            "Login name and password do not match, or there were too many wrong attempts. "
            "After several wrong attempts a login name is closed for some minutes; the system "
            "administrator of your office can open it earlier or give you a new password."
        ),
        "incorrect_password": _("The password is not correct."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave the limit of attempts to `accounts.lockout`; the library's own is not atomic."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing after login and logout: the next page shows who is logged in."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address the audit record shows; behind a socket there is none."""
        return client_address(request) or "0.0.0.0"  # noqa: S104 - a mark, nothing listens there

    def login(self, request: HttpRequest, user: User) -> None:
        with transaction.atomic():
            super().login(request, user)
            _record("user.login", user)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        with transaction.atomic():
            if isinstance(user, User):
                UserSession.objects.filter(session_key=request.session.session_key).delete()
                _record("user.logout", user)
            super().logout(request)


def _record(action: str, user: User) -> None:
    audit.record(
        actor=user,
        action=action,
        object_type="user",
        object_id=user.pk,
        office_id=user.office_id,
    )
