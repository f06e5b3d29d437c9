"""Test databases: migrated once as owner, cloned, used as the application role.

The template is named after the migrations and declarations it was made from, so an unchanged tree
reuses it. Nothing here flushes: the TRUNCATE trigger stays on, and a test that commits works in a clone
of its own that is dropped after it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.db import connections

ROOT = Path(__file__).resolve().parents[2]
OWNER_URL = os.environ["DATABASE_OWNER_URL"]
APPLICATION_URL = os.environ["DATABASE_URL"]
# A superuser exists only where the tests brought their own cluster (script/test does).
SUPERUSER_URL = os.environ.get("DATABASE_SUPERUSER_URL", "")


def url_for(url: str, name: str) -> str:
    """Return `url` with its database replaced by `name`."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _connect(url: str):
    connection = psycopg2.connect(url)
    connection.autocommit = True
    return connection


def _fingerprint() -> str:
    """Hash what a migrated database depends on."""
    digest = hashlib.sha256()
    patterns = (
        "*/migrations/*.py",
        "*/lifecycle.py",
        "*/lifecycle/*.py",
        "*/machine.py",
        "*/grants.py",
        "*/models*.py",
        "*/models/*.py",
        "*/edges.py",
    )
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _exists(cursor, name: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return cursor.fetchone() is not None


def _migrate(name: str) -> None:
    environment = os.environ | {
        "DATABASE_OWNER_URL": url_for(OWNER_URL, name),
        "DATABASE_URL": url_for(APPLICATION_URL, name),
    }
    for command in (["migrate", "--database", "owner", "-v", "0"], ["apply_grants"]):
        result = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        if result.returncode:
            raise RuntimeError(
                f"manage.py {' '.join(command)} failed:\n{result.stdout}{result.stderr}"
            )


def template() -> str:
    """Return the name of the migrated template database, made when it is not there yet."""
    name = f"procuracy_template_{_fingerprint()}"
    lock = Path(tempfile.gettempdir()) / "procuracy_template.lock"
    # closing(): psycopg2's own context manager would open a transaction, in which no database is made.
    with (
        lock.open("w") as handle,
        closing(_connect(OWNER_URL)) as connection,
        connection.cursor() as cursor,
    ):
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not _exists(cursor, name):
            building = f"{name}_building"
            cursor.execute(f'DROP DATABASE IF EXISTS "{building}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{building}"')
            _migrate(building)
            cursor.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name


def use(name: str) -> None:
    """Let both connections of Django lead to the database `name`."""
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        connections.settings[alias]["NAME"] = name


def used_name() -> str:
    """Return the name of the database that is used."""
    return str(connections["default"].settings_dict["NAME"])


@contextmanager
def used(name: str, blocker: Any) -> Iterator[None]:
    """Use the database `name` and commit to it; afterwards the one that was used before."""
    previous = used_name()
    with blocker.unblock():
        use(name)
        try:
            yield
        finally:
            connections.close_all()
            use(previous)


def create(source: str, label: str) -> str:
    """Create a database from `source` and return its name, which begins with `label`."""
    name = f"{label}_{uuid.uuid4().hex[:12]}"
    with closing(_connect(OWNER_URL)) as connection, connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    return name


def drop(name: str) -> None:
    """Drop a database.

    The superuser ends what a thread of a test's own server has left open; where there is none, the owner
    may end no session and waits for those that are closing.
    """
    force = " WITH (FORCE)" if SUPERUSER_URL else ""
    with (
        closing(_connect(SUPERUSER_URL or OWNER_URL)) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"{force}')


@contextmanager
def clone(source: str, label: str = "test") -> Iterator[str]:
    """Create a database from `source`, yield its name and drop it after."""
    name = create(source, label)
    try:
        yield name
    finally:
        drop(name)
