"""A database that could lose what it confirmed is refused (safety A12)."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core import checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from procuracy import durability
from procuracy.embedded import postgres
from procuracy.operations.manage import MANAGE
from tests.support import office


def set_for_now(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {name} = {value}")


def test_the_database_of_the_tests_forgets_nothing(db):
    assert durability.weaknesses(connection) == []
    assert checks.run_checks(databases=["default"], tags=[checks.Tags.database]) == []


def test_a_commit_that_does_not_wait_for_the_disk_is_refused(db):
    set_for_now("synchronous_commit", "off")
    with pytest.raises(SystemCheckError, match="synchronous_commit is off"):
        call_command("check", databases=["default"])


@pytest.mark.parametrize("value", ["local", "on", "remote_apply"])
def test_a_commit_that_waits_for_the_disk_is_accepted(db, value):
    set_for_now("synchronous_commit", value)
    assert durability.weaknesses(connection) == []


@pytest.mark.slow
def test_a_server_that_does_not_write_through_is_not_prepared(monkeypatch):
    weak = {"fsync": "off", "full_page_writes": "off"}
    monkeypatch.setattr(postgres, "SETTINGS", postgres.SETTINGS | weak)
    with office.temporary_home() as home, office.servers(home) as running:
        result = subprocess.run(
            [sys.executable, MANAGE, "prepare"],
            env=running.environment | {"PROCURACY_ENVIRONMENT": "production"},
            capture_output=True,
            text=True,
        )
    assert result.returncode
    assert "fsync is off" in result.stderr
    assert "full_page_writes is off" in result.stderr
    assert "postgresql.conf" in result.stderr
    assert os.environ["DATABASE_URL"] not in result.stderr
