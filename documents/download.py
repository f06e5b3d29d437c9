"""Sending a file, stored or just made, so that it is saved or shown, never run and kept by no cache."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from typing import BinaryIO, TypeVar

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from documents.names import safe_name
from documents.store import CHUNK_BYTES, open_blob

logger = logging.getLogger(__name__)
# Even if a browser showed the file: no script, no form, nothing loaded, no origin.
POLICY = "sandbox; default-src 'none'"

Answer = TypeVar("Answer", bound=HttpResponseBase)


class Changed(Exception):
    """The stored bytes are not those the record names; the transfer is broken off."""


def attachment(*, sha256: str, name: str, media_type: str, size: int) -> StreamingHttpResponse:
    """Return a stored file as a download (RFC 6266).

    The last bytes are sent only when the digest of the whole is right: a changed file reaches
    nobody complete, the browser reports a failed download.

    Raises:
        BlobLost: the store does not hold it.
    """
    body = verified_chunks(open_blob(sha256), sha256)
    response = StreamingHttpResponse(body, content_type=media_type)
    response["Content-Length"] = str(size)
    response["Content-Security-Policy"] = POLICY
    return as_file(response, name)


def made_file(
    content: bytes, *, name: str, media_type: str = "application/pdf", shown: bool = False
) -> HttpResponse:
    """Return a file that was made for this answer: to be saved, or `shown` in the browser at once."""
    return as_file(HttpResponse(content, content_type=media_type), name, shown=shown)


def as_file(answer: Answer, name: str, *, shown: bool = False) -> Answer:
    """Name an answer as the file it is, to be saved or `shown`, believed as it says and kept by no cache."""
    disposition = content_disposition_header(not shown, safe_name(name))
    answer["Content-Disposition"] = disposition or ("inline" if shown else "attachment")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def verified_chunks(file: BinaryIO, sha256: str) -> Iterator[bytes]:
    """Yield the file, its last chunk only after the digest of the whole was compared.

    Raises:
        Changed: the digest is another one.
    """
    digest, held = hashlib.sha256(), b""
    with file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
            if held:
                yield held
            held = chunk
    if digest.hexdigest() != sha256:
        logger.error("Stored file %s was changed; its transfer was broken off.", sha256)
        raise Changed(sha256)
    yield held
