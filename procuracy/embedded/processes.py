"""Recognise and end processes that an earlier start left behind.

A process number alone is no proof: the kernel gives numbers again. A process is ours when the
machine has not started anew since (boot id) and the process with that number began at the
recorded moment.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def boot_id() -> str:
    """Return the identity of this run of the machine."""
    return BOOT_ID.read_text(encoding="ascii").strip()


def start_tick(pid: int) -> int | None:
    """Return when process `pid` began, in clock ticks since boot; None when it is not running."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    # The name in parentheses may hold spaces; state is the first field after it, start the 20th.
    state, *others = fields.rpartition(")")[2].split()
    return None if state in "ZX" else int(others[18])


@dataclass(frozen=True)
class ProcessMark:
    """A process as it can be recognised later."""

    pid: int
    started: int
    boot: str

    @classmethod
    def of(cls, pid: int) -> ProcessMark | None:
        """Return the mark of the running process `pid`, or None when it has ended."""
        started = start_tick(pid)
        return None if started is None else cls(pid, started, boot_id())

    def alive(self) -> bool:
        """Tell whether this very process still runs."""
        return self.boot == boot_id() and start_tick(self.pid) == self.started

    def as_json(self) -> dict[str, int | str]:
        return asdict(self)


def end(mark: ProcessMark, first: signal.Signals, *, seconds: float) -> None:
    """End the marked process: `first`, and SIGKILL when it still runs after `seconds`."""
    for wish, wait in ((first, seconds), (signal.SIGKILL, 5.0)):
        if not mark.alive():
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(mark.pid, wish)
        limit = time.monotonic() + wait
        while mark.alive() and time.monotonic() < limit:
            time.sleep(0.02)
