"""How personal information is covered on the pages: enough stays to tell two entries apart."""

from __future__ import annotations

from collections.abc import Callable

_COVER = "*"


def _keep(value: str, head: int, tail: int) -> str:
    """Return `value` with all but its first `head` and last `tail` characters covered."""
    covered = len(value) - head - tail
    if covered <= 0:
        return _COVER * len(value)
    return value[:head] + _COVER * covered + (value[-tail:] if tail else "")


def _email(value: str) -> str:
    name, at, host = value.partition("@")
    return _keep(name, 1, 0) + at + host


KINDS: dict[str, Callable[[str], str]] = {
    "identity": lambda value: _keep(value, 6, 4),
    "telephone": lambda value: _keep(value, 3, 4),
    "bank": lambda value: _keep(value, 0, 4),
    "name": lambda value: _keep(value, 1, 0),
    "email": _email,
    "address": lambda value: _keep(value, 6, 0),
    "text": lambda value: _keep(value, 1, 1),
}


def mask(value: str, kind: str = "text") -> str:
    """Return `value` covered in the way of its `kind` (a key of `KINDS`); short values wholly.

    Raises:
        KeyError: an unknown kind, so that nothing is shown by mistake.
    """
    return KINDS[kind](value)
