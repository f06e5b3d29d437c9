"""Where an office keeps what a backup must hold."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from procuracy.embedded import programs
from procuracy.embedded.errors import CannotRun
from procuracy.embedded.services import Services


def evidence_storage(reached: Services) -> str:
    """Return the evidence store: a folder, or an address of another kind of store."""
    default = str(reached.home.path / "evidence")
    return reached.environment.get("EVIDENCE_STORAGE") or default


def folders(reached: Services) -> dict[str, Path]:
    """Return the folders with files, by their names in the backup."""
    found = {"media": reached.home.path / "media"}
    if "://" not in (evidence := evidence_storage(reached)):
        found["evidence"] = Path(evidence)
    return found


def client_program(name: str) -> str:
    """Return the path of a PostgreSQL client program: the embedded one, else the machine's."""
    try:
        return str(programs.installed_postgres() / "bin" / name)
    except CannotRun:
        if found := shutil.which(name):
            return found
        raise


def client_environment(url: str) -> dict[str, str]:
    """Return the variables that lead a client program to `url`, unseen in lists of processes."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    values = {
        "PGHOST": parts.hostname or query.get("host", [""])[0],
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
        "PGSSLMODE": query.get("sslmode", [""])[0],
    }
    return {name: value for name, value in values.items() if value}


def run_client(reached: Services, program: str, *arguments: str) -> None:
    """Run a PostgreSQL client program as the owner of the tables.

    Raises:
        CannotRun: it failed; the sentence carries its last line.
    """
    result = subprocess.run(
        [client_program(program), "--no-password", *arguments],
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        | client_environment(reached.environment["DATABASE_OWNER_URL"]),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if result.returncode:
        last = (result.stderr.strip().splitlines() or ["no message"])[-1]
        raise CannotRun(f"{program} failed: {last}")
