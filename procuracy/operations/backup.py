"""`script/backup FILE-or-FOLDER`: one file that holds the office.

The database goes first and the files second: files are never changed or removed while a backup
runs, so every row of the dump finds its file (safety 3.8). The audit key stays out: whoever holds
a backup must not be able to forge the record in it.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path

from procuracy.embedded import errors, services
from procuracy.embedded.errors import CannotRun
from procuracy.embedded.home import Home
from procuracy.embedded.services import Services
from procuracy.operations import archive, places
from procuracy.operations.speech import say


def target_of(argument: str) -> Path:
    """Return the file to write: `argument`, or a dated one in it when it is a folder.

    Raises:
        CannotRun: there is such a file already, or no such folder.
    """
    path = Path(argument).resolve()
    if path.is_dir():
        path /= f"procuracy-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}.tar"
    if path.exists():
        raise CannotRun(f"{path} exists: name a new file, or a folder to put the backup in.")
    if not path.parent.is_dir():
        raise CannotRun(f"The folder {path.parent} does not exist: make it and start again.")
    return path


def _write(reached: Services, target: Path) -> archive.Manifest:
    storage = places.evidence_storage(reached)
    secret = services.environment_value(reached.environment, "AUDIT_KEY")
    manifest = archive.Manifest(
        made_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        audit_key=archive.key_check(secret),
        elsewhere=storage if "://" in storage else "",
    )
    dump = target.with_name(f".{target.name}.dump")
    try:
        dump.touch(mode=0o600)
        say("Dumping the database …")
        places.run_client(reached, "pg_dump", "--format=custom", f"--file={dump}")
        say("Adding the files …")
        archive.write(target, dump, places.folders(reached), manifest, secret)
    finally:
        dump.unlink(missing_ok=True)
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def run(arguments: Sequence[str]) -> int:
    """Write the backup and say what is in it."""
    if len(arguments) != 1:
        raise CannotRun("Say where to: script/backup FILE-or-FOLDER.")
    target = target_of(arguments[0])
    home = Home.open()
    try:
        with services.reached(home) as reached:
            manifest = _write(reached, target)
    except OSError as error:
        raise errors.from_system(error, target) from error
    files = len(manifest.members) - 1
    say(f"{target}: the database and {files} files, {target.stat().st_size} bytes.")
    say(f"SHA-256 {_digest(target)}")
    if manifest.elsewhere:
        say(
            f"The evidence in {manifest.elsewhere} is not in it: back it up by that store's "
            "own means."
        )
    say(f"Nor is the audit key: keep a copy of {_audit_key(home)} in another place.")
    return 0


def _audit_key(home: Home) -> str:
    """Say where the audit key lies: what is handed to the process comes before what the home holds."""
    handed = [name for name in ("AUDIT_KEY", "AUDIT_KEY_FILE") if os.environ.get(name)]
    return f"what {handed[0]} holds" if handed else str(home.secret_path("audit_key"))
