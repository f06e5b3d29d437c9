"""Celery as the Procfile runs it, one session of processes for each line, and a broker of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import redis

from procuracy.embedded import programs, valkey
from procuracy.embedded.home import Home
from procuracy.embedded.processes import start_tick
from procuracy.embedded.valkey import Valkey
from procuracy.operations.supervisor import read_procfile
from tests.support import database, office
from tests.support.waiting import wait_until

START_SECONDS = 90
QUEUE = "celery"


class Broker:
    """A broker that can be silenced, ended and started again at the same address."""

    def __init__(self, server: Valkey) -> None:
        self.server = server
        server.start()
        self.url = server.url

    @property
    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url, socket_timeout=5)

    def queued(self) -> int:
        """Return how many tasks wait for a worker."""
        with self.client as client:
            return int(client.llen(QUEUE))

    def flush(self) -> None:
        """Forget everything (`FLUSHALL`) and break every connection, on which a task may be on its way."""
        with self.client as client:
            client.flushall()
            client.client_kill_filter(_type="normal", skipme=True)

    def origins(self) -> set[str]:
        """Return which processes have put the tasks that wait into the queue."""
        with self.client as client:
            tasks = [json.loads(text) for text in client.lrange(QUEUE, 0, -1)]
        return {task["headers"]["origin"] for task in tasks}

    def silence(self) -> None:
        """Let it accept connections and answer nobody."""
        assert self.server.process is not None
        self.server.process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        """End it; from now on connections are refused."""
        assert self.server.process is not None
        self.server.process.kill()
        self.server.process.wait()

    def start_again(self) -> None:
        """Start it, empty, where it was before."""
        with pytest.MonkeyPatch.context() as patch:
            port = self.server.port
            patch.setattr(valkey, "free_port", lambda: port)
            self.server.start()


@contextmanager
def own_broker() -> Iterator[Broker]:
    """Run a broker only this test knows."""
    with office.temporary_home() as place:
        home = Home.open(place)
        broker = Broker(Valkey(home, programs.prepare(home)))
        try:
            yield broker
        finally:
            broker.kill()


def _of_session(leader: int) -> list[int]:
    """Return the running processes of the session that `leader` began."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            pid = int(folder.name)
            if os.getsid(pid) == leader and start_tick(pid) is not None:
                found.append(pid)
    return found


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


class Processes:
    """Processes of the Procfile: `worker`, `beat` or several of them; each belongs to a home."""

    def __init__(self, variables: Mapping[str, str], folder: Path) -> None:
        self.variables, self.folder = variables, folder
        self.running: list[subprocess.Popen[bytes]] = []
        self.log = folder / "celery.log"

    def start(self, *names: str, home: str = "home") -> None:
        """Start the named lines of the Procfile."""
        place = self.folder / home
        (place / "run").mkdir(parents=True, exist_ok=True)
        for name in names:
            with self.log.open("ab") as log:
                self.running.append(
                    subprocess.Popen(
                        ["/bin/sh", "-c", f"exec {read_procfile()[name]}"],
                        cwd=database.ROOT,
                        env=dict(self.variables) | {"PROCURACY_HOME": str(place)},
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=subprocess.STDOUT,
                        start_new_session=True,
                    )
                )

    @property
    def pids(self) -> list[int]:
        """The processes and their children."""
        return [pid for process in self.running for pid in _of_session(process.pid)]

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to all of them at once."""
        _signal(self.pids, number)

    def kill(self) -> int:
        """End everything with SIGKILL; return how many processes that were."""
        killed = self.pids
        while left := self.pids:
            _signal(left, signal.SIGKILL)
        for process in self.running:
            process.wait()
        self.running.clear()
        return len(killed)

    def wait_until_working(self, broker: Broker) -> None:
        """Return when a worker takes tasks from the broker."""
        with broker.client as client:
            wait_until(
                lambda: any(row["cmd"] == "brpop" for row in client.client_list()),
                seconds=START_SECONDS,
                what="a worker that waits for tasks",
            )

    def cpu_seconds(self) -> float:
        """Return the processor time all of them have used so far."""
        ticks = 0
        for pid in self.pids:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def processes(variables: Mapping[str, str], folder: Path) -> Iterator[Processes]:
    """Yield a group that is ended in any case."""
    group = Processes(variables, folder)
    try:
        yield group
    finally:
        group.kill()
