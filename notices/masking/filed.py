"""What a filed paper for the public says of people: the text layer and the properties of its PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from pypdf import PdfReader

from audit.errors import UnmetRequirement, invalid_field
from notices.declaration import Addressee
from notices.masking.patterns import KINDS, Found, bare, find
from notices.models import Document

LAW = "CC 1034; Rules 91"
# Under which a filed paper keeps what its search left open; no type declares such a content.
PRINT = "print"
# A notice of a few pages is far below; what is larger is a bundle of scans, and read by a person.
MOST_BYTES, MOST_PAGES = 20 * 1024 * 1024, 200
_HEAD = 1024
# Tags, and the identifiers programs put in: by chance they look like a telephone number.
_NOTHING_OF_PEOPLE = re.compile(r"<[^>]*>|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def search(
    document: Document, upload: UploadedFile[Any], *, own_contact: str, published: bool
) -> None:
    """Search an uploaded paper for the public; what stays open is kept in the row, masked and not saved.

    Args:
        own_contact: how the office is reached, as the paper says it (Rules 91(4)).
        published: it is entered from before and was read by everybody already: nothing is refused.

    Raises:
        Invalid: it names a person by number; naming each, masked.
    """
    if document.type.addressee is not Addressee.PUBLIC:
        return
    found = _found(upload, (own_contact, document.office.telephone))
    if found is None and published:
        return
    if found and not published:
        sentence = _(
            "This file names a person: %(found)s. Mask it in the file and file that. How the office is "
            "reached may stand in it: enter it in the field for that."
        )
        named = "; ".join(f"{item.label} {item.masked}" for item in found)
        raise invalid_field("file", sentence % {"found": named}, LAW)
    if found is None or found:
        rows = [{"kind": item.kind, "shown": item.masked} for item in found or ()]
        document.content[PRINT] = {"value": "", "searched": found is not None, "exposed": rows}


def _found(upload: UploadedFile[Any], own: Iterable[str]) -> list[Found] | None:
    """Return what names a person in a PDF; None where it cannot be searched."""
    if (upload.size or 0) > MOST_BYTES:
        return None
    upload.seek(0)
    content = upload.read()
    if b"%PDF-" not in content[:_HEAD]:
        return None
    try:
        text = everything_in(content, most_pages=MOST_PAGES)
    except Exception:  # pypdf raises whatever the damaged file makes it raise
        return None
    if not text.strip():
        return None
    allowed = [bare(entry) for entry in own]
    return [item for item in find(text) if not any(bare(item.text) in entry for entry in allowed)]


def everything_in(content: bytes, *, most_pages: int | None = None) -> str:
    """Return what programs read in a PDF: the text layer, the properties and their XML.

    Raises:
        ValueError: it has more pages than `most_pages`.
    """
    reader = PdfReader(io.BytesIO(content))
    if most_pages is not None and len(reader.pages) > most_pages:
        raise ValueError("too many pages")
    texts = [bare(page.extract_text()) for page in reader.pages]
    texts += [str(value) for value in (reader.metadata or {}).values()]
    if reader.xmp_metadata is not None:
        texts.append(_NOTHING_OF_PEOPLE.sub(" ", reader.xmp_metadata.rdf_root.toxml()))
    return "\n".join(texts)


def rows_left_in(document: Document) -> list[dict[str, str]]:
    """Return what names a person in a filed paper that was published before: kind and masked."""
    return list(document.content.get(PRINT, {}).get("exposed", []))


def left_in(document: Document) -> list[UnmetRequirement]:
    """Return what the search of a filed paper left to whoever publishes it."""
    kept = document.content.get(PRINT)
    if kept is None:
        return []
    if not kept["searched"]:
        return [
            UnmetRequirement(
                code="masking:not_searched",
                message=_("The text of this file could not be searched for numbers of people."),
                law=LAW,
                cure=_("Read it yourself before it is published, or file a PDF with its text."),
            )
        ]
    return [
        UnmetRequirement(
            code=f"masking:{PRINT}",
            message=_("The file names a person: %(kind)s %(masked)s.")
            % {"kind": KINDS[row["kind"]], "masked": row["shown"]},
            law=LAW,
            cure=_(
                "Let it be taken down where it can still be read, and file a masked correction."
            ),
        )
        for row in rows_left_in(document)
    ]
