"""How a document keeps what each of its paragraphs rests on, and how that survives an edit.

A content with sources holds `rests_on`: for each line that is not empty a list of supports, each a kind
(event, exhibit, party), the reference and the pages. Labels are never kept: they are read when shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from documents.model import Support, SupportKind

Kept = list[dict[str, str]]
# A line that is at least so much like one before is that line, mended; it keeps what it rests on.
SAME_LINE = 0.6
# Comparing every line with every other is for texts people read; of a longer one only equal lines are known.
MOST_COMPARED = 200


def kept(supports: Iterable[Support]) -> Kept:
    """Return supports as JSON."""
    return [
        {"kind": item.kind.value, "reference": item.reference, "pages": item.pages}
        for item in supports
    ]


def read(row: Iterable[dict[str, str]]) -> tuple[Support, ...]:
    """Return the supports that `kept` wrote."""
    return tuple(
        Support(SupportKind(item["kind"]), item["reference"], item.get("pages", "")) for item in row
    )


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that are paragraphs of the document."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def carried(before: str, rests_on: Sequence[Kept], now: str) -> list[Kept]:
    """Return what each line of `now` rests on, after somebody edited `before`.

    A line that stands, or that was only mended, keeps its supports; a new one rests on nothing yet.
    """
    old = list(zip(lines_of(before), rests_on, strict=False))
    return [_of_line(line, old) for line in lines_of(now)]


def _of_line(line: str, old: list[tuple[str, Kept]]) -> Kept:
    if not old:
        return []
    for before, supports in old:
        if before == line:
            return supports
    if len(old) > MOST_COMPARED:
        return []
    nearest = max(old, key=lambda pair: _likeness(pair[0], line))
    return nearest[1] if _likeness(nearest[0], line) >= SAME_LINE else []


def _likeness(before: str, line: str) -> float:
    return SequenceMatcher(None, before, line, autojunk=False).ratio()
