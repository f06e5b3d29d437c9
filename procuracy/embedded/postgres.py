"""The embedded PostgreSQL: a cluster of its own, its roles, start and stop.

Checksums are on, passwords are scram-sha-256, and the only way in is a socket in a folder that is
closed to others. The cluster has three roles: the superuser (this module alone), the owner of the
tables (migrations, backups) and the application role, which owns nothing.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import sql

from procuracy.embedded import processes
from procuracy.embedded.errors import CannotRun
from procuracy.embedded.home import Home
from procuracy.embedded.programs import Programs, own_folder, spawn

MAJOR = "18"
DATABASE = "procuracy"
SUPERUSER = "postgres"
OWNER = "procuracy_owner"
APPLICATION = "procuracy_app"
START_SECONDS = 120
STOP_SECONDS = 30
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    # With 4 MB it forgets which rows of a million an index named for a common word, and takes texts apart to
    # find out: that takes a second and more.
    "work_mem": "16MB",
    "log_min_messages": "warning",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
}
_PASSWORDS = {
    SUPERUSER: "superuser_password",
    OWNER: "owner_password",
    APPLICATION: "application_password",
}


@dataclass
class Postgres:
    """The embedded cluster of one home."""

    home: Home
    programs: Programs
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def folder(self) -> Path:
        return self.home.path / "postgres"

    @property
    def cluster(self) -> Path:
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def start(self) -> None:
        """Make the cluster when there is none, start it and wait until it answers.

        Raises:
            CannotRun: it does not start; the sentence carries the last line of its log.
        """
        own_folder(self.programs, self.folder)
        sockets = own_folder(self.programs, self.folder / "sockets")
        if not self.cluster.exists():
            self.home.require_free_space()
            self._make_cluster()
        self._require_same_major()
        options = SETTINGS | {"unix_socket_directories": f'"{sockets}"'}
        arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        command = [self.programs.tool("postgres"), "-D", str(self.cluster), *arguments]
        with self.log.open("wb") as log:
            self.process = spawn(self.programs, command, self.folder, log)
        self.home.record_process("postgres", self.process.pid)
        self._wait(self.process)

    def _make_cluster(self) -> None:
        partial = self.folder / "cluster.partial"
        shutil.rmtree(partial, ignore_errors=True)
        own_folder(self.programs, partial)
        with self._password_file() as password, self.log.open("wb") as log:
            command = [
                self.programs.tool("initdb"),
                f"--pgdata={partial}",
                f"--username={SUPERUSER}",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums",
            ]
            code = spawn(self.programs, command, self.folder, log).wait()
        if code:
            raise self._failure("PostgreSQL could not make its cluster")
        partial.rename(self.cluster)

    @contextmanager
    def _password_file(self) -> Iterator[Path]:
        """Yield a file with the superuser's password that only the servers' user can read."""
        folder = own_folder(self.programs, self.folder / "initial")
        file = folder / "password"
        try:
            file.touch(mode=0o600)
            file.write_text(self.home.secret(_PASSWORDS[SUPERUSER]), encoding="ascii")
            if self.programs.uid is not None:
                shutil.chown(file, self.programs.uid)
            yield file
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _require_same_major(self) -> None:
        found = (self.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != MAJOR:
            raise CannotRun(
                f"The database in {self.cluster} was made by PostgreSQL {found}, this is {MAJOR}: "
                "back it up with the earlier version of Procuracy and restore it with this one."
            )

    def _failure(self, what: str) -> CannotRun:
        text = self.log.read_text(encoding="utf-8", errors="replace")
        if "No space left" in text:
            return CannotRun(
                f"The disk of {self.folder} is full, so {what}: free some space and start again."
            )
        lines = text.splitlines()
        telling = [line for line in lines if "FATAL" in line or "PANIC" in line or "error:" in line]
        last = (telling or lines or ["no message"])[-1].strip()
        return CannotRun(f"{what} ({last}); the log is {self.log}.")

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        limit = time.monotonic() + START_SECONDS
        while time.monotonic() < limit:
            if process.poll() is not None:
                raise self._failure("PostgreSQL ended at once")
            try:
                self.connect("postgres").close()
            except psycopg2.OperationalError:
                time.sleep(0.03)
            else:
                return
        raise CannotRun(
            f"PostgreSQL does not answer after {START_SECONDS} seconds; its log is {self.log}."
        )

    def stop(self) -> None:
        """End the server: sessions are broken off, everything committed is on disk."""
        if self.process is None:
            return
        if mark := processes.ProcessMark.of(self.process.pid):
            processes.end(mark, signal.SIGINT, seconds=STOP_SECONDS)
        self.process.wait()

    def connect(self, database: str) -> psycopg2.extensions.connection:
        """Return a connection of the superuser."""
        return psycopg2.connect(
            host=str(self.folder / "sockets"),
            user=SUPERUSER,
            password=self.home.secret(_PASSWORDS[SUPERUSER]),
            dbname=database,
        )

    def prepare_roles(self, *, may_create_databases: bool) -> None:
        """Bring the two roles and the database into being; only tests may create databases."""
        with closing(self.connect("postgres")) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                for role in (OWNER, APPLICATION):
                    self._prepare_role(cursor, role, role == OWNER and may_create_databases)
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(
                        sql.SQL("CREATE DATABASE {} OWNER {}").format(
                            sql.Identifier(DATABASE), sql.Identifier(OWNER)
                        )
                    )

    def _prepare_role(
        self, cursor: psycopg2.extensions.cursor, role: str, may_create_databases: bool
    ) -> None:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        right = "CREATEDB" if may_create_databases else "NOCREATEDB"
        cursor.execute(
            sql.SQL(
                "{} ROLE {} LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS {} PASSWORD %s"
            ).format(sql.SQL(verb), sql.Identifier(role), sql.SQL(right)),
            [self.home.secret(_PASSWORDS[role])],
        )


def url(home: Home, role: str) -> str:
    """Return the address of the database for `role`; both psycopg2 and Django understand it."""
    password = home.secret(_PASSWORDS[role])
    sockets = home.path / "postgres" / "sockets"
    return f"postgres://{role}:{password}@/{DATABASE}?host={quote(str(sockets))}"
