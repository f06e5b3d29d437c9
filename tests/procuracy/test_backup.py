"""`script/backup` and `script/restore`: what was there comes back, proven, or nothing is touched."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from procuracy.embedded import postgres
from procuracy.embedded.home import Home
from tests.support import office

pytestmark = pytest.mark.slow

CONTENT = b"%PDF-1.7 what a witness handed over"
# What an office has after its first day, made as the services make it.
FIRST_DAY = f"""
from django.core.files.uploadedfile import SimpleUploadedFile
from cases.services import attachments
from tests.support.matters import make_lead
from tests.support.people import Cast
cast = Cast()
upload = SimpleUploadedFile("证据.pdf", {CONTENT!r}, "application/pdf")
attachments.store(upload, actor=cast.intake, matter=make_lead(cast), purpose="proof")
"""


@dataclass(frozen=True)
class Restored:
    """An office that was restored, and what it was like before anybody worked in it."""

    home: Path
    said: str
    rows: dict[str, list]
    files: dict[str, bytes]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def said(result) -> str:
    return result.stdout + result.stderr


@pytest.fixture(scope="module")
def home():
    """An office with a lead, a file and a record of both."""
    with office.temporary_home() as path:
        for arguments in (["prepare"], ["shell", "-v0", "-c", FIRST_DAY]):
            result = office.command("manage", *arguments, home=path)
            assert result.returncode == 0, said(result)
        yield path


@pytest.fixture(scope="module")
def backup(home, tmp_path_factory):
    """The backup of that office."""
    target = tmp_path_factory.mktemp("backup") / "office.tar"
    result = office.command("backup", str(target), home=home)
    assert result.returncode == 0, said(result)
    return target


@pytest.fixture(scope="module")
def restored(home, backup):
    """The same office, restored elsewhere: its home, what the command said, its rows and files then."""
    with office.temporary_home() as path:
        result = restore(backup, path, home)
        assert result.returncode == 0, said(result)
        yield Restored(path, result.stdout, rows_of(path), files_of(path))


@pytest.fixture
def empty_home():
    with office.temporary_home() as path:
        yield path


def restore(backup: Path, into: Path, key_of: Path, *options: str):
    """Restore with the audit key of the office that was backed up."""
    key = str(key_of / "secrets/audit_key")
    return office.command("restore", str(backup), *options, home=into, AUDIT_KEY_FILE=key)


def files_of(home: Path) -> dict[str, bytes]:
    """Return the stored evidence by its place in the store."""
    store = home / "evidence"
    return {str(f.relative_to(store)): f.read_bytes() for f in store.rglob("*") if f.is_file()}


def rows_of(home: Path) -> dict[str, list]:
    """Return what the office's database holds about its lead and in its record."""
    with office.servers(home) as running:
        connection = psycopg2.connect(running.environment["DATABASE_URL"])
        with connection.cursor() as cursor:
            found = {}
            for table in ("cases_lead", "cases_attachment", "audit_auditevent", "accounts_user"):
                cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
                found[table] = cursor.fetchall()
        connection.close()
    return found


def change(backup: Path, target: Path, name: str, content: bytes) -> Path:
    """Write the backup again with another content of one member."""
    with tarfile.open(backup) as old, tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as new:
        for info in old:
            data = content if info.name == name else old.extractfile(info).read()
            info.size = len(data)
            new.addfile(info, io.BytesIO(data))
    return target


def test_what_was_backed_up_comes_back_and_verifies(home, restored):
    assert "Restored and verified." in restored.said
    assert restored.files == files_of(home) != {}
    assert restored.rows == rows_of(home)
    again = office.command("manage", "verify_audit", home=restored.home)
    assert again.returncode == 0, said(again)


def test_the_restored_office_lives_on_with_its_two_roles(restored):
    with office.running(restored.home) as running:
        running.wait_until_ready()
        assert b'"audit_privileges": "strong"' in running.get("/readyz")[1]


def test_a_backup_of_a_running_office_is_whole(home, tmp_path):
    with office.running(home) as running:
        running.wait_until_ready()
        result = office.command("backup", str(tmp_path), home=home)
        assert running.get("/healthz")[0] == 200
    assert result.returncode == 0, said(result)
    (written,) = tmp_path.iterdir()
    assert written.stat().st_mode & 0o077 == 0
    assert f"SHA-256 {sha256(written.read_bytes())}" in result.stdout
    assert f"keep a copy of {home / 'secrets/audit_key'} in another place" in result.stdout


def test_a_backup_names_the_audit_key_it_was_handed(home, tmp_path):
    key = home / "secrets/audit_key"
    result = office.command("backup", str(tmp_path), home=home, AUDIT_KEY_FILE=str(key))
    assert result.returncode == 0, said(result)
    assert "keep a copy of what AUDIT_KEY_FILE holds in another place" in result.stdout


def test_an_upload_in_progress_is_not_part_of_a_backup(home, tmp_path):
    unfinished = home / "evidence/incoming/half"
    unfinished.parent.mkdir(exist_ok=True)
    unfinished.write_bytes(b"half of a file")
    try:
        office.command("backup", str(tmp_path / "office.tar"), home=home)
    finally:
        unfinished.unlink()
    with tarfile.open(tmp_path / "office.tar") as archive:
        assert not [name for name in archive.getnames() if "incoming" in name]


def test_a_home_that_is_not_empty_is_refused_and_left_alone(home, backup):
    before = rows_of(home)
    result = restore(backup, home, home)
    assert result.returncode == 1
    assert "The target is not empty" in result.stderr
    assert "--replace" in result.stderr
    assert rows_of(home) == before
    assert files_of(home)


def test_a_home_is_replaced_when_it_is_asked_for(home, backup, restored):
    with office.servers(restored.home):
        _run_as_superuser(restored.home, "UPDATE cases_lead SET title = 'x'")
    assert rows_of(restored.home) != rows_of(home)
    result = restore(backup, restored.home, home, "--replace")
    assert result.returncode == 0, said(result)
    assert rows_of(restored.home) == rows_of(home)


def test_a_changed_byte_anywhere_in_what_counts_is_detected(home, backup, empty_home, tmp_path):
    damaged = tmp_path / "office.tar"
    data = bytearray(backup.read_bytes())
    with tarfile.open(backup) as archive:
        places = {info.name: info.offset_data + info.size // 2 for info in archive}
    assert len(places) == 3, "dump, evidence and manifest"
    for name, place in places.items():
        damaged.write_bytes(bytes([*data[:place], data[place] ^ 1, *data[place + 1 :]]))
        result = restore(damaged, empty_home, home)
        assert result.returncode == 1, name
        assert "is damaged" in result.stderr, name
        assert "Nothing was restored" in result.stderr
    assert not (empty_home / "postgres").exists()


def test_a_backup_that_ends_too_early_is_detected(home, backup, empty_home, tmp_path):
    short = tmp_path / "office.tar"
    short.write_bytes(backup.read_bytes()[:-20_000])
    result = restore(short, empty_home, home)
    assert result.returncode == 1
    assert "is damaged" in result.stderr


def test_a_forged_list_of_contents_is_detected(home, backup, empty_home, tmp_path):
    """Somebody exchanges a file and writes its digest into the list; only the seal tells."""
    with tarfile.open(backup) as archive:
        manifest = json.load(archive.extractfile("manifest.json"))
    (evidence,) = (name for name in manifest["members"] if name.startswith("evidence/"))
    forged = b"another file"
    manifest["members"][evidence] = {"sha256": sha256(forged), "bytes": len(forged)}
    exchanged = change(backup, tmp_path / "one.tar", evidence, forged)
    listed = json.dumps(manifest).encode()
    result = restore(
        change(exchanged, tmp_path / "two.tar", "manifest.json", listed), empty_home, home
    )
    assert result.returncode == 1
    assert "list of contents was changed" in result.stderr


def test_without_the_audit_key_nothing_is_restored(backup, empty_home):
    result = office.command("restore", str(backup), home=empty_home)
    assert result.returncode == 1
    assert "AUDIT_KEY_FILE" in result.stderr
    assert not (empty_home / "postgres").exists()


def test_the_keys_of_the_office_are_not_in_its_backup(home, backup):
    data = backup.read_bytes()
    for secret in (home / "secrets").iterdir():
        assert secret.read_bytes() not in data, secret.name


TAMPERED = "UPDATE audit_auditevent SET outcome = 'refused' WHERE id = (SELECT min(id) FROM audit_auditevent)"


def test_a_record_that_was_tampered_with_is_named_after_the_restore(
    home, restored, empty_home, tmp_path
):
    """The backup itself is whole; what it holds is not."""
    with office.servers(restored.home):
        _run_as_superuser(restored.home, TAMPERED)
    office.command("backup", str(tmp_path / "tampered.tar"), home=restored.home)
    with office.servers(restored.home):
        _run_as_superuser(restored.home, TAMPERED.replace("refused", "success"))
    result = restore(tmp_path / "tampered.tar", empty_home, home)
    assert result.returncode == 1
    assert "the verification found a fault" in result.stdout


def _run_as_superuser(home: Path, statement: str) -> None:
    connection = psycopg2.connect(postgres.url(Home(home), postgres.SUPERUSER))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        assert cursor.rowcount == 1
    connection.close()


@pytest.mark.parametrize(
    ("command", "arguments", "sentence"),
    [
        ("backup", [], "Say where to"),
        ("backup", ["/nowhere/office.tar"], "The folder /nowhere does not exist"),
        ("backup", ["/etc/hostname"], "exists: name a new file"),
        ("restore", [], "Say what"),
        ("restore", ["/etc/hostname"], "is damaged"),
        ("restore", ["/nowhere/office.tar"], "/nowhere/office.tar"),
    ],
)
def test_a_wrong_call_is_answered_by_a_sentence(empty_home, command, arguments, sentence):
    result = office.command(command, *arguments, home=empty_home)
    assert result.returncode == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr
