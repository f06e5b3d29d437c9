"""Setting the clock of a test."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime

from audit import clock


def on(
    year: int, month: int, day: int, hour: int = 10, minute: int = 0
) -> AbstractContextManager[None]:
    """Set the clock of the test to a moment of Beijing time; the clock stands still."""
    return clock.frozen(datetime(year, month, day, hour, minute))
