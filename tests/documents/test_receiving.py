"""Uploads on their way to the store."""

from __future__ import annotations

import resource
import signal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from audit.errors import Invalid
from documents.receiving import ReceivedFile
from documents.store import StorageFull, open_blob, put_upload


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.EVIDENCE_STORAGE = str(tmp_path / "evidence")
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)


def received(content: bytes) -> ReceivedFile:
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("文件.bin", content)})
    return request.FILES["file"]


def test_a_file_within_the_limit_arrives_whole():
    upload = received(b"x" * 200_000)
    assert open_blob(put_upload(upload).sha256).read() == b"x" * 200_000


def test_what_goes_beyond_the_limit_is_counted_but_fills_no_disk(settings):
    settings.EVIDENCE_MAX_BYTES = 100_000
    upload = received(b"x" * 300_000)
    assert upload.size == 300_000
    assert len(upload.read()) < 100_001
    with pytest.raises(Invalid) as refused:
        put_upload(upload)
    assert refused.value.code == "file_too_large"


@pytest.mark.parametrize("size", [300_000, 100_500])
def test_a_full_temporary_disk_is_said_clearly(size):
    """The kernel itself refuses: a limit on the size of files stands in for a full disk."""
    previous = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, previous[1]))
    try:
        upload = received(b"x" * size)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, previous)
        signal.signal(signal.SIGXFSZ, handler)
    with pytest.raises(StorageFull):
        put_upload(upload)
