"""A PostgreSQL of a test's own, which it may stop as hard as it likes."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import environ
from django.db import connections

from procuracy.embedded.postgres import Postgres
from procuracy.operations import places
from tests.durability.killing import environment
from tests.support import database, office

_LEADING = ("NAME", "HOST", "PORT", "USER", "PASSWORD", "OPTIONS")


def _client(program: str, url: str, *arguments: str) -> None:
    subprocess.run(
        [places.client_program(program), "--no-password", *arguments],
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"} | places.client_environment(url),
        check=True,
        capture_output=True,
    )


def _fill(source: str, variables: Mapping[str, str], dump: Path) -> None:
    """Copy the database `source` of the tests into the office's own, with the application's rights."""
    owner = variables["DATABASE_OWNER_URL"]
    place = places.client_environment(owner)["PGDATABASE"]
    _client(
        "pg_dump", database.url_for(database.OWNER_URL, source), "--format=custom", f"--file={dump}"
    )
    whole = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _client("pg_restore", owner, *whole, f"--dbname={place}", str(dump))
    command = [sys.executable, "manage.py", "apply_grants", "-v", "0"]
    rights = environment(variables["DATABASE_URL"], DATABASE_OWNER_URL=owner)
    subprocess.run(command, cwd=database.ROOT, env=rights, check=True, capture_output=True)


def _lead_to(settings: Mapping[str, Any]) -> None:
    connections["default"].close()
    connections["default"].settings_dict.update(settings)
    connections.settings["default"].update(settings)


@contextmanager
def _led_to(url: str, blocker: Any) -> Iterator[None]:
    """Let Django's connection lead to `url`, and commit there."""
    config = environ.Env.db_url_config(url)
    before = {name: connections["default"].settings_dict[name] for name in _LEADING}
    with blocker.unblock():
        _lead_to({name: config.get(name, before[name]) for name in _LEADING})
        try:
            yield
        finally:
            connections.close_all()
            _lead_to(before)


class OwnDatabase:
    """The running server of a test."""

    def __init__(self, server: Postgres, url: str) -> None:
        self.server, self.url = server, url

    def crash(self) -> None:
        """Stop it like `pg_ctl stop -m immediate`: nothing is written any more; then start it again."""
        process = self.server.process
        assert process is not None
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=60)
        connections.close_all()
        self.server.start()


@contextmanager
def own_database(source: str, blocker: Any) -> Iterator[OwnDatabase]:
    """Start a server with a copy of the database `source` and let Django use it."""
    with office.temporary_home() as home, office.servers(home) as running:
        url = running.environment["DATABASE_URL"]
        _fill(source, running.environment, home.parent / "copy.dump")
        with _led_to(url, blocker):
            yield OwnDatabase(running.servers["postgres"], url)
