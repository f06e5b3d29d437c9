"""The write-once store: what goes in comes out, nothing is ever replaced."""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import stat

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.errors import Invalid
from documents import store
from documents.download import Changed, attachment
from documents.media import media_type
from documents.store import BlobLost, Integrity, StorageFull


@pytest.fixture(autouse=True)
def root(tmp_path, settings):
    settings.EVIDENCE_STORAGE = str(tmp_path / "evidence")
    return tmp_path / "evidence"


def files_in(root):
    return sorted(path for path in root.rglob("*") if path.is_file())


def flip_a_bit(sha256: str) -> None:
    path = store.path_of(sha256)
    path.chmod(0o600)
    changed = bytearray(path.read_bytes())
    changed[len(changed) // 2] ^= 1
    path.write_bytes(changed)


def test_a_file_lies_under_its_digest_and_nobody_may_write_it(root):
    blob = store.put_stream([b"%PDF-1.7 ", b"rest"])
    digest = hashlib.sha256(b"%PDF-1.7 rest").hexdigest()
    assert (blob.sha256, blob.size, blob.media_type) == (digest, 13, "application/pdf")
    path = root / "sha256" / digest[:2] / digest[2:4] / digest
    assert path.read_bytes() == b"%PDF-1.7 rest"
    assert stat.S_IMODE(path.stat().st_mode) == 0o400


def test_an_upload_is_stored_whole_wherever_it_was_read_before():
    upload = SimpleUploadedFile("证据.txt", "内容".encode())
    upload.read()
    assert store.open_blob(store.put_upload(upload).sha256).read() == "内容".encode()


def test_two_uploads_of_the_same_content_are_one_file_and_the_first_stays(root):
    first = store.put_stream([b"same"])
    inode = store.path_of(first.sha256).stat().st_ino
    assert store.put_stream([b"sa", b"me"]) == first
    assert [path.stat().st_ino for path in files_in(root)] == [inode]


def test_an_empty_file_is_refused_and_leaves_nothing(root):
    with pytest.raises(Invalid) as refused:
        store.put_upload(SimpleUploadedFile("空.txt", b""))
    assert refused.value.code == "empty_file"
    assert files_in(root) == []


def test_a_file_that_declares_too_much_is_refused_before_it_is_read(settings):
    settings.EVIDENCE_MAX_BYTES = 5

    def never_read():
        raise AssertionError("nothing may be read")
        yield b""

    with pytest.raises(Invalid) as refused:
        store.put_stream(never_read(), declared=6)
    assert refused.value.code == "file_too_large"


def test_a_file_that_brings_more_than_it_declares_is_refused_by_count(root, settings):
    settings.EVIDENCE_MAX_BYTES = 5
    with pytest.raises(Invalid) as refused:
        store.put_stream([b"123", b"456"], declared=1)
    assert refused.value.code == "file_too_large"
    assert files_in(root) == []
    assert store.put_stream([b"123", b"45"]).size == 5


def test_a_full_disk_is_said_clearly_and_leaves_nothing(root):
    """The kernel itself refuses: a limit on the size of files stands in for a full disk."""
    previous = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, previous[1]))
    try:
        with pytest.raises(StorageFull) as refused:
            store.put_stream([b"x" * 5000])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, previous)
        signal.signal(signal.SIGXFSZ, handler)
    assert refused.value.status == 507
    assert files_in(root) == []


def test_a_power_cut_before_the_name_leaves_no_half_file(root, monkeypatch):
    def cut(descriptor):
        raise OSError(5, "power")

    monkeypatch.setattr(os, "fsync", cut)
    with pytest.raises(OSError, match="power"):
        store.put_stream([b"half"])
    assert files_in(root) == []


def test_one_flipped_bit_is_found():
    blob = store.put_stream([b"original bytes"])
    assert store.verify(blob.sha256) is Integrity.INTACT
    flip_a_bit(blob.sha256)
    assert store.verify(blob.sha256) is Integrity.CHANGED


def test_a_file_that_is_gone_is_named(root):
    blob = store.put_stream([b"gone"])
    store.path_of(blob.sha256).unlink()
    assert store.verify(blob.sha256) is Integrity.MISSING
    with pytest.raises(BlobLost, match=blob.sha256):
        store.open_blob(blob.sha256)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_nothing_but_a_digest_leads_into_the_store(name):
    with pytest.raises(ValueError, match="hexadecimal"):
        store.path_of(name)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"PK\x03\x04 plain", "application/zip"),
        (
            b"PK\x03\x04....[Content_Types].xml....word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"<html><script>alert(1)</script>", "text/plain"),
        ("中文".encode()[:-1], "text/plain"),
        ("中文".encode("gb18030"), "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
    ],
)
def test_the_first_bytes_say_what_a_file_is(head, kind):
    assert media_type(head) == kind


def download(blob, name="证据 一.txt"):
    return attachment(sha256=blob.sha256, name=name, media_type=blob.media_type, size=blob.size)


def test_a_download_is_saved_and_never_run(monkeypatch):
    monkeypatch.setattr("documents.download.CHUNK_BYTES", 4)
    response = download(store.put_stream([b"<script>alert(1)</script>"]), "..\\\u202ecod.报告.html")
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert response["Content-Type"] == "text/plain"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''cod.%E6%8A%A5%E5%91%8A.html"
    )


def test_a_changed_file_reaches_nobody_complete(monkeypatch):
    monkeypatch.setattr("documents.download.CHUNK_BYTES", 4)
    blob = store.put_stream([b"0123456789"])
    flip_a_bit(blob.sha256)
    received = []
    with pytest.raises(Changed):
        received.extend(download(blob).streaming_content)
    assert len(b"".join(received)) < blob.size
