"""What kind of file the first bytes show; what the client said is never believed.

Everything that is text is ``text/plain``: HTML and SVG from outside are never shown as such.
"""

from __future__ import annotations

import codecs

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
# How many bytes `media_type` looks at.
HEAD_BYTES = 8192

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"7z\xbc\xaf'\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (0, b"\xd4\xc3\xb2\xa1", "application/vnd.tcpdump.pcap"),
    (0, b"\n\r\r\n", "application/vnd.tcpdump.pcap"),
)
_ZIP = b"PK\x03\x04"
# A member whose name begins so tells one kind of ZIP file from another.
_INSIDE_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"OFD.xml", "application/ofd"),
)
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b")


def media_type(head: bytes) -> str:
    """Return the media type of a file that begins with `head` (up to `HEAD_BYTES` of it)."""
    for offset, signature, found in _SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            return found
    if head.startswith(_ZIP):
        return _kind_of_zip(head)
    return TEXT if _is_text(head) else UNKNOWN


def _kind_of_zip(head: bytes) -> str:
    for name, found in _INSIDE_ZIP:
        if name in head:
            return found
    return "application/zip"


def _is_text(head: bytes) -> bool:
    """Tell whether `head` is UTF-8 or GB 18030 without controls; its end may cut a character."""
    if any(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in head):
        return False
    return any(_decodes(head, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True
