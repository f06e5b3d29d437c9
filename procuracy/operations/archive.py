"""The one file of a backup: a tar archive whose last member lists what is in it, with digests.

Members: `database.dump` (pg_dump, custom format), `evidence/…`, `media/…`, `manifest.json`.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from procuracy.embedded.errors import CannotRun

FORMAT = 1
DUMP = "database.dump"
MANIFEST = "manifest.json"
FOLDERS = ("evidence", "media")
# What is just being received; nothing refers to it yet.
UNFINISHED = "incoming"
_CHUNK = 1024**2


@dataclass
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: instant in UTC, ISO 8601.
        audit_key: first 16 hexadecimal digits of the SHA-256 of the audit secret, which itself
            is not in the backup.
        elsewhere: the address of an evidence store that is no folder and is backed up by its own
            means.
        members: SHA-256 and length in bytes by member name.
        seal: HMAC-SHA-256 of all of the above under the audit secret.
    """

    made_at: str
    audit_key: str
    elsewhere: str = ""
    format: int = FORMAT
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    seal: str = ""

    def seal_under(self, secret: str) -> str:
        """Return the seal this manifest has to bear."""
        content = json.dumps(asdict(self) | {"seal": ""}, sort_keys=True).encode()
        return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()


def key_check(secret: str) -> str:
    """Return the value by which an audit secret is recognised without being told."""
    return hashlib.sha256(secret.encode()).hexdigest()[:16]


class _Counting:
    """A file that is digested while tarfile reads it."""

    def __init__(self, handle: IO[bytes]) -> None:
        self.handle = handle
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.handle.read(size)
        self.digest.update(data)
        return data


def _add(archive: tarfile.TarFile, manifest: Manifest, name: str, path: Path) -> None:
    with path.open("rb") as handle:
        info = archive.gettarinfo(arcname=name, fileobj=handle)
        info.uname = info.gname = ""
        counting = _Counting(handle)
        archive.addfile(info, counting)
    manifest.members[name] = {"sha256": counting.digest.hexdigest(), "bytes": info.size}


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        if Path(parent) == folder and UNFINISHED in folders:
            folders.remove(UNFINISHED)
        for name in sorted(names):
            path = Path(parent, name)
            if path.is_file() and not path.is_symlink():
                yield path


def write(
    target: Path, dump: Path, folders: dict[str, Path], manifest: Manifest, secret: str
) -> None:
    """Write the archive: the dump first, then the files of `folders`, the manifest last, sealed
    with the audit `secret`.

    The target appears whole or not at all.
    """
    partial = target.with_name(f".{target.name}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            with tarfile.open(fileobj=handle, mode="w", format=tarfile.PAX_FORMAT) as archive:
                _add(archive, manifest, DUMP, dump)
                for name, folder in folders.items():
                    _add_folder(archive, manifest, name, folder)
                manifest.seal = manifest.seal_under(secret)
                _add_manifest(archive, manifest)
            handle.flush()
            os.fsync(handle.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _add_folder(archive: tarfile.TarFile, manifest: Manifest, name: str, folder: Path) -> None:
    for path in _files(folder):
        _add(archive, manifest, f"{name}/{path.relative_to(folder).as_posix()}", path)


def _add_manifest(archive: tarfile.TarFile, manifest: Manifest) -> None:
    data = json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(data), 0o600
    archive.addfile(info, io.BytesIO(data))


def _damaged(path: Path, what: str) -> CannotRun:
    return CannotRun(
        f"The backup {path} is damaged: {what}. Nothing was restored; use another backup."
    )


def verify(path: Path) -> Manifest:
    """Read the archive to its end and return its manifest.

    Raises:
        CannotRun: it is no backup, or a member is missing, added, shortened or changed.
    """
    try:
        with tarfile.open(path, mode="r:") as archive:
            seen = {info.name: _digest(archive, info) for info in archive if info.name != MANIFEST}
            listed = archive.extractfile(MANIFEST)
            manifest = Manifest(**json.load(listed)) if listed else None
    except (tarfile.TarError, KeyError, TypeError, ValueError) as error:
        raise _damaged(path, f"it cannot be read as a backup of Procuracy ({error})") from error
    if manifest is None or manifest.format != FORMAT or DUMP not in manifest.members:
        raise _damaged(path, "its list of contents is of another kind")
    for name in sorted(seen.keys() ^ manifest.members.keys()):
        raise _damaged(path, f"{name} is {'not listed' if name in seen else 'missing'}")
    for name, digest in seen.items():
        if digest != manifest.members[name]["sha256"]:
            raise _damaged(path, f"{name} was changed")
    return manifest


def require_seal(path: Path, manifest: Manifest, secret: str) -> None:
    """Raise CannotRun when the list of contents is not the one the office wrote."""
    if not hmac.compare_digest(manifest.seal, manifest.seal_under(secret)):
        raise _damaged(path, "its list of contents was changed")


def _digest(archive: tarfile.TarFile, info: tarfile.TarInfo) -> str:
    parts = PurePosixPath(info.name)
    inside = info.name == DUMP or (parts.parts[0] in FOLDERS and ".." not in parts.parts)
    handle = archive.extractfile(info) if info.isreg() and inside else None
    if handle is None:
        raise tarfile.ReadError(f"{info.name} does not belong in a backup")
    digest = hashlib.sha256()
    while chunk := handle.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def extract(path: Path, dump: Path, folders: dict[str, Path]) -> None:
    """Write the dump to `dump` and the files below `folders`; call `verify` first."""
    with tarfile.open(path, mode="r:") as archive:
        for info in archive:
            top, _, rest = info.name.partition("/")
            if info.name == DUMP:
                _extract_one(archive, info, dump, 0o600)
            elif top in folders and rest:
                _extract_one(archive, info, folders[top] / rest, info.mode & 0o700)


def _extract_one(archive: tarfile.TarFile, info: tarfile.TarInfo, target: Path, mode: int) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    source = archive.extractfile(info)
    if source is None:
        raise tarfile.ReadError(info.name)
    with target.open("wb") as handle:
        while chunk := source.read(_CHUNK):
            handle.write(chunk)
        handle.flush()
        os.fsync(handle.fileno())
    target.chmod(mode)
    os.utime(target, (info.mtime, info.mtime))
