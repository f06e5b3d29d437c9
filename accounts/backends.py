"""The authentication backend: passwords behind the lockout, active users only."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from accounts import lockout
from accounts.models import User
from accounts.selectors import active_user


class LockedOutBackend(BaseBackend):
    """Checks a password through `accounts.lockout` and loads the user of a session."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        if username is None or password is None:
            return None
        return lockout.authenticate(username, password)

    def get_user(self, user_id: int) -> User | None:
        """Return the user of a session; nobody when the account was deactivated meanwhile.

        With him come his rights of the day, which every page asks for.
        """
        return active_user(user_id)
