"""What a drawing says of a cell, and where the cell leads."""

from __future__ import annotations

from reporting.charts.bars import Mark
from reporting.figures import Cell, Row
from reporting.scope import Scope
from reporting.wording import joined, told


def mark_of(row: Row, cell: Cell, scope: Scope, head: str = "") -> Mark:
    """Return the mark of a cell: as long as its number, with its list behind it.

    Args:
        head: what the cell is, where a line has several.
    """
    place = joined(row.title, head)
    return Mark(
        size=float(cell.value or 0),
        told=told(place, cell.shown),
        shown=cell.shown,
        address=scope.link(cell.figure) if cell.value else "",
    )
