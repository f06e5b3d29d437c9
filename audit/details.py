"""What may stand in the details of an entry: ids, codes, field names and digests.

The record can never be shortened, so personal information must not get in. Free text has no place
here; what people wrote belongs to the object the entry names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from audit.canonical import Json, encode
from audit.text import holds_personal_number

LARGEST_TEXT = 200
LARGEST_DETAILS = 8192
DEEPEST = 4
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,59}")
_CODE = re.compile(r"[A-Za-z0-9_.:/+=,*-]*")


class UnsafeDetails(ValueError):
    """Details that might hold personal information; the act they belong to must not happen."""


def checked(details: Mapping[str, Json]) -> Mapping[str, Json]:
    """Return `details` unchanged.

    Raises:
        UnsafeDetails: a key or text is no code, a text looks like a personal number, or the whole
            is deeper than 4 levels or larger than 8 KiB.
        TypeError: a value has no canonical form, for example a fraction.
    """
    _check(details, 0)
    if len(encode(details)) > LARGEST_DETAILS:
        raise UnsafeDetails(f"Audit details hold at most {LARGEST_DETAILS} bytes.")
    return details


def _check(value: Json, depth: int) -> None:
    if depth > DEEPEST:
        raise UnsafeDetails(f"Audit details are at most {DEEPEST} levels deep.")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not _KEY.fullmatch(key):
                raise UnsafeDetails("A key of audit details must be a field name or a code.")
            _check(item, depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item, depth + 1)


# The same codes and days come again and again; what is refused is not remembered.
@lru_cache(maxsize=8192)
def _check_text(value: str) -> None:
    # The value is not repeated in the message: messages end in server logs.
    if len(value) > LARGEST_TEXT or not _CODE.fullmatch(value):
        raise UnsafeDetails("A text in audit details must be an id, a code or a digest.")
    if holds_personal_number(value):
        raise UnsafeDetails("A text in audit details looks like a personal number.")
