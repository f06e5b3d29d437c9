"""Waiting for what other connections and processes do, never for a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import connection

WAITS_FOR_US = """
    SELECT EXISTS (SELECT 1 FROM pg_locks
                   WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))
"""


def wait_until_somebody_waits() -> None:
    """Return when another connection waits for a lock of this transaction."""
    deadline = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(WAITS_FOR_US)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("nobody waited")


def wait_until(condition: Callable[[], object], *, seconds: float, what: str) -> float:
    """Return how many seconds passed until `condition` held; fail when it does not within `seconds`."""
    begun = time.monotonic()
    while not condition():
        waited = time.monotonic() - begun
        assert waited < seconds, f"{what}: not within {seconds} seconds"
        time.sleep(0.02)
    return time.monotonic() - begun
