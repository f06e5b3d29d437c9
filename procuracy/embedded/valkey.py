"""The embedded Valkey: wake-up hints for Celery, kept in memory only.

It listens on the loopback address behind a password. Nothing is lost with it: the sweep finds
every due thing in PostgreSQL.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import redis

from procuracy.embedded import processes
from procuracy.embedded.errors import CannotRun
from procuracy.embedded.home import Home
from procuracy.embedded.programs import Programs, own_folder, spawn

START_SECONDS = 20
STOP_SECONDS = 5


def free_port() -> int:
    """Return a loopback port nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Valkey:
    """The embedded Redis-protocol server of one home."""

    home: Home
    programs: Programs
    port: int = field(default=0, init=False)
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def folder(self) -> Path:
        return self.home.path / "valkey"

    @property
    def url(self) -> str:
        return url(self.home, self.port)

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises:
            CannotRun: it does not start.
        """
        own_folder(self.programs, self.folder)
        self.port = free_port()
        with (self.folder / "log").open("wb") as log:
            self.process = spawn(
                self.programs, [self.programs.valkey, "-"], self.folder, log, stdin=subprocess.PIPE
            )
        # The password goes in by standard input, where no list of processes shows it.
        if self.process.stdin:
            with self.process.stdin as settings:
                settings.write(self._settings())
        self.home.record_process("valkey", self.process.pid)
        self._wait(self.process)

    def _settings(self) -> bytes:
        lines = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "requirepass": self.home.secret("redis_password"),
            "dir": str(self.folder),
            "save": '""',
            "appendonly": "no",
        }
        return "".join(f"{name} {value}\n" for name, value in lines.items()).encode()

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        limit = time.monotonic() + START_SECONDS
        with redis.Redis.from_url(self.url, socket_timeout=2) as client:
            while time.monotonic() < limit and process.poll() is None:
                try:
                    client.ping()
                except redis.ConnectionError:
                    time.sleep(0.02)
                else:
                    return
        raise CannotRun(f"Valkey does not start; its log is {self.folder / 'log'}.")

    def stop(self) -> None:
        """End the server; what it holds is forgotten."""
        if self.process is None:
            return
        if mark := processes.ProcessMark.of(self.process.pid):
            processes.end(mark, signal.SIGTERM, seconds=STOP_SECONDS)
        self.process.wait()


def url(home: Home, port: int) -> str:
    """Return the address of the embedded server on `port`."""
    return f"redis://:{home.secret('redis_password')}@127.0.0.1:{port}/0"
