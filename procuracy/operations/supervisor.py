"""Run the processes of the `Procfile` as one group: they start together and end together."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from procuracy.embedded.home import ROOT, Home
from procuracy.operations.speech import say

STOP_SECONDS = 15
_LINE = re.compile(r"^([A-Za-z0-9_-]+):\s*(.+)$")


def read_procfile(path: Path = ROOT / "Procfile") -> dict[str, str]:
    """Return the commands of a Procfile by process name."""
    found = (_LINE.match(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {match[1]: match[2] for match in found if match}


class Supervisor:
    """A group of processes whose output is shown line by line under their names."""

    def __init__(
        self, home: Home, commands: Mapping[str, str], environment: Mapping[str, str]
    ) -> None:
        self.home = home
        self.commands = commands
        self.environment = environment
        self.processes: dict[str, subprocess.Popen[str]] = {}
        self.readers: list[threading.Thread] = []

    def start(self) -> None:
        """Start every process, out of reach of the terminal's Ctrl-C: `stop` ends them in order."""
        for name, command in self.commands.items():
            # `exec` keeps no shell between: the process recorded is the process that works.
            process = subprocess.Popen(
                ["/bin/sh", "-c", f"exec {command}"],
                cwd=ROOT,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                start_new_session=True,
            )
            self.processes[name] = process
            self.home.record_process(name, process.pid)
            reader = threading.Thread(target=self._show, args=(name, process), daemon=True)
            reader.start()
            self.readers.append(reader)

    def _show(self, name: str, process: subprocess.Popen[str]) -> None:
        width = max(map(len, self.commands))
        for line in process.stdout or ():
            say(f"{name:{width}} | {line.rstrip()}")

    def ended(self) -> str | None:
        """Return what has ended by itself, as a clause of a sentence, if anything has."""
        for name, process in self.processes.items():
            if (code := process.poll()) is not None:
                how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
                return f"{name} ended ({how})"
        return None

    def watch(self, others_ended: Callable[[], str | None]) -> str:
        """Return the clause about the first process, or the first of the others, that ends."""
        while True:
            if clause := self.ended():
                return clause
            if name := others_ended():
                return f"{name} ended"
            time.sleep(0.2)

    def stop(self) -> None:
        """Ask every process to end, then make it."""
        self._ask()
        limit = time.monotonic() + STOP_SECONDS
        while self._running() and time.monotonic() < limit:
            time.sleep(0.05)
        self._kill()
        for process in self.processes.values():
            process.wait()
        for reader in self.readers:
            reader.join(timeout=1)

    def _running(self) -> bool:
        return any(process.poll() is None for process in self.processes.values())

    def _ask(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()

    def _kill(self) -> None:
        """End what is left, children of the processes among it."""
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
