"""One spelling for one fact: canonical JSON in the manner of RFC 8785.

Keys sorted by their UTF-16 code units, no white space, UTF-8, only the escapes that JSON
demands. Numbers are integers that every JSON reader holds exactly; fractions are refused, so the
number rules of RFC 8785 never come into play.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

LARGEST_INTEGER = 2**53 - 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]


def _utf16(key: str) -> bytes:
    if not isinstance(key, str):
        raise TypeError(f"An object's key is a text, not {type(key).__name__}.")
    return key.encode("utf-16-be", "surrogatepass")


@lru_cache(maxsize=1024)
def _in_order(keys: tuple[str, ...]) -> list[str]:
    """Return keys by their UTF-16 code units; objects of one kind have the same ones again and again."""
    return sorted(keys, key=_utf16)


def _ordered(value: Json) -> Json:
    """Return `value` with every object's keys in canonical order."""
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise ValueError(f"{value} is larger than JSON readers hold exactly.")
        return value
    if isinstance(value, (dict, Mapping)):
        return {key: _ordered(value[key]) for key in _in_order(tuple(value))}
    if isinstance(value, list | tuple):
        return [_ordered(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form.")


def encode(value: Json) -> bytes:
    """Return the canonical bytes of `value`.

    Raises:
        TypeError: a value or key has no canonical form (a float, a date …).
        ValueError: an integer beyond ±(2⁵³-1), or a text with a lone surrogate.
    """
    return _ENCODER.encode(_ordered(value)).encode("utf-8")
