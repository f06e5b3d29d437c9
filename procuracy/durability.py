"""The database must not forget what it confirmed (safety A12), and the start checks that.

With `synchronous_commit = off` a crash loses acknowledged acts; without full-page writes or
checksums a damaged page goes unnoticed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

FORBIDDEN = {
    "fsync": ("off",),
    "full_page_writes": ("off",),
    "synchronous_commit": ("off",),
    "data_checksums": ("off",),
}


def weaknesses(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the settings of the connected server that could lose or damage what was committed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(FORBIDDEN)]
        )
        found = {str(name): str(setting) for name, setting in cursor.fetchall()}
    return sorted(name for name, bad in FORBIDDEN.items() if found.get(name) in bad)


@register(Tags.database)
def check_durability(
    app_configs: Any, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """Refuse a database whose settings could lose an acknowledged act."""
    messages: list[CheckMessage] = []
    for alias in databases or ():
        try:
            weak = weaknesses(connections[alias])
        except OperationalError:
            # An unreachable database is told by the command that needs it.
            continue
        messages += [
            Error(
                f"The database may lose confirmed acts: {name} is off (alias {alias}).",
                hint=f"Set {name} = on in postgresql.conf"
                if name != "data_checksums"
                else "Stop the server and run pg_checksums --enable.",
                id="procuracy.E001",
            )
            for name in weak
        ]
    return messages
