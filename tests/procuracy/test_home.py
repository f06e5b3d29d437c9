"""A home that cannot be: every trouble is one sentence that says what to do."""

from __future__ import annotations

import errno
import os
import subprocess
import sys

import pytest

from procuracy.embedded import errors, home, programs, services
from procuracy.embedded.errors import CannotRun
from procuracy.embedded.home import Home
from procuracy.embedded.processes import ProcessMark
from tests.support import office


@pytest.fixture
def place():
    with office.temporary_home() as path:
        yield path


def refusal(call, *arguments) -> str:
    with pytest.raises(CannotRun) as error:
        call(*arguments)
    return str(error.value)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "The disk of /there is full: free some space"),
        (errno.EDQUOT, "The disk of /there is full: free some space"),
        (errno.EACCES, "No permission to write /there: give this user the folder"),
        (errno.EROFS, "No permission to write /there: give this user the folder"),
        (errno.EIO, "/there: Input/output error; mend that and start again."),
    ],
)
def test_an_error_of_the_system_becomes_a_sentence(number, sentence):
    error = OSError(number, os.strerror(number), "/there")
    assert str(errors.from_system(error, "/elsewhere")).startswith(sentence)


def test_a_file_where_the_home_should_be_is_named(place):
    place.touch()
    assert str(place) in refusal(Home.open, place)


def test_too_little_space_is_told_in_megabytes(place):
    sentence = refusal(Home.open(place).require_free_space, 2**62)
    assert "4398046511104 MB needed" in sentence
    assert "PROCURACY_HOME" in sentence


def test_a_path_too_long_for_a_socket_is_refused_at_once(place):
    assert "too long" in refusal(Home.open, place / ("x" * home.LONGEST_HOME))


def test_a_folder_the_servers_user_cannot_pass_is_named(place, monkeypatch):
    monkeypatch.setattr(home, "is_root", lambda: True)
    closed = place / "closed"
    closed.mkdir(parents=True)
    closed.chmod(0o700)
    sentence = refusal(Home.open, closed / "home")
    assert f"cannot pass through {closed}" in sentence
    assert "/var/lib/procuracy" in sentence


@pytest.mark.parametrize("number", ["0", "-5", "nobody"])
def test_root_never_becomes_the_servers_user(monkeypatch, number):
    monkeypatch.setenv("PROCURACY_SERVICE_UID", number)
    assert "unprivileged user" in refusal(home.service_uid)


def test_servers_need_a_user_the_machine_knows(place, monkeypatch):
    monkeypatch.setattr(programs, "is_root", lambda: True)
    monkeypatch.setenv("PROCURACY_SERVICE_UID", "54321")
    sentence = refusal(programs.prepare, Home.open(place))
    assert "User number 54321 has no entry in /etc/passwd" in sentence


def test_one_process_holds_a_home_and_the_kernel_lets_go_when_it_dies(place):
    opened = Home.open(place)
    hold = (
        "import sys; from pathlib import Path; from procuracy.embedded.home import Home\n"
        f"with Home(Path({str(place)!r})).locked(): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        assert opened.in_use()
        assert "already runs" in refusal(opened.locked().__enter__)
        other.kill()
        other.wait()
    assert not opened.in_use()


def test_a_secret_is_made_once_and_only_its_owner_reads_it(place):
    opened = Home.open(place)
    secret = opened.secret("audit_key")
    assert len(secret) == 64
    assert opened.secret("audit_key") == secret != opened.secret("secret_key")
    assert opened.secret_path("audit_key").stat().st_mode & 0o777 == 0o600


def test_a_number_given_again_by_the_kernel_is_not_taken_for_ours():
    mine = ProcessMark.of(os.getpid())
    assert mine.alive()
    assert not ProcessMark(mine.pid, mine.started + 1, mine.boot).alive()
    assert not ProcessMark(mine.pid, mine.started, "another run of the machine").alive()


def test_only_our_own_leftovers_are_ended(place):
    opened = Home.open(place)
    with subprocess.Popen(["sleep", "60"]) as ours, subprocess.Popen(["sleep", "60"]) as foreign:
        opened.record_process("worker", ours.pid)
        mark = ProcessMark.of(foreign.pid)
        stale = ProcessMark(mark.pid, mark.started - 1, mark.boot)
        opened.write_state(
            processes={"web": stale.as_json(), "worker": opened.marks()["worker"].as_json()}
        )
        assert services.stop_leftovers(opened) == ["worker"]
        assert ours.wait(timeout=5)
        assert foreign.poll() is None
        foreign.kill()
    assert opened.marks() == {}
