"""Several processes run the tests: what each has of its own, what they share, and what stays together."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

# Their tests share an office that is long in the making, so one process runs all of a file. The mark of
# pytest-xdist for this does nothing with pytest 9.2 (its issue 1386).
TOGETHER = (
    "tests/procuracy/test_backup.py",
    "tests/procuracy/test_ordinary_user.py",
    "tests/procuracy/test_server.py",
    "tests/procuracy/test_server_end.py",
)
_NUMBERS = 20_000


class FilesTogether(LoadScopeScheduling):
    """Give each process test by test, but the tests of some files as one."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file in TOGETHER else nodeid


def serial() -> Iterator[int]:
    """Return numbers from 1 on, or from further up in a process that is not the first."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return count(1 + worker * _NUMBERS)


def common_folder(factory: pytest.TempPathFactory) -> Path:
    """Return a folder all processes of this run have."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def shared(
    folder: Path, name: str, make: Callable[[], Any], drop: Callable[[Any], None]
) -> Iterator[Any]:
    """Yield what the first process makes that asks for `name`; the last that needs it drops it."""
    place = folder / f"{name}.shared"
    with _locked(place):
        made, users = pickle.loads(place.read_bytes()) if place.exists() else (make(), 0)
        place.write_bytes(pickle.dumps((made, users + 1)))
    try:
        yield made
    finally:
        with _locked(place):
            _, users = pickle.loads(place.read_bytes())
            if users > 1:
                place.write_bytes(pickle.dumps((made, users - 1)))
            else:
                place.unlink()
                drop(made)


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    with place.with_suffix(".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
