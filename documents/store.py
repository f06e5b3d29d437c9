"""The write-once store of files: each lies under its SHA-256 and is never written again.

Below `settings.EVIDENCE_STORAGE`: `sha256/aa/bb/<digest>` (mode 0400) and `incoming/` for what is
just being received. A file appears under its digest only after it has reached the disk, so a power
cut leaves a whole file or none. The same content sent twice takes the same way and the same time,
so nobody learns from it whether somebody else holds that file.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from io import BufferedReader
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from audit.errors import Invalid, Refusal
from documents.media import HEAD_BYTES, media_type

CHUNK_BYTES = 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")
# What the kernel says when nothing more can be written.
DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Blob:
    """A stored file.

    Attributes:
        sha256: 64 hexadecimal digits, also its name in the store.
        size: in bytes, counted.
        media_type: what the first bytes show.
    """

    sha256: str
    size: int
    media_type: str


class Integrity(StrEnum):
    """What looking at a stored file finds."""

    INTACT = "intact"
    MISSING = "missing"
    CHANGED = "changed"


class StorageFull(Refusal):
    """The disk of the store is full; nothing of the file was kept."""

    status = 507
    code = "storage_full"


class BlobLost(Refusal):
    """A file the record names is not in the store."""

    status = 500
    code = "stored_file_missing"


def put_upload(upload: UploadedFile[Any], *, max_bytes: int | None = None) -> Blob:
    """Store an uploaded file.

    Raises:
        Invalid: it is empty, or larger than `max_bytes` (`settings.EVIDENCE_MAX_BYTES`) by what it
            declares or by what arrives.
        StorageFull: the disk is full.
    """
    if getattr(upload, "disk_full", False):
        raise _full()
    upload.seek(0)
    return put_stream(upload.chunks(CHUNK_BYTES), max_bytes=max_bytes, declared=upload.size)


def put_stream(
    chunks: Iterable[bytes], *, max_bytes: int | None = None, declared: int | None = None
) -> Blob:
    """Store what `chunks` yield; memory holds one chunk at a time.

    Args:
        declared: the length in bytes the sender states, refused before anything is read.

    Raises:
        Invalid, StorageFull: as `put_upload`.
    """
    limit = settings.EVIDENCE_MAX_BYTES if max_bytes is None else max_bytes
    if declared is not None and declared > limit:
        raise _too_large(limit)
    try:
        return _received(chunks, limit)
    except OSError as error:
        if error.errno in DISK_FULL:
            raise _full() from error
        raise


def open_blob(sha256: str) -> BufferedReader:
    """Open a stored file for reading.

    Raises:
        BlobLost: the store does not hold it.
        ValueError: `sha256` is no digest.
    """
    try:
        return path_of(sha256).open("rb")
    except FileNotFoundError as error:
        raise BlobLost(
            _("The stored file %(digest)s is missing. Tell the system administrator at once.")
            % {"digest": sha256}
        ) from error


def verify(sha256: str) -> Integrity:
    """Read a stored file whole and say whether it is still what its name says.

    Raises:
        ValueError: `sha256` is no digest.
    """
    try:
        with open_blob(sha256) as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except BlobLost:
        return Integrity.MISSING
    return Integrity.INTACT if found == sha256 else Integrity.CHANGED


def path_of(sha256: str) -> Path:
    """Return where a file with this digest lies, whether or not it is there.

    Raises:
        ValueError: `sha256` is no digest.
    """
    if not _DIGEST.fullmatch(sha256):
        raise ValueError("A stored file is named by 64 hexadecimal digits.")
    return _root() / "sha256" / sha256[:2] / sha256[2:4] / sha256


def _root() -> Path:
    return Path(settings.EVIDENCE_STORAGE)


def _received(chunks: Iterable[bytes], limit: int) -> Blob:
    digest, size, head = hashlib.sha256(), 0, b""
    with _incoming_file() as (descriptor, incoming):
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise _too_large(limit)
            _write_all(descriptor, chunk)
            digest.update(chunk)
            head += chunk[: HEAD_BYTES - len(head)]
        if not size:
            raise _empty()
        os.fchmod(descriptor, 0o400)
        os.fsync(descriptor)
        _name(incoming, path_of(digest.hexdigest()))
    return Blob(digest.hexdigest(), size, media_type(head))


@contextmanager
def _incoming_file() -> Iterator[tuple[int, Path]]:
    """Yield an open file of its own below `incoming/`; its name there is gone afterwards."""
    folder = _root() / "incoming"
    _make_folder(folder)
    descriptor, name = mkstemp(dir=folder)
    try:
        yield descriptor, Path(name)
    finally:
        os.close(descriptor)
        Path(name).unlink()


def _write_all(descriptor: int, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _name(incoming: Path, place: Path) -> None:
    """Give the received file its name; a file that is already there stays as it is."""
    _make_folder(place.parent)
    with suppress(FileExistsError):
        # Unlike a rename, a link never replaces what is there.
        os.link(incoming, place)
    _synchronise(place.parent)


def _make_folder(folder: Path) -> None:
    """Make `folder` and those above it, each known to the disk before anything lies in it."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _synchronise(folder.parent)


def _synchronise(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _too_large(limit: int) -> Invalid:
    sentence = _("The file is larger than %(limit)s, the most this server takes. Split it.") % {
        "limit": filesizeformat(limit)
    }
    return Invalid(sentence, errors={"file": [sentence]}, code="file_too_large")


def _full() -> StorageFull:
    return StorageFull(
        _(
            "The disk of the file store is full; the file was not kept. Ask the system "
            "administrator to make room, then upload it again."
        )
    )


def _empty() -> Invalid:
    sentence = _("The file is empty. Choose the right file.")
    return Invalid(sentence, errors={"file": [sentence]}, code="empty_file")
