"""`script/restore FILE [--replace]`: an office from a backup, verified before it is used and after.

Needs the audit key of the office that was backed up (`AUDIT_KEY` or `AUDIT_KEY_FILE`), unless
the home still has it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import psycopg2

from procuracy.embedded import errors, services
from procuracy.embedded.errors import CannotRun
from procuracy.embedded.home import Home
from procuracy.embedded.services import Services
from procuracy.operations import archive, places
from procuracy.operations.manage import manage
from procuracy.operations.speech import say

USAGE = "Say what: script/restore FILE, with --replace to give up what the home holds now."
VERIFICATIONS = ("verify_audit", "verify_evidence")


def audit_key_for(home: Home, manifest: archive.Manifest) -> str:
    """Return the audit key of the office that was backed up: the given one or the home's.

    Raises:
        CannotRun: neither is the right one.
    """
    stored = home.secret_path("audit_key")
    candidates = [services.environment_value(os.environ, "AUDIT_KEY")]
    if stored.exists():
        candidates.append(stored.read_text(encoding="ascii").strip())
    for key in candidates:
        if archive.key_check(key) == manifest.audit_key:
            return key
    raise CannotRun(
        "The audit key of the office that was backed up is needed to verify its record: "
        "set AUDIT_KEY_FILE to the copy of its secrets/audit_key. Nothing was restored."
    )


def _tables(url: str) -> int:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _holds_files(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def occupied(reached: Services) -> list[str]:
    """Return what the target holds already, in words; empty when it can take the backup."""
    found = [str(folder) for folder in places.folders(reached).values() if _holds_files(folder)]
    if count := _tables(reached.environment["DATABASE_OWNER_URL"]):
        found.append(f"the database ({count} tables)")
    return found


def _clear(reached: Services) -> None:
    for folder in places.folders(reached).values():
        shutil.rmtree(folder, ignore_errors=True)
    address = reached.environment["DATABASE_OWNER_URL"]
    with (
        closing(psycopg2.connect(address)) as connection,
        connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("DROP SCHEMA IF EXISTS public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _fill(reached: Services, backup: Path) -> None:
    dump = reached.home.path / "run" / archive.DUMP
    try:
        say("Unpacking …")
        archive.extract(backup, dump, places.folders(reached))
        say("Restoring the database …")
        places.run_client(
            reached,
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--single-transaction",
            f"--dbname={places.client_environment(reached.environment['DATABASE_OWNER_URL'])['PGDATABASE']}",
            str(dump),
        )
    finally:
        dump.unlink(missing_ok=True)


def _bring_up_to_date(reached: Services) -> None:
    for command in (("migrate", "--database", "owner", "-v", "0"), ("apply_grants", "-v", "0")):
        if manage(reached, *command).returncode:
            raise CannotRun(
                f"The backup is unpacked, but manage.py {command[0]} failed; see its message above."
            )


def _verify(reached: Services) -> int:
    worst = 0
    for command in VERIFICATIONS:
        say(f"{command} …")
        worst = max(worst, manage(reached, command).returncode)
    return worst


def restore(reached: Services, backup: Path, audit_key: str, *, replace: bool) -> int:
    """Fill the office from the verified `backup`; return the worst exit code of the verifications.

    Raises:
        CannotRun: the target is not empty and `replace` is false, or a step failed.
    """
    if found := occupied(reached):
        if not replace:
            raise CannotRun(
                f"The target is not empty: {', '.join(found)}. Set PROCURACY_HOME to a new folder, "
                "or add --replace to give up what it holds now."
            )
        _clear(reached)
    reached.home.store_secret("audit_key", audit_key)
    reached.environment["AUDIT_KEY_FILE"] = str(reached.home.secret_path("audit_key"))
    _fill(reached, backup)
    _bring_up_to_date(reached)
    code = _verify(reached)
    say(
        "Restored and verified."
        if code == 0
        else "Restored, but the verification found a fault: see above."
    )
    return code


def run(arguments: Sequence[str]) -> int:
    """Restore; exit 0 only when the restored record verifies."""
    names = [argument for argument in arguments if argument != "--replace"]
    if len(names) != 1 or names[0].startswith("-"):
        raise CannotRun(USAGE)
    backup = Path(names[0]).resolve()
    home = Home.open()
    try:
        say("Verifying the backup …")
        manifest = archive.verify(backup)
        key = audit_key_for(home, manifest)
        archive.require_seal(backup, manifest, key)
        with services.started(home) as reached:
            return restore(reached, backup, key, replace="--replace" in arguments)
    except OSError as error:
        raise errors.from_system(error, backup) from error
