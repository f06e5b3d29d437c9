"""Two connections at once: one goes on only when the other stands before its lock."""

from __future__ import annotations

import time

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
