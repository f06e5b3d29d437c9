"""The start of the office, beside its two servers alone.

Goals: a second start within 5 seconds; the first one with the demonstration office within a minute.
"""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.measuring import Measured, seconds_of
from tests.support import office

ROUNDS = 5


def start_servers(home: Path) -> None:
    """Start PostgreSQL and the Redis-protocol server of a home, and end them."""
    with office.servers(home):
        pass


def start_office(home: Path, **others: str) -> float:
    """Return the seconds until the office has said its address; its end is not counted."""
    with office.running(home, **others) as running:
        return seconds_of(running.wait_until_ready)


def measured() -> list[Measured]:
    """Start a new office once, then its servers alone and the office again, in turn."""
    servers, again = [], []
    with office.temporary_home() as home:
        shown = start_office(home, PROCURACY_ENVIRONMENT="demonstration")
    with office.temporary_home() as home:
        first = start_office(home)
        for _ in range(ROUNDS):
            servers.append(seconds_of(lambda: start_servers(home)))
            again.append(start_office(home))
    return [
        Measured("the two servers alone, start and end", tuple(servers)),
        Measured("first start, without the demonstration office", (first,)),
        Measured("first start, with the demonstration office", (shown,)),
        Measured("second start", tuple(again)),
    ]
