"""Four processes that deliver, somebody who kills them, and a clock they share."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from tests.support import database

NUMBER = 4
# Between two kills, in seconds: twice as often as safety A1 asks, for deliveries are fast.
PAUSE = (0.05, 0.15)


def environment(database_url: str, **others: str) -> dict[str, str]:
    """Return the variables of a process of the office: the application role alone, in the test environment."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    return own | {
        "PROCURACY_ENVIRONMENT": "test",
        "DJANGO_SETTINGS_MODULE": "procuracy.settings",
        "DATABASE_URL": database_url,
        "LOG_LEVEL": "ERROR",
        "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', os.defpath)}",
        **others,
    }


class SharedClock:
    """The injected clock of the processes of a test."""

    def __init__(self, file: Path, instant: datetime) -> None:
        self.file, self.instant = file, instant
        self.forward(timedelta())

    def forward(self, step: timedelta) -> None:
        """Let it be later, for all at once: nobody reads half an instant."""
        self.instant += step
        partial = self.file.with_suffix(".partial")
        partial.write_text(self.instant.isoformat())
        partial.replace(self.file)


@contextmanager
def workers(variables: Mapping[str, str], *, number: int = NUMBER) -> Iterator[list[int]]:
    """Run real worker processes; yields the list of their ids so far."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.durability.workers", str(number)],
        cwd=database.ROOT,
        env=dict(variables),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    pids: list[int] = []
    reader = threading.Thread(target=lambda: pids.extend(int(line) for line in process.stdout))
    reader.start()
    try:
        yield pids
    finally:
        # The parent and every child at once, also one just born.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
        reader.join(timeout=10)


class Killer:
    """Kills a random one of the living workers with SIGKILL."""

    def __init__(self, pids: list[int]) -> None:
        self.pids = pids
        self.kills = 0
        self.chance = random.Random(1)

    def strike(self) -> None:
        if self.pids:
            try:
                os.kill(self.chance.choice(self.pids[-NUMBER:]), signal.SIGKILL)
                self.kills += 1
            except ProcessLookupError:
                return

    def strike_until(
        self, done: Callable[[], bool], *, seconds: float, alongside: Callable[[], object] = int
    ) -> None:
        """Kill until `done`, but not longer than `seconds`; do `alongside` after each kill."""
        until = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < until, f"not done after {seconds} seconds, {self.kills} kills"
            self.strike()
            alongside()
            time.sleep(self.chance.uniform(*PAUSE))
