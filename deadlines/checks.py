"""`manage.py check`: calendar and rulebook are sound, and name only kinds of events that exist."""

from __future__ import annotations

from typing import Any

from django.core import checks

from cases.registries import event_kinds
from deadlines.calendar import CalendarError, notices
from deadlines.rulebook import PeriodRule, Rulebook, RulebookError, rulebooks


def check_rulebooks(**kwargs: Any) -> list[checks.CheckMessage]:
    """Report an unreadable rulebook or calendar, and unregistered kinds of events."""
    try:
        notices()
        books = rulebooks()
    except (CalendarError, RulebookError) as error:
        return [checks.Error(str(error), id="deadlines.E001")]
    return [fault for book in books.values() for fault in _unknown_kinds(book)]


def _unknown_kinds(book: Rulebook) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"Rulebook {book.version}, {rule.id}: no room registers the kind of event {kind!r}.",
            hint="Correct the rulebook, or register the kind in AppConfig.ready().",
            id="deadlines.E002",
        )
        for rule in book.periods.values()
        for kind in _named_kinds(rule)
        if kind not in event_kinds
    ]


def _named_kinds(rule: PeriodRule) -> tuple[str, ...]:
    ends = (*rule.met_by, *rule.cancelled_by)
    return (*rule.start, *ends, *rule.extended_by, *rule.paused_by, *rule.resumed_by)


def register() -> None:
    """Add the check to Django's."""
    checks.register(check_rulebooks, "deadlines")
