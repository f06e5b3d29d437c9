"""Where the processes of one server count, so that any of them can tell the sum.

prometheus_client decides at its first import whether it counts in memory or in files; so `begin` comes before
it. A process that never began, a command or a test, counts for itself alone.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def place(home: Path) -> Path:
    """Return the folder of all counting processes of a home."""
    return home / "run" / "metrics"


def begin(home: Path, role: str) -> Path:
    """Let this process and its children count in a folder of their own; return it.

    The machine is in its name because containers that share a home all begin to number processes at 1. What
    servers of this machine left that run no more is removed: a restarted server counts from nothing.

    Raises:
        RuntimeError: this process counts in memory already.
    """
    if "prometheus_client" in sys.modules:
        raise RuntimeError("The metrics were imported before it was said where they are counted.")
    host = socket.gethostname()
    for left in place(home).glob(f"*-{host}-*"):
        if not _runs(int(left.name.rpartition("-")[2])):
            shutil.rmtree(left, ignore_errors=True)
    folder = place(home) / f"{role}-{host}-{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[VARIABLE] = str(folder)
    return folder


def _runs(pid: int) -> bool:
    """Say whether another process of that number runs; what bears our own was left by one before us."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid != os.getpid()


def files(home: Path) -> list[str]:
    """Return the files of all counting processes of a home."""
    return sorted(map(str, place(home).glob("*/*.db")))
