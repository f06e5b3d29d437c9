"""What a log may not hold is taken out of its lines: people's data, in whatever sentence they came.

The house writes its log in English. So Chinese characters in a line are somebody's data, a name mostly, and
none of them is kept. Names in other letters come by rows of the database, which are told by their numbers,
and by the database's own reports of values, which are cut off.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MASK = "…"
_PATTERNS = (
    # What PostgreSQL quotes of a row or of a statement, down to the mark below it.
    re.compile(r"^(?:DETAIL|CONTEXT|HINT|STATEMENT|QUERY):.*$", re.M),
    re.compile(r"^LINE \d+:.*(?:\n\s*\^\s*$)?", re.M),
    re.compile(r"(?<=\bToken )\S+|(?<=\bBearer )\S+", re.I),
    # The password in an address of a server.
    re.compile(r"(?<=://)[^\s/@]*:[^\s/@]*(?=@)"),
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    # Identity numbers, bank cards, telephone numbers; not days, nor the keys of cases.
    re.compile(
        r"(?<![\w.-])(?!\d{4}-\d\d-\d\d|[0-9A-Z]{2,12}-\d{4}-\d{5}\b)\+?\d(?:[ -]?\d){9,18}[Xx]?(?![\w-])"
    ),
    re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·]+"),
)


class Told(str):
    """What stands for a row in a line, also where the line quotes it."""

    def __repr__(self) -> str:
        return str(self)


def mask(text: str) -> str:
    """Return `text` without what could be somebody's data."""
    for pattern in _PATTERNS:
        text = pattern.sub(MASK, text)
    return text


def nameless(arguments: Any) -> Any:
    """Return the arguments of a log line with each row of the database told by its kind and number."""
    if isinstance(arguments, tuple):
        return tuple(map(_nameless, arguments))
    if isinstance(arguments, Mapping):
        return {name: _nameless(value) for name, value in arguments.items()}
    return arguments


def _nameless(value: Any) -> Any:
    meta = getattr(value, "_meta", None)
    return Told(f"{meta.object_name} {value.pk}") if meta and hasattr(value, "pk") else value
