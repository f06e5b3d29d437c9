"""Which deadlines the office owes, which are of others, which it only watches: conditions of the rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_

from django.db.models import Q

from deadlines.models import DeadlineKind
from deadlines.rulebook import PeriodRule, rulebooks


def _of_rules(chosen: Callable[[PeriodRule], bool]) -> Q:
    """Return the condition that a deadline follows from a period of law that is one of the `chosen`."""
    books = [
        Q(
            rulebook=book.version,
            rule__in=[rule.id for rule in book.periods.values() if chosen(rule)],
        )
        for book in rulebooks().values()
    ]
    return reduce(or_, books)


def owed_by_office() -> Q:
    """Say of deadlines that the office is late when they lapse: by law, or by a period it set itself.

    One set by hand is nobody's but its holder's.
    """
    return _of_rules(lambda rule: rule.owed_by_office) | Q(kind=DeadlineKind.OFFICE)


def of_others() -> Q:
    """Say of deadlines that others owe them or may act in them; when one is over, no duty is late."""
    return _of_rules(lambda rule: not rule.owed_by_office)


def watched() -> Q:
    """Say of deadlines that the office only keeps an eye on them, in a closed matter too (law 14.2)."""
    return _of_rules(lambda rule: rule.watchdog)
