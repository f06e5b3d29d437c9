"""`script/server` ends: by Ctrl-C, by the death of a process, by its own sudden death; and starts again."""

from __future__ import annotations

import os
import signal
import time

import pytest

from tests.support import office
from tests.support.office import wait_until_gone

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home():
    """One home for the whole file, so that the database is migrated once."""
    with office.temporary_home() as path:
        yield path


def test_ctrl_c_ends_everything_and_is_no_fault(home):
    with office.running(home) as running:
        running.wait_until_ready()
        assert running.interrupt() == 0
    assert "Stopping" in running.said
    assert "Traceback" not in running.said
    wait_until_gone(home)


def test_ctrl_c_in_the_middle_of_a_start_leaves_nothing_behind(home):
    with office.running(home) as running:
        limit = time.monotonic() + 30
        while "Bringing the database" not in running.said and time.monotonic() < limit:
            time.sleep(0.01)
        os.killpg(running.process.pid, signal.SIGINT)
        running.wait()
    assert "Traceback" not in running.said
    wait_until_gone(home)


def test_an_impatient_second_ctrl_c_leaves_nothing_behind(home):
    with office.running(home) as running:
        running.wait_until_ready()
        running.process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        assert running.interrupt() == 0
    wait_until_gone(home)


@pytest.mark.parametrize("name", ["worker", "postgres"])
def test_when_one_process_dies_all_end_with_a_message(home, name):
    with office.running(home) as running:
        os.kill(running.wait_until_ready().marks[name].pid, signal.SIGKILL)
        assert running.wait() == 1
    assert f"{name} ended" in running.said
    assert "everything stops" in running.said
    assert "start again with script/server" in running.said
    wait_until_gone(home)


def test_after_a_sudden_death_the_next_start_clears_up_and_works(home):
    with office.running(home) as killed:
        left = killed.wait_until_ready().marks
        killed.process.kill()
        killed.process.wait()
        assert all(mark.alive() for mark in left.values()), "what is left behind is the point"
    with office.running(home) as running:
        running.wait_until_ready()
        assert not [name for name, mark in left.items() if mark.alive()]
        assert b'"status": "ready"' in running.get("/readyz")[1]
    wait_until_gone(home)
