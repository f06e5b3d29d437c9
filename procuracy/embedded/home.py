"""The home folder: everything of one office on this machine, and who may reach what in it.

secrets/   passwords and keys, 0600
run/       lock, process marks
programs/  the servers' programs, copied here only for root
postgres/  cluster, socket, log (owned by the user the database runs as)
evidence/ media/ static/   the application's files
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from procuracy.embedded import errors
from procuracy.embedded.errors import CannotRun
from procuracy.embedded.processes import ProcessMark

ROOT = Path(__file__).resolve().parents[2]
MINIMUM_FREE_BYTES = 300 * 1024**2
# A socket's path may have 107 bytes; this leaves room for "postgres/sockets/.s.PGSQL.5432".
LONGEST_HOME = 70
SECRET_NAMES = (
    "superuser_password",
    "owner_password",
    "application_password",
    "redis_password",
    "secret_key",
    "audit_key",
)


def is_root() -> bool:
    return os.geteuid() == 0


def service_uid() -> int:
    """Return the user the servers run as when root starts them (`PROCURACY_SERVICE_UID`).

    Raises:
        CannotRun: the variable is no number above zero.
    """
    text = os.environ.get("PROCURACY_SERVICE_UID", "65534")
    if not text.isdigit() or int(text) == 0:
        raise CannotRun(
            f"PROCURACY_SERVICE_UID is {text!r}; it must be the number of an unprivileged user."
        )
    return int(text)


def closed_parent(path: Path) -> Path | None:
    """Return the first folder above `path` that an unprivileged user cannot pass, or None."""
    for folder in reversed(path.parents):
        if folder.exists() and not folder.stat().st_mode & 0o001:
            return folder
    return None


def default_path() -> Path:
    """Return the home of this checkout: inside it; for root in /var/lib when that is closed."""
    inside = ROOT / ".procuracy"
    if is_root() and closed_parent(inside):
        digest = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
        return Path("/var/lib/procuracy") / f"{ROOT.name}-{digest}"
    return inside


@dataclass(frozen=True)
class Home:
    """One home folder."""

    path: Path

    @classmethod
    def open(cls, path: Path | None = None) -> Home:
        """Return the home at `path`, at `PROCURACY_HOME` or at the default place, made when
        missing.

        Raises:
            CannotRun: the folder cannot be made, written or reached by the database's user.
        """
        named = os.environ.get("PROCURACY_HOME")
        place = (path or (Path(named) if named else default_path())).resolve()
        _check_place(place)
        try:
            place.mkdir(parents=True, exist_ok=True)
            # Root's servers run as another user, who must pass through to their own folders.
            place.chmod(0o711 if is_root() else 0o700)
            for name in ("secrets", "run"):
                (place / name).mkdir(mode=0o700, exist_ok=True)
            (place / "run" / "writable").write_bytes(b"x" * 4096)
        except OSError as error:
            raise errors.from_system(error, place) from error
        return cls(place)

    def require_free_space(self, needed: int = MINIMUM_FREE_BYTES) -> None:
        """Raise CannotRun when fewer than `needed` bytes are free on the home's disk."""
        free = shutil.disk_usage(self.path).free
        if free < needed:
            raise CannotRun(
                f"The disk of {self.path} is full ({free // 1024**2} MB free, "
                f"{needed // 1024**2} MB needed): "
                "free some space, or set PROCURACY_HOME to a folder on another disk."
            )

    def secret_path(self, name: str) -> Path:
        return self.path / "secrets" / name

    def secret(self, name: str) -> str:
        """Return the secret `name`, made at its first use and kept 0600."""
        file = self.secret_path(name)
        if not file.exists():
            self.store_secret(name, secrets.token_hex(32))
        return file.read_text(encoding="ascii").strip()

    def store_secret(self, name: str, value: str) -> None:
        """Keep `value` as the secret `name`, never readable for others, never half written."""
        partial = self.secret_path(f".{name}.partial")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(value)
            handle.flush()
            os.fsync(handle.fileno())
        partial.replace(self.secret_path(name))

    @property
    def _state_path(self) -> Path:
        return self.path / "run" / "state.json"

    def read_state(self) -> dict[str, object]:
        """Return what the last start wrote down; empty when there was none."""
        try:
            state = json.loads(self._state_path.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return state if isinstance(state, dict) else {}

    def write_state(self, **values: object) -> None:
        """Add `values` to what this start has written down."""
        partial = self._state_path.with_suffix(".partial")
        partial.write_text(json.dumps(self.read_state() | values), encoding="utf-8")
        partial.replace(self._state_path)

    def marks(self) -> dict[str, ProcessMark]:
        """Return the processes the last start wrote down, by name."""
        recorded = self.read_state().get("processes", {})
        return {name: ProcessMark(**mark) for name, mark in dict(recorded).items()}  # type: ignore[call-overload]

    def record_process(self, name: str, pid: int) -> None:
        """Write down a process that was started, so that a later start recognises it."""
        if mark := ProcessMark.of(pid):
            processes = {known: old.as_json() for known, old in self.marks().items()}
            self.write_state(processes=processes | {name: mark.as_json()})

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the home for this process; the kernel lets go when the process ends, however it
        ends.

        Raises:
            CannotRun: another process holds it.
        """
        with (self.path / "run" / "lock").open("a") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise CannotRun(self._who_runs()) from error
            yield

    def in_use(self) -> bool:
        """Tell whether another process holds the home."""
        with (self.path / "run" / "lock").open("a") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def _who_runs(self) -> str:
        state = self.read_state()
        address = f" at {state['address']}" if state.get("address") else ""
        return (
            f"Procuracy already runs in {self.path}{address} (process "
            f"{state.get('supervisor', 'unknown')}): "
            "use that one, stop it with Ctrl-C, or set PROCURACY_HOME and PORT for a second one."
        )


def _check_place(place: Path) -> None:
    if len(os.fsencode(place)) > LONGEST_HOME:
        raise CannotRun(
            f"The path {place} is too long for the database's socket (at most {LONGEST_HOME} "
            "bytes): "
            "set PROCURACY_HOME to a shorter one."
        )
    if is_root() and (closed := closed_parent(place)):
        raise CannotRun(
            f"The unprivileged user that runs the database (number {service_uid()}) cannot "
            "pass through "
            f"{closed}: set PROCURACY_HOME to a folder that others can reach, for example "
            "/var/lib/procuracy."
        )
