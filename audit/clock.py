"""The application's one clock, in Beijing time.

Nothing else in Procuracy asks the machine for the time. Under test (`settings.TESTING`) the clock can
be set: in the process with `frozen`, and for servers in other processes with the file that
`TEST_CLOCK_FILE` names (one ISO instant). Outside tests both are ignored.

Workers on several machines must agree what is due: they ask `of_database`, the one clock they share. Under
test it follows the clock above, unless `TEST_DATABASE_CLOCK` is "database": then PostgreSQL answers, however
wrong the clock of the process is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

BEIJING = ZoneInfo("Asia/Shanghai")
_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)
_silent: ContextVar[bool] = ContextVar("silent_clock", default=False)


def now() -> datetime:
    """Return the present instant, aware, in Beijing time.

    Raises:
        RuntimeError: within `silent`.
    """
    if _silent.get():
        raise RuntimeError("What is written here stays: it may not depend on the time.")
    if settings.TESTING:
        if (instant := _frozen.get()) is not None:
            return instant
        if settings.TEST_CLOCK_FILE and (path := Path(settings.TEST_CLOCK_FILE)).exists():
            return datetime.fromisoformat(path.read_text().strip()).astimezone(BEIJING)
    return datetime.now(tz=BEIJING)


def today() -> date:
    """Return the present day in Beijing."""
    return now().date()


def of_database() -> datetime:
    """Return the instant at which the database reads this, aware, in Beijing time.

    Whoever claims work asks this: a worker whose own clock is wrong sends nothing early and misses nothing.
    """
    if settings.TESTING and settings.TEST_DATABASE_CLOCK != "database":
        return now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        instant: datetime = cursor.fetchone()[0]
    return instant.astimezone(BEIJING)


@contextmanager
def silent() -> Iterator[None]:
    """Refuse to tell the time inside the block, which writes something that outlives the moment."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Set the clock of this process to `instant` (aware, or naive Beijing time), under test only.

    Raises:
        RuntimeError: outside the test environment.
    """
    if not settings.TESTING:
        raise RuntimeError("The clock can be set only under test.")
    aware = instant if instant.tzinfo else instant.replace(tzinfo=BEIJING)
    token = _frozen.set(aware.astimezone(BEIJING))
    try:
        yield
    finally:
        _frozen.reset(token)
