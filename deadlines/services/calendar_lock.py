"""The working calendar stays as it is while a deadline is computed; publishing waits, and is waited for.

Whoever locks rows of statutory deadlines takes `keep_calendar` first. So no row is computed from a
calendar that is being replaced, and nobody waits in a circle.
"""

from __future__ import annotations

from django.db import connection

_CALENDAR = 7_210_405


def keep_calendar() -> None:
    """Keep the calendar as it is until the transaction ends; any number of transactions may."""
    _take("pg_advisory_xact_lock_shared")


def replace_calendar() -> None:
    """Wait until nobody computes from the calendar, and let nobody do so until the transaction ends."""
    _take("pg_advisory_xact_lock")


def _take(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_CALENDAR])
