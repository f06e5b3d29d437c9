"""What waits for a person, gathered from every room: the home page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit import clock
from audit.errors import Text
from cases.registries import InboxItem
from cases.selectors.inbox import waiting_for

# Groups of `InboxItem`, in the order of the tabs.
TABS: dict[str, Text] = {
    "todo": _("To do"),
    "approval": _("To decide"),
    "mine": _("Started by me"),
    "notice": _("For information"),
}
OVERDUE, TODAY, WEEK, LATER, OPEN = "overdue", "today", "week", "later", "open"
SPANS: dict[str, Text] = {
    OVERDUE: _("Overdue"),
    TODAY: _("Due today"),
    WEEK: _("Due this week"),
    LATER: _("Later"),
    OPEN: _("Without a date"),
}
# Nobody needs telling that something is far away; these stand in the strip above the list.
COUNTED = (OVERDUE, TODAY, WEEK)


@dataclass(frozen=True)
class Section:
    """The items of one span of time."""

    code: str
    title: Text
    items: Sequence[InboxItem]


@dataclass(frozen=True)
class Tab:
    code: str
    title: Text
    number: int
    current: bool


@dataclass(frozen=True)
class Inbox:
    """The home page of one person: the tabs, and the sections of the chosen one."""

    tabs: Sequence[Tab]
    counted: Sequence[Section]
    sections: Sequence[Section]


def inbox(user: User, group: str, span: str = "") -> Inbox:
    """Return the inbox of `user` with the tab `group`, narrowed to `span` when one is named."""
    items = waiting_for(user)
    group = group if group in TABS else next(iter(TABS))
    sections = _sections(item for item in items if item.group == group)
    return Inbox(
        tabs=[
            Tab(code, title, sum(item.group == code for item in items), code == group)
            for code, title in TABS.items()
        ],
        counted=[section for section in sections if section.code in COUNTED],
        sections=[s for s in sections if s.items and span in ("", s.code)],
    )


def _sections(items: Iterable[InboxItem]) -> list[Section]:
    found: dict[str, list[InboxItem]] = {code: [] for code in SPANS}
    for item in items:
        found[_span(item.due)].append(item)
    return [Section(code, SPANS[code], rows) for code, rows in found.items()]


def _span(due: date | None) -> str:
    if due is None:
        return OPEN
    today = clock.today()
    if due < today:
        return OVERDUE
    if due == today:
        return TODAY
    return WEEK if due <= today + timedelta(days=6 - today.weekday()) else LATER
