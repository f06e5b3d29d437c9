"""`script/server` on this machine: one command gives an office, or one sentence that says what to do."""

from __future__ import annotations

import socket
import stat
from pathlib import Path

import pytest

from tests.support import office
from tests.support.office import processes_of, wait_until_gone

pytestmark = pytest.mark.slow

PROCESSES = {"postgres", "valkey", "web", "worker", "beat"}


@pytest.fixture(scope="module")
def home():
    """One home for the whole file, so that the database is migrated once."""
    with office.temporary_home() as path:
        yield path


@pytest.fixture(scope="module")
def running(home):
    """An office that runs while the tests look at it."""
    with office.running(home) as started:
        yield started.wait_until_ready()


@pytest.fixture
def idle_home():
    """A home that does not exist yet, for a start that is refused."""
    with office.temporary_home() as path:
        yield path


def variables_of(pid: int) -> dict[str, str]:
    entries = Path(f"/proc/{pid}/environ").read_text().split("\0")
    return dict(entry.partition("=")[::2] for entry in entries if entry)


def test_one_command_gives_an_office_that_is_ready(home, running):
    assert f"http://localhost:{running.port} (Ctrl-C ends it)" in running.said
    assert str(home) in running.said
    assert b'"status": "ready"' in running.get("/readyz")[1]
    assert running.marks.keys() == PROCESSES


def test_its_secrets_and_its_database_are_closed_to_others(home, running):
    for place in ("secrets", "run", "postgres", "postgres/cluster", "postgres/sockets"):
        assert stat.S_IMODE((home / place).stat().st_mode) == 0o700, place
    for secret in (home / "secrets").iterdir():
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600, secret
    assert Path(f"/proc/{running.marks['postgres'].pid}").stat().st_uid != 0
    shown = "\n".join(processes_of(home))
    assert not [s for s in (home / "secrets").iterdir() if s.read_text() in shown]


def test_web_and_worker_never_see_the_owner_of_the_tables(home, running):
    for name in ("web", "worker", "beat"):
        seen = variables_of(running.marks[name].pid)
        assert "procuracy_app" in seen["DATABASE_URL"]
        assert not {"DATABASE_OWNER_URL", "DATABASE_SUPERUSER_URL"} & seen.keys()
        assert (home / "secrets/owner_password").read_text() not in "".join(seen.values())


def test_a_second_start_in_the_same_home_says_who_runs(home, running):
    second = office.command("server", home=home)
    assert second.returncode == 1
    assert f"already runs in {home} at http://localhost:{running.port}" in second.stderr
    assert f"process {running.process.pid}" in second.stderr
    assert running.get("/healthz")[0] == 200


def test_a_port_in_use_is_said_with_another_that_may_be_free(idle_home):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = office.command("server", home=idle_home, PORT=str(port))
    assert result.returncode == 1
    assert f"Port {port} of 127.0.0.1 cannot be used" in result.stderr
    assert f"PORT={port + 1} script/server" in result.stderr
    wait_until_gone(idle_home)


@pytest.mark.parametrize("port", ["0", "70000", "http"])
def test_a_wrong_port_is_named(idle_home, port):
    result = office.command("server", home=idle_home, PORT=port)
    assert (result.returncode, result.stderr) == (
        1,
        f"PORT is '{port}'; it must be a number from 1 to 65535.\n",
    )


def test_arguments_are_not_taken_silently(idle_home):
    result = office.command("server", "--port=80", home=idle_home)
    assert result.returncode == 1
    assert "takes no arguments" in result.stderr


def test_a_fault_in_the_settings_starts_nothing(idle_home):
    result = office.command("server", home=idle_home, AUDIT_ALGORITHM="three")
    assert result.returncode == 1
    assert "AUDIT_ALGORITHM" in result.stderr
    assert "Nothing was started" in result.stderr
    wait_until_gone(idle_home)


def test_a_package_index_that_does_not_answer_is_said(tmp_path, idle_home):
    result = office.command(
        "server",
        home=idle_home,
        PROCURACY_VENV=str(tmp_path / "venv"),
        PIP_INDEX_URL="http://127.0.0.1:9/",
        PIP_RETRIES="0",
    )
    assert result.returncode == 1
    assert "check the connection to the package index" in result.stderr
    assert "Traceback" not in result.stderr
