"""`/healthz`: the process answers. `/readyz`: it can work, and if not, which part stands in the
way.

Both are open to everybody and therefore tell states only: no address, no version, no text of an
error.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents import fonts
from procuracy import durability, grants

MINIMUM_FREE_BYTES = 64 * 1024**2
# In these states the office works on: hints come from the sweep, weak privileges are told, not
# hidden.
TOLERATED = {"redis": "unreachable", "audit_privileges": "weak", "fonts": "folder_missing"}
GOOD = {"ok", "strong"}


@lru_cache(maxsize=1)
def _migrations_of_this_version() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    applied = MigrationRecorder(connection).applied_migrations()
    return "pending" if _migrations_of_this_version() - applied.keys() else "ok"


def _audit_privileges() -> str:
    return "weak" if grants.excess(connection) else "strong"


def _durability() -> str:
    return "weak" if durability.weaknesses(connection) else "strong"


def _redis() -> str:
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1
    ) as client:
        client.ping()
    return "ok"


def _storage() -> str:
    """Tell whether evidence and media can be written (object stores are not asked)."""
    for place in (settings.EVIDENCE_STORAGE, settings.MEDIA_ROOT):
        if "://" in str(place):
            continue
        folder = Path(place)
        while not folder.exists():
            folder = folder.parent
        if not (folder.is_dir() and os.access(folder, os.W_OK)):
            return "not_writable"
        if shutil.disk_usage(folder).free < MINIMUM_FREE_BYTES:
            return "full"
    return "ok"


def _fonts() -> str:
    return "folder_missing" if fonts.font_set().missing_folders else "ok"


PARTS: dict[str, tuple[Callable[[], str], str]] = {
    "database": (_database, "unreachable"),
    "migrations": (_migrations, "unknown"),
    "audit_privileges": (_audit_privileges, "unknown"),
    "durability": (_durability, "unknown"),
    "redis": (_redis, "unreachable"),
    "storage": (_storage, "unknown"),
    "fonts": (_fonts, "missing"),
}


def states() -> dict[str, str]:
    """Return the state of every part the office needs."""
    found = {}
    for name, (ask, trouble) in PARTS.items():
        try:
            found[name] = ask()
        except (DatabaseError, redis.RedisError, OSError, LookupError):
            found[name] = trouble
    return found


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that this process lives, whatever the database does."""
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the office can work, 503 when a part it needs does not."""
    found = states()
    failing = {name for name, state in found.items() if state not in GOOD}
    blocking = {name for name in failing if TOLERATED.get(name) != found[name]}
    status = "unavailable" if blocking else "degraded" if failing else "ready"
    return JsonResponse({"status": status} | found, status=503 if blocking else 200)
