"""Start the servers a command needs; decide in one place who sees which address."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from procuracy.embedded import errors, postgres, processes, programs, valkey
from procuracy.embedded.errors import CannotRun
from procuracy.embedded.home import Home
from procuracy.embedded.postgres import Postgres
from procuracy.embedded.valkey import Valkey

# Web and worker never see these.
OWNER_ONLY = ("DATABASE_OWNER_URL", "DATABASE_SUPERUSER_URL")
_ORDERS = {"postgres": signal.SIGINT}


@dataclass
class Services:
    """The running servers of one home and the environment that leads to them.

    Attributes:
        servers: the embedded servers this process started, by name; empty when outside ones serve.
        environment: every variable an administrator's command needs.
    """

    home: Home
    environment: dict[str, str]
    servers: dict[str, Postgres | Valkey] = field(default_factory=dict)

    @property
    def application_environment(self) -> dict[str, str]:
        """The environment without the owner's and the superuser's addresses."""
        return {name: value for name, value in self.environment.items() if name not in OWNER_ONLY}

    def ended(self) -> str | None:
        """Return the name of an embedded server that is no longer running, if there is one."""
        for name, server in self.servers.items():
            if server.process is not None and server.process.poll() is not None:
                return name
        return None


def outside_database() -> bool:
    return bool(os.environ.get("DATABASE_URL"))


def outside_redis() -> bool:
    return bool(os.environ.get("REDIS_URL"))


def stop_leftovers(home: Home) -> list[str]:
    """End what an earlier start of this home left running, and return the names of it."""
    left = {name: mark for name, mark in home.marks().items() if mark.alive()}
    for name in sorted(left, key=lambda name: name in ("postgres", "valkey")):
        processes.end(left[name], _ORDERS.get(name, signal.SIGTERM), seconds=15)
    home.write_state(processes={}, address=None, redis_port=None, supervisor=os.getpid())
    return list(left)


def _common(home: Home) -> dict[str, str]:
    """Return the variables that do not depend on a running server; what is set already stays."""
    values = {
        "PROCURACY_HOME": str(home.path),
        "PROCURACY_ENVIRONMENT": "demonstration",
    } | dict(os.environ)
    for name in ("SECRET_KEY", "AUDIT_KEY"):
        if not (values.get(name) or values.get(f"{name}_FILE")):
            home.secret(name.lower())
            values[f"{name}_FILE"] = str(home.secret_path(name.lower()))
    if outside_database():
        # With one role the owner is the application; /readyz then says that the audit is weak.
        values.setdefault("DATABASE_OWNER_URL", values["DATABASE_URL"])
    return values


def _database_addresses(home: Home, *, testing: bool) -> dict[str, str]:
    addresses = {
        "DATABASE_URL": postgres.url(home, postgres.APPLICATION),
        "DATABASE_OWNER_URL": postgres.url(home, postgres.OWNER),
    }
    if testing:
        addresses["DATABASE_SUPERUSER_URL"] = postgres.url(home, postgres.SUPERUSER)
    return addresses


@contextmanager
def started(home: Home, *, testing: bool = False) -> Iterator[Services]:
    """Hold the home, start the embedded servers it needs and stop them at the end.

    Raises:
        CannotRun: the home is in use, or a server does not start.
    """
    with ExitStack() as stack:
        stack.enter_context(home.locked())
        stop_leftovers(home)
        services = Services(home, _common(home))
        try:
            if not (outside_database() and outside_redis()):
                _start_embedded(services, stack, testing=testing)
        except OSError as error:
            raise errors.from_system(error, home.path) from error
        yield services


def _start_embedded(services: Services, stack: ExitStack, *, testing: bool) -> None:
    home = services.home
    home.require_free_space(64 * 1024**2)
    found = programs.prepare(home)
    if not outside_database():
        database = Postgres(home, found)
        stack.callback(database.stop)
        database.start()
        database.prepare_roles(may_create_databases=testing)
        services.servers["postgres"] = database
        services.environment |= _database_addresses(home, testing=testing)
    if not outside_redis():
        hints = Valkey(home, found)
        stack.callback(hints.stop)
        hints.start()
        services.servers["valkey"] = hints
        services.environment["REDIS_URL"] = hints.url
        home.write_state(redis_port=hints.port)


def _of_running(home: Home) -> Services:
    services = Services(home, _common(home))
    if not outside_database():
        services.environment |= _database_addresses(home, testing=False)
    if not outside_redis():
        port = home.read_state().get("redis_port")
        if not isinstance(port, int):
            raise CannotRun("Procuracy is just starting in this home; try again in a moment.")
        services.environment["REDIS_URL"] = valkey.url(home, port)
    return services


@contextmanager
def reached(home: Home) -> Iterator[Services]:
    """Use the servers that run in this home, or start them for the time of one command.

    Raises:
        CannotRun: they are needed and do not start.
    """
    if home.in_use():
        yield _of_running(home)
        return
    with started(home) as services:
        yield services


def environment_value(environment: Mapping[str, str], name: str) -> str:
    """Return a secret of `environment` given directly or as a file (`NAME` or `NAME_FILE`)."""
    if path := environment.get(f"{name}_FILE"):
        with open(path, encoding="utf-8") as handle:
            return handle.read().strip()
    return environment.get(name, "")
