"""The office of a user without any right on the machine, and what is refused to such a user.

Tests that run as root become that user; tests of an ordinary user are it already.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path

import pytest

from tests.support import office

pytestmark = pytest.mark.slow

UNKNOWN_UID = next(
    uid for uid in range(54321, 65000) if uid not in {p.pw_uid for p in pwd.getpwall()}
)


@pytest.fixture(scope="module")
def copy():
    """The program where another user can reach it."""
    with office.temporary_home() as folder:
        folder.mkdir()
        yield office.Copy(folder).make()


@pytest.fixture
def home():
    with office.temporary_home() as path:
        path.mkdir()
        if os.geteuid() == 0:
            os.chown(path, office.ORDINARY.pw_uid, office.ORDINARY.pw_gid)
        yield path


def becoming(uid: int) -> tuple[str, ...]:
    """Return the command that goes on as the user `uid`."""
    if os.geteuid():
        return ()
    return ("setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--no-new-privs")


def start(copy: office.Copy, home: Path, uid: int = office.ORDINARY.pw_uid):
    return subprocess.run(
        [*becoming(uid), copy.root / "script/server"],
        env=office.environment(home, **copy.variables),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_an_ordinary_user_gets_an_office(copy, home):
    prefix = becoming(office.ORDINARY.pw_uid)
    with office.running(home, prefix=prefix, root=copy.root, **copy.variables) as running:
        running.wait_until_ready()
        assert b'"status": "ready"' in running.get("/readyz")[1]
        owners = {Path(f"/proc/{mark.pid}").stat().st_uid for mark in running.marks.values()}
        assert owners == {office.ORDINARY.pw_uid if os.geteuid() == 0 else os.geteuid()}
        assert not (home / "programs").exists(), "the programs need no copy"
        assert running.interrupt() == 0
    assert "as root" not in running.said


def test_a_folder_without_permission_is_named_with_a_way_out(copy, home):
    closed = home / "closed"
    closed.mkdir(mode=0o555)
    result = start(copy, closed / "home")
    assert result.returncode == 1
    assert f"No permission to write {closed / 'home'}" in result.stderr
    assert "set PROCURACY_HOME" in result.stderr


def test_a_packages_folder_without_permission_is_named_with_a_way_out(copy, home):
    closed = home / "closed"
    closed.mkdir(mode=0o555)
    result = subprocess.run(
        [*becoming(office.ORDINARY.pw_uid), copy.root / "script/server"],
        env=office.environment(home, **copy.variables | {"PROCURACY_VENV": str(closed / "venv")}),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 1
    assert "No permission to write" in result.stderr
    assert "PROCURACY_VENV" in result.stderr


def test_a_user_without_an_account_is_told_what_postgresql_needs(copy, home):
    if os.geteuid() == 0:
        os.chown(home, UNKNOWN_UID, UNKNOWN_UID)
    result = start(copy, home, UNKNOWN_UID)
    assert result.returncode == 1
    assert f"User number {UNKNOWN_UID} has no entry in /etc/passwd" in result.stderr
