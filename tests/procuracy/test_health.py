"""`/healthz` and `/readyz`: what a load balancer and a person on call are told."""

from __future__ import annotations

import pytest
from django.db import connection, connections

from procuracy import health
from procuracy.embedded.valkey import free_port

READY = {
    "status": "ready",
    "database": "ok",
    "migrations": "ok",
    "audit_privileges": "strong",
    "durability": "strong",
    "redis": "ok",
    "storage": "ok",
    "fonts": "ok",
}


@pytest.fixture
def reached(committed_db):
    """Lets a test lead the application's connection elsewhere; it is led back afterwards."""
    before = dict(connection.settings_dict)
    connection.close()
    yield connection.settings_dict
    connection.close()
    connection.settings_dict.update(before)


def execute(alias: str, statement: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)


def answer(client) -> tuple[int, dict[str, str]]:
    """Return the status code of `/readyz` and what it says."""
    response = client.get("/readyz")
    return response.status_code, response.json()


def test_an_office_that_can_work_says_so_part_by_part(client, db):
    assert answer(client) == (200, READY)


def test_a_process_lives_whatever_the_database_does(client, reached):
    reached.update(HOST="127.0.0.1", PORT=str(free_port()))
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "alive"})


def test_without_its_database_the_office_is_unavailable_and_tells_no_address(client, reached):
    reached.update(HOST="127.0.0.1", PORT=str(free_port()))
    status, said = answer(client)
    assert status == 503
    assert said == READY | {
        "status": "unavailable",
        "database": "unreachable",
        "migrations": "unknown",
        "audit_privileges": "unknown",
        "durability": "unknown",
    }


def test_a_database_of_an_earlier_version_is_unavailable(client, committed_db):
    execute("owner", "DELETE FROM django_migrations WHERE app = 'audit'")
    assert answer(client) == (503, READY | {"status": "unavailable", "migrations": "pending"})


def test_one_role_for_everything_works_but_is_told(client, reached):
    owner = connections["owner"].settings_dict
    reached.update(USER=owner["USER"], PASSWORD=owner["PASSWORD"])
    assert answer(client) == (200, READY | {"status": "degraded", "audit_privileges": "weak"})


def test_a_right_too_many_on_the_record_is_told(client, committed_db):
    execute("owner", f"GRANT DELETE ON audit_auditevent TO {connection.settings_dict['USER']}")
    assert answer(client)[1]["audit_privileges"] == "weak"


def test_a_database_that_could_forget_is_unavailable(client, db):
    execute("default", "SET LOCAL synchronous_commit = off")
    assert answer(client) == (503, READY | {"status": "unavailable", "durability": "weak"})


def test_without_the_broker_the_office_works_on(client, db, settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    assert answer(client) == (200, READY | {"status": "degraded", "redis": "unreachable"})


def test_without_a_place_for_evidence_it_is_unavailable(client, db, settings, tmp_path):
    (tmp_path / "in-the-way").touch()
    settings.EVIDENCE_STORAGE = str(tmp_path / "in-the-way" / "evidence")
    assert answer(client) == (503, READY | {"status": "unavailable", "storage": "not_writable"})


def test_a_full_disk_makes_it_unavailable(client, db, monkeypatch):
    monkeypatch.setattr(health, "MINIMUM_FREE_BYTES", 2**62)
    assert answer(client) == (503, READY | {"status": "unavailable", "storage": "full"})


def test_a_folder_of_fonts_that_is_gone_is_told(client, db, settings, tmp_path):
    settings.DOC_FONT_DIRS = [str(tmp_path / "gone")]
    assert answer(client) == (200, READY | {"status": "degraded", "fonts": "folder_missing"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_the_answers_are_read_only_and_never_kept(client, db, path):
    assert client.post(path).status_code == 405
    assert "no-store" in client.get(path)["Cache-Control"]
