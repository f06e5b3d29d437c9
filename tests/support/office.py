"""A whole office as a person starts it: the real commands, a home and a port of its own.

Nothing is installed for it: the commands run in the environment the tests run in.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from procuracy.embedded import services
from procuracy.embedded.home import ROOT, Home
from procuracy.embedded.processes import ProcessMark, start_tick
from procuracy.embedded.services import Services
from procuracy.embedded.valkey import free_port

# What the tests' own servers are reached by must not lead an office of its own there.
_FOREIGN = ("DATABASE_", "REDIS_", "PROCURACY_", "SECRET_KEY", "AUDIT_KEY", "EVIDENCE_", "PYTEST_")
_READY_SECONDS = 240
_END_SECONDS = 30


def environment(home: Path, **others: str) -> dict[str, str]:
    """Return the variables of a person who starts the commands by hand, with `home` as the home."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    return own | {
        "PYTHON": sys.executable,
        "PROCURACY_VENV": sys.prefix,
        "PROCURACY_HOME": str(home),
        # Without the demonstration office, which takes longer than all the rest.
        "PROCURACY_ENVIRONMENT": "production",
        **others,
    }


def command(
    name: str, *arguments: str, home: Path, root: Path = ROOT, **others: str
) -> subprocess.CompletedProcess[str]:
    """Run `script/<name>` to its end."""
    return subprocess.run(
        [root / "script" / name, *arguments],
        env=environment(home, **others),
        capture_output=True,
        text=True,
        timeout=180,
    )


@contextmanager
def temporary_home() -> Iterator[Path]:
    """Yield a home that does not exist yet, in a folder every user can pass, and remove it after."""
    with tempfile.TemporaryDirectory(prefix="procuracy-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "home"


@contextmanager
def servers(home: Path) -> Iterator[Services]:
    """Run only the embedded servers of `home`, as the commands of an office find them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ.keys() - environment(home).keys():
            patch.delenv(name)
        with services.started(Home.open(home)) as running:
            yield running


@dataclass
class Office:
    """A running `script/server`.

    Attributes:
        output: what it has said so far, line by line, standard output and standard error together.
    """

    home: Path
    port: int
    process: subprocess.Popen[str]
    output: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        return "".join(self.output)

    @property
    def marks(self) -> dict[str, ProcessMark]:
        """The processes the office has started, as it wrote them down."""
        state = json.loads((self.home / "run" / "state.json").read_text())
        return {name: ProcessMark(**mark) for name, mark in state["processes"].items()}

    def listen(self) -> None:
        """Collect the output until it ends."""
        for line in self.process.stdout or ():
            self.output.append(line)

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body of a page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.status, answer.read()

    def wait_until_ready(self) -> Office:
        """Return when the office has said its address; fail with its words when it does not."""
        limit = time.monotonic() + _READY_SECONDS
        while "Procuracy runs at" not in self.said:
            assert self.process.poll() is None, f"The office ended:\n{self.said}"
            assert time.monotonic() < limit, f"The office is not ready:\n{self.said}"
            time.sleep(0.02)
        return self

    def interrupt(self) -> int:
        """Press Ctrl-C and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.wait()

    def wait(self) -> int:
        """Return the exit code when the office has ended."""
        return self.process.wait(timeout=_END_SECONDS)


def processes_of(home: Path) -> list[str]:
    """Return the command lines of all running processes that know of `home`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            known = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if bytes(home) in known and start_tick(int(folder.name)) is not None:
            found.append((folder / "cmdline").read_text().replace("\0", " "))
    return found


def wait_until_gone(home: Path) -> None:
    """Fail when something of the office still runs some seconds later."""
    limit = time.monotonic() + 5
    while (left := processes_of(home)) and time.monotonic() < limit:
        time.sleep(0.05)
    assert not left


@contextmanager
def running(
    home: Path, *, prefix: tuple[str, ...] = (), root: Path = ROOT, **others: str
) -> Iterator[Office]:
    """Start the office of `home` (by way of the command `prefix`) and end it after."""
    variables: Mapping[str, str] = environment(home, PORT=str(free_port()), **others)
    process = subprocess.Popen(
        [*prefix, root / "script/server"],
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A terminal of its own, so to speak: Ctrl-C reaches the whole group.
        start_new_session=True,
    )
    office = Office(home, int(variables["PORT"]), process)
    listener = threading.Thread(target=office.listen, daemon=True)
    listener.start()
    try:
        yield office
    finally:
        if process.poll() is None:
            office.interrupt()
        listener.join(timeout=5)


# --- another user --------------------------------------------------------------------------------

# An account every Linux has, other than the one root's servers run as.
ORDINARY = pwd.getpwnam("daemon")
_NOT_OF_THE_PROGRAM = shutil.ignore_patterns(".*", "tests")
_NOT_OF_PYTHON = shutil.ignore_patterns("test", "site-packages", "ensurepip", "*.a")
_NOT_OF_PACKAGES = shutil.ignore_patterns("playwright", "mypy")
_VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"


def _link(source: str, target: str) -> None:
    """Take a file along, compiled code with the time of its source; uncopied where the disk is the same."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@dataclass(frozen=True)
class Copy:
    """The program, its packages and its Python where another user can read them."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "program"

    @property
    def variables(self) -> dict[str, str]:
        """What leads the commands to the copy."""
        return {
            "PYTHON": str(self.folder / "python/bin/python3"),
            "PROCURACY_VENV": str(self.folder / "packages"),
            "LD_LIBRARY_PATH": str(self.folder / "python/lib"),
            "HOME": str(self.folder),
        }

    def make(self) -> Copy:
        """Make the copy and return it."""
        shutil.copytree(ROOT, self.root, ignore=_NOT_OF_THE_PROGRAM)
        self._python(Path(sys.base_prefix), self.folder / "python")
        self._packages(Path(sys.prefix), self.folder / "packages")
        return self

    def _python(self, source: Path, target: Path) -> None:
        library = Path("lib", _VERSION)
        shutil.copytree(
            source / library, target / library, ignore=_NOT_OF_PYTHON, copy_function=_link
        )
        for file in (source / "lib").glob("libpython*.so*"):
            shutil.copy(file, target / "lib")
        (target / "bin").mkdir()
        shutil.copy(source / "bin" / _VERSION, target / "bin/python3")

    def _packages(self, source: Path, target: Path) -> None:
        packages = Path("lib", _VERSION, "site-packages")
        shutil.copytree(
            source / packages, target / packages, ignore=_NOT_OF_PACKAGES, copy_function=_link
        )
        shutil.copy(source / "procuracy-requirements", target)
        (target / "pyvenv.cfg").write_text(f"home = {self.folder / 'python/bin'}\n")
        (target / "bin").mkdir()
        (target / "bin/python").symlink_to(self.folder / "python/bin/python3")
        for name in ("gunicorn", "celery"):
            _, *lines = (source / "bin" / name).read_text().splitlines()
            script = target / "bin" / name
            script.write_text("\n".join([f"#!{target / 'bin/python'}", *lines, ""]))
            script.chmod(0o755)
