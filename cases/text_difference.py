"""Two texts side by side: what was taken away from one and what came into the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# A Chinese sentence or clause with its mark; a line is one too.
_CLAUSE = re.compile(r"[^，。；：！？\n]*[，。；：！？\n]+|[^，。；：！？\n]+")
# Within clauses no longer than this single characters are compared; beyond, clauses are the unit.
_SHORT = 400
# Two clauses that share less are different clauses: marking their common characters helps nobody.
_ALIKE = 0.5
# So much of an unchanged passage stands beside a change.
_AROUND = 40
OMITTED = "……"


@dataclass(frozen=True)
class Piece:
    """A passage of one of the two texts; `changed`: the other does not have it."""

    text: str
    changed: bool = False


Pieces = list[Piece]


def side_by_side(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Return both texts in pieces; long passages that they share are shortened."""
    left, right = _CLAUSE.findall(before), _CLAUSE.findall(after)
    gone: Pieces = []
    come: Pieces = []
    for tag, i, j, k, m in SequenceMatcher(None, left, right).get_opcodes():
        then, now = "".join(left[i:j]), "".join(right[k:m])
        pieces = _compared(then, now) if tag == "replace" else _whole(then, now, tag != "equal")
        gone += pieces[0]
        come += pieces[1]
    return list(_shortened(gone)), list(_shortened(come))


def _whole(then: str, now: str, changed: bool) -> tuple[Pieces, Pieces]:
    return _piece(then, changed), _piece(now, changed)


def _piece(text: str, changed: bool) -> Pieces:
    return [Piece(text, changed)] if text else []


def _compared(then: str, now: str) -> tuple[Pieces, Pieces]:
    if max(len(then), len(now)) > _SHORT:
        return _whole(then, now, True)
    matcher = SequenceMatcher(None, then, now, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole(then, now, True)
    gone: Pieces = []
    come: Pieces = []
    for tag, i, j, k, m in matcher.get_opcodes():
        gone += _piece(then[i:j], tag != "equal")
        come += _piece(now[k:m], tag != "equal")
    return gone, come


def _shortened(pieces: Pieces) -> Iterator[Piece]:
    last = len(pieces) - 1
    for index, piece in enumerate(pieces):
        head = piece.text[:_AROUND] if index else ""
        tail = piece.text[-_AROUND:] if index < last else ""
        shorter = f"{head}{OMITTED}{tail}"
        if piece.changed or len(shorter) >= len(piece.text):
            yield piece
        else:
            yield Piece(shorter)
