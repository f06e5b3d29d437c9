"""The index of the archived file, made only of files that are what the record says (Rules 106; norm C123)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from audit import services as audit
from audit.errors import Refusal
from cases.models import Case, Event
from cases.registries import FiledPiece, Volume
from cases.services.acts import audit_scope
from documents.store import Integrity, put_stream, verify
from enforcement import selectors
from enforcement.models import ArchiveEntry, ArchiveIndex

Pieces = list[tuple[Volume, int, FiledPiece]]


class FileNotIntact(Refusal):
    """A stored file is missing or is not what the record says."""

    status = 409
    code = "file_not_intact"


def make_index(*, case: Case, event: Event) -> ArchiveIndex:
    """List every file of a case after each was read and compared, inside the act of `event` (S43).

    Raises:
        FileNotIntact: a file is missing or was changed; nothing is kept.
    """
    pieces = selectors.pieces_of(case)
    require_intact(pieces)
    blob = put_stream([manifest(case, pieces)])
    index = ArchiveIndex.objects.create(
        case=case, event=event, manifest=blob.sha256, size=blob.size
    )
    ArchiveEntry.objects.bulk_create(
        ArchiveEntry(
            index=index,
            volume=volume.code,
            number=number,
            place=piece.place,
            title=piece.title[:300],
            day=piece.day,
            name=piece.name,
            size=piece.size,
            sha256=piece.sha256,
            confidential=piece.confidential,
        )
        for volume, number, piece in pieces
    )
    return index


def require_intact(pieces: Pieces) -> None:
    """Refuse when a file is not there or its digest differs.

    Raises:
        FileNotIntact: naming each of them.
    """
    found = {piece.sha256: Integrity.INTACT for _volume, _number, piece in pieces}
    found = {digest: verify(digest) for digest in found}
    words = {Integrity.MISSING: _("missing"), Integrity.CHANGED: _("changed")}
    bad = [
        f"{volume.title} {number} ({piece.place}): {words[found[piece.sha256]]}"
        for volume, number, piece in pieces
        if found[piece.sha256] is not Integrity.INTACT
    ]
    if bad:
        raise FileNotIntact(
            _(
                "Not archived: these files are not what the record says: %(files)s. "
                "Tell the system administrator; the backup holds them."
            )
            % {"files": "；".join(bad[:10])},
            law="Rules 106",
        )


def manifest(case: Case, pieces: Pieces) -> bytes:
    """Return the manifest: digest, volume and number, size and place of each piece; no name of anybody."""
    lines = [f"# {case.key} SHA-256"]
    lines += [
        f"{piece.sha256}  {volume.code}/{number:05}  {piece.size}  {piece.place}"
        for volume, number, piece in pieces
    ]
    return ("\n".join(lines) + "\n").encode()


def record_manifest_download(*, actor: User, index: ArchiveIndex) -> None:
    """Leave the trace that `actor` took the manifest out."""
    audit.record(
        actor=actor,
        action="archive.manifest_downloaded",
        object_type="archive_index",
        object_id=index.pk,
        read=True,
        **audit_scope(index.case),
    )
