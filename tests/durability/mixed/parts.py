"""The real processes of an office, and each way to end and restart one of them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.db import connections

from procuracy.embedded.errors import CannotRun
from procuracy.embedded.postgres import Postgres
from tests.durability.celery_group import Broker, Processes, processes
from tests.support.waiting import wait_until

START_SECONDS = 90
# How long after a part is back a request may still fail that was sent before (safety A10 asks for 2).
GRACE_SECONDS = 2.0


@dataclass(frozen=True)
class Strike:
    """A part was ended and came back: from when to when (`time.monotonic`), and whether people feel it."""

    name: str
    begun: float
    ended: float
    felt: bool

    def explains(self, begun: float, ended: float) -> bool:
        """Say whether a request between these times may have failed because of it."""
        return self.felt and begun <= self.ended + GRACE_SECONDS and ended >= self.begun


class Parts:
    """Web, worker and beat as the Procfile runs them, and the two servers below."""

    def __init__(
        self,
        url: str,
        web: Processes,
        worker: Processes,
        beat: Processes,
        broker: Broker,
        database: Postgres,
    ) -> None:
        self.url, self.broker, self.database = url, broker, database
        self.ours = {"web": web, "worker": worker, "beat": beat}
        self.strikes: list[Strike] = []

    def start(self) -> None:
        """Start the processes and wait until they work."""
        for name, group in self.ours.items():
            group.start(name)
        self._wait_for_web()
        self.ours["worker"].wait_until_working(self.broker)

    def pids(self) -> dict[str, list[int]]:
        """Return the running processes of each part, the two servers' own among them."""
        found = {name: group.pids for name, group in self.ours.items()}
        for name, server in (("postgres", self.database), ("valkey", self.broker.server)):
            found[name] = [server.process.pid] if server.process else []
        return found

    def ways(self) -> list[tuple[str, bool, Callable[[], None]]]:
        """Return every strike: its name, whether people may feel it, and how it is done."""
        term, kill = signal.SIGTERM, signal.SIGKILL
        return [
            ("one web process, SIGTERM", False, lambda: self._child("web", term)),
            ("one web process, SIGKILL", True, lambda: self._child("web", kill)),
            ("web, SIGTERM", True, lambda: self._end("web", term)),
            ("web, SIGKILL", True, lambda: self._end("web", kill)),
            ("one worker process, SIGKILL", False, lambda: self._child("worker", kill)),
            ("worker, SIGTERM", False, lambda: self._end("worker", term)),
            ("worker, SIGKILL", False, lambda: self._end("worker", kill)),
            ("beat, SIGTERM", False, lambda: self._end("beat", term)),
            ("beat, SIGKILL", False, lambda: self._end("beat", kill)),
            ("Valkey, SIGTERM", False, lambda: self._broker(term)),
            ("Valkey, SIGKILL", False, lambda: self._broker(kill)),
            # SIGTERM would wait for every client to leave; SIGINT is the polite end (`-m fast`).
            ("PostgreSQL, SIGINT", True, lambda: self._database(signal.SIGINT)),
            ("PostgreSQL, SIGKILL", True, lambda: self._database(kill)),
        ]

    def strike(self, name: str, felt: bool, way: Callable[[], None]) -> None:
        """End a part in one way and bring it back."""
        begun = time.monotonic()
        way()
        self.strikes.append(Strike(name, begun, time.monotonic(), felt))

    def _child(self, part: str, number: signal.Signals) -> None:
        group = self.ours[part]
        leader = group.running[0].pid
        before = [pid for pid in group.pids if pid != leader]
        os.kill(before[0], number)
        wait_until(
            lambda: before[0] not in group.pids and len(group.pids) > len(before),
            seconds=START_SECONDS,
            what=f"another process of {part}",
        )

    def _end(self, part: str, number: signal.Signals) -> None:
        group = self.ours[part]
        if number == signal.SIGTERM:
            group.running[0].terminate()
            group.running[0].wait(timeout=START_SECONDS)
        group.kill()
        group.start(part)
        if part == "web":
            self._wait_for_web()
        if part == "worker":
            group.wait_until_working(self.broker)

    def _broker(self, number: signal.Signals) -> None:
        if number == signal.SIGKILL:
            self.broker.kill()
        else:
            self.broker.server.stop()
        self.broker.start_again()

    def _database(self, number: signal.Signals) -> None:
        process = self.database.process
        assert process is not None
        process.send_signal(number)
        process.wait(timeout=60)
        connections.close_all()
        limit = time.monotonic() + START_SECONDS
        while True:
            try:
                self.database.start()
            except CannotRun:
                # What the killed server left is still ending.
                assert time.monotonic() < limit
                time.sleep(0.1)
            else:
                return

    def _wait_for_web(self) -> None:
        wait_until(self._answers, seconds=START_SECONDS, what="the web server")

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=5):
                return True
        except (URLError, ConnectionError, TimeoutError):
            return False


@contextmanager
def running_parts(
    variables: Mapping[str, str], folder: Path, url: str, broker: Broker, database: Postgres
) -> Iterator[Parts]:
    """Run everything, and end it in any case."""
    with ExitStack() as stack:
        groups = [stack.enter_context(processes(variables, folder)) for _ in range(3)]
        parts = Parts(url, *groups, broker, database)
        parts.start()
        yield parts
