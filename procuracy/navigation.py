"""The side navigation: one list for the whole house.

An entry names a page; where no room offers that page there is no entry, and so no dead link.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import DECIDER_ROLES, Role, User
from audit.errors import Text
from cases.lifecycle.apart import REGISTERING
from cases.selectors.rights import works_somewhere
from exchange.selectors import MAY_REGISTER

_CASEWORK = frozenset(Role) - {
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDITOR,
}
_EVERYBODY = frozenset(Role)


@dataclass(frozen=True)
class Entry:
    """One line of the navigation.

    Attributes:
        page: the name of the page.
        roles: who sees the line; the page itself decides what its visitor may see.
        hotkey: keys pressed one after the other, listed on the help page.
        count: how many things there wait for the person; None where a number demands nothing.
    """

    title: Text
    page: str
    roles: frozenset[Role] = _CASEWORK
    hotkey: str = ""
    count: Callable[[User], int] | None = None


@dataclass(frozen=True)
class Group:
    title: Text
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Line:
    """An entry as one person sees it on one page."""

    title: Text
    address: str
    hotkey: str
    current: bool
    count: int


GROUPS: tuple[Group, ...] = (
    Group(
        _("Workbench"),
        (
            Entry(_("My work"), "home", _EVERYBODY, "g q"),
            Entry(_("Proposals"), "proposal_list", hotkey="g p"),
            Entry(
                _("Assignment"),
                "assignment",
                frozenset({Role.DEPARTMENT_HEAD, Role.CHIEF}),
                "g a",
            ),
            Entry(_("Notifications"), "notification_list", _EVERYBODY, "g n"),
        ),
    ),
    Group(
        _("Casework"),
        (
            Entry(_("Leads"), "lead_list", hotkey="g l"),
            Entry(_("Cases"), "case_list", hotkey="g c"),
            Entry(
                _("Transferred cases"),
                "transfer_list",
                frozenset({Role.INTAKE, Role.CASE_MANAGEMENT}),
            ),
            Entry(_("Documents"), "document_list", hotkey="g d"),
            Entry(_("Exhibits"), "exhibit_register", hotkey="g e"),
            Entry(_("Papers in and out"), "paper_list", hotkey="g i"),
            Entry(_("Service and replies"), "service_list"),
            Entry(_("Recommendations"), "recommendation_board"),
            Entry(_("Obligations"), "obligation_register"),
            Entry(_("Recommendations on governance"), "governance_register"),
            Entry(pgettext_lazy("navigation", "Deadlines"), "deadline_list"),
            Entry(
                _("To be confirmed"),
                "confirmation_list",
                frozenset({Role.DEPARTMENT_HEAD, Role.CASE_MANAGEMENT}),
            ),
            Entry(_("Deadline calculator"), "deadline_calculator", _EVERYBODY),
        ),
    ),
    Group(
        _("Administration"),
        (
            Entry(_("Statistics"), "statistics", _CASEWORK | {Role.AUDITOR}, "g s"),
            Entry(_("Periods of law"), "rulebook", _EVERYBODY),
            Entry(_("Document types"), "document_type_list", _EVERYBODY),
            Entry(_("Working calendar"), "calendar_year_list", _EVERYBODY),
            Entry(_("Administrative bodies"), "body_list"),
            Entry(_("Courts"), "court_list", _EVERYBODY),
            Entry(_("Eligible subjects"), "subject_list", _EVERYBODY),
            Entry(_("Offices"), "office_list", _EVERYBODY),
            Entry(_("People"), "user_list", _EVERYBODY),
            Entry(_("Approval routes"), "route_list", frozenset({Role.CHIEF})),
            Entry(_("Audit record"), "audit_log", frozenset({Role.AUDITOR})),
        ),
    ),
)


@dataclass(frozen=True)
class Creation:
    """Something a person may create from wherever he is.

    Attributes:
        roles: who may, by the rule of the page itself.
        also: what must hold beside the role; asked only of who has one.
    """

    title: Text
    page: str
    icon: str
    roles: frozenset[Role]
    also: Callable[[User, set[Role]], bool] | None = None


@dataclass(frozen=True)
class Offer:
    """A creation as one person sees it."""

    title: Text
    address: str
    icon: str


# A case is not among them: it comes from the decision on a lead (T06).
CREATIONS: tuple[Creation, ...] = (
    Creation(_("Register a lead"), "lead_create", "folder", frozenset(REGISTERING.recorded_by)),
    Creation(_("Register a paper"), "paper_create", "document", frozenset(MAY_REGISTER)),
    Creation(_("Make a document"), "document_begin", "document", _CASEWORK, works_somewhere),
    Creation(_("Delegate"), "own_delegation_create", "people", frozenset(DECIDER_ROLES)),
    Creation(_("Authorise to sign"), "signing_create", "seal", frozenset({Role.CHIEF})),
    Creation(_("New office"), "office_create", "scales", frozenset({Role.SYSTEM_ADMINISTRATOR})),
    Creation(_("New user"), "user_create", "person", frozenset({Role.SYSTEM_ADMINISTRATOR})),
)


def address(page: str) -> str:
    """Return the path of `page`, or nothing when no room offers it."""
    return _address(page, get_urlconf())


@cache
def _address(page: str, addresses: str | None) -> str:
    """Look up a path once: every page shows thirty of them."""
    try:
        return reverse(page, urlconf=addresses)
    except NoReverseMatch:
        return ""


def lines(user: User, roles: set[Role], path: str) -> list[tuple[Text, Sequence[Line]]]:
    """Return the groups with the lines `user`, who holds `roles`, sees on the page at `path`."""
    offered = {entry.page: address(entry.page) for group in GROUPS for entry in group.entries}
    here = _current(offered, path)
    seen: list[tuple[Text, Sequence[Line]]] = []
    for group in GROUPS:
        entries = [e for e in group.entries if offered[e.page] and roles & e.roles]
        if entries:
            seen.append((group.title, [_line(e, offered[e.page], here, user) for e in entries]))
    return seen


def offers(user: User, roles: set[Role]) -> list[Offer]:
    """Return what `user`, who holds `roles` himself, may create."""
    allowed = [
        each
        for each in CREATIONS
        if roles & each.roles and (each.also is None or each.also(user, roles))
    ]
    found = [Offer(each.title, address(each.page), each.icon) for each in allowed]
    return [offer for offer in found if offer.address]


def _line(entry: Entry, path: str, here: str, user: User) -> Line:
    count = entry.count(user) if entry.count else 0
    return Line(entry.title, path, entry.hotkey, entry.page == here, count)


def _current(offered: dict[str, str], path: str) -> str:
    """Return the page that `path` lies below: the longest address wins, home is only itself."""
    fits = [page for page, start in offered.items() if start and _lies_below(path, start)]
    return max(fits, key=lambda page: len(offered[page]), default="")


def _lies_below(path: str, start: str) -> bool:
    return path == start if start == "/" else path.startswith(start)
