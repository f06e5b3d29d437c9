"""What runs on a machine without any environment, and what refuses to start there."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.support.database import ROOT

MANAGE = (sys.executable, "manage.py")
# A new machine: not even a path.
NOTHING: dict[str, str] = {}


def run(*arguments, **variables):
    return subprocess.run(
        arguments, cwd=ROOT, env=NOTHING | variables, capture_output=True, text=True, timeout=60
    )


def test_a_deadline_is_computed_without_any_environment():
    answer = run(*MANAGE, "deadline", "2026-01-31", "P1M")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert json.loads(answer.stdout)["last_day"] == "2026-02-28"
    wrong = run(*MANAGE, "deadline", "2026-02-30", "P1M")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "2026-02-30" in wrong.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("norms", "C037"), "C037"),
        (("registries", "requirements"), "two_staff"),
        (("generate_docs", "--folder"), "registries.md written"),
    ],
)
def test_what_lists_the_declarations_runs_without_any_environment(arguments, says, tmp_path):
    if arguments[-1] == "--folder":
        arguments = (*arguments, str(tmp_path))
    answer = run(*MANAGE, *arguments)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert says in answer.stdout


def test_a_deadline_reads_no_secret_where_there_is_one(tmp_path):
    answer = run(*MANAGE, "deadline", "2026-01-31", "P1M", SECRET_KEY_FILE=str(tmp_path / "none"))
    assert answer.returncode == 0


@pytest.mark.parametrize(
    "program",
    [
        (*MANAGE, "check"),
        (*MANAGE, "migrate"),
        (*MANAGE, "verify_audit"),
        (*MANAGE, "runserver", "deadline"),
        (sys.executable, "-m", "gunicorn", "--check-config", "procuracy.wsgi"),
        (sys.executable, "-m", "celery", "-A", "procuracy", "report"),
        (sys.executable, "-c", "import procuracy.wsgi", "deadline"),
    ],
    ids=lambda program: " ".join(program[1:4]),
)
def test_a_server_and_every_other_command_refuses_to_start_without_its_secrets(program):
    answer = run(*program)
    assert answer.returncode != 0
    assert "SECRET_KEY (or SECRET_KEY_FILE) must be set in production." in answer.stderr
    answer = run(*program, SECRET_KEY="s" * 50)
    assert answer.returncode != 0
    assert "AUDIT_KEY (or AUDIT_KEY_FILE) must be set in production." in answer.stderr


def test_without_its_key_nothing_can_be_recorded():
    """Even if such a command came to write an entry: there is no key to bind it with."""
    program = (
        "import sys; sys.argv = ['manage.py', 'deadline'];"
        "import django; django.setup();"
        "from django.conf import settings; from audit import digests;"
        "assert settings.AUDIT_KEY == b'' and digests.keys() == {};"
        "settings.SECRET_KEY"
    )
    answer = run(sys.executable, "-c", program, DJANGO_SETTINGS_MODULE="procuracy.settings")
    assert answer.stderr.endswith("The SECRET_KEY setting must not be empty.\n")
