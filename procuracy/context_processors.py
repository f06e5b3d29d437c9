"""What the frame of every page needs; asked for only when a page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from accounts import selectors
from accounts.models import Role, User
from audit.errors import Text
from procuracy import navigation

THEMES = ("light", "dark")
THEME_COOKIE = "theme"


# Who leads is shown as such, also when he handles cases himself.
LEADING = (Role.CHIEF, Role.DEPUTY_CHIEF, Role.DEPARTMENT_HEAD)


class Frame:
    """The person, the office and the navigation around a page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.idle_seconds = settings.SESSION_IDLE_SECONDS

    @cached_property
    def user(self) -> User | None:
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @cached_property
    def roles(self) -> set[Role]:
        return selectors.roles_of(self.user) if self.user else set()

    @property
    def role_titles(self) -> list[str]:
        ranked = [*LEADING, *(role for role in Role if role not in LEADING)]
        return [str(role.label) for role in ranked if role in self.roles]

    @cached_property
    def _acting_as(self) -> dict[Role, list[User]]:
        return selectors.acting_as(self.user) if self.user else {}

    @property
    def acting_for(self) -> list[tuple[str, User]]:
        """The roles this person exercises for somebody else today, with that person."""
        acting = self._acting_as.items()
        return [(str(role.label), delegator) for role, people in acting for delegator in people]

    @cached_property
    def offers(self) -> list[navigation.Offer]:
        """What this person may create; nobody creates in somebody else's name."""
        return navigation.offers(self.user, self.roles) if self.user else []

    @cached_property
    def navigation(self) -> list[tuple[Text, Sequence[navigation.Line]]]:
        if not self.user:
            return []
        roles = self.roles | self._acting_as.keys()
        return navigation.lines(self.user, roles, self.request.path)

    @property
    def density(self) -> str:
        return self.user.density if self.user else "compact"

    @property
    def theme(self) -> str:
        chosen = self.request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else "light"

    @property
    def path(self) -> str:
        """Where the language and theme switches return to."""
        if self.request.method == "GET":
            return self.request.get_full_path()
        # An answer to a POST has no address to come back to: the page with its form has.
        asked = urlsplit(self.request.headers.get("Referer", ""))
        return f"{asked.path or '/'}?{asked.query}".removesuffix("?")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template `frame`; nothing is read from the database until it is shown."""
    return {"frame": Frame(request)}
