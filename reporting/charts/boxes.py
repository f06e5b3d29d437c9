"""How long things took: a box a line, from the first to the third quartile, beside the length of the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from reporting.charts.svg import LEFT, RIGHT, bar, drawing, line, linked, name, text, ticks
from reporting.charts.svg import Mark as Shape

ROW, THICK = 34, 22


@dataclass(frozen=True)
class Box:
    """One line, all in days.

    Attributes:
        spread: shortest, first quartile, median, third quartile, longest.
        limit: the length of the law; None where it names none.
    """

    title: str
    spread: tuple[float, float, float, float, float]
    told: str
    address: str = ""
    limit: float | None = None


def boxes(title: str, rows: Sequence[Box]) -> SafeString:
    """Return the boxes on one axis of days."""
    most = max((max(row.spread[-1], row.limit or 0) for row in rows), default=0)
    axis = ticks(most)
    scale = (RIGHT + 30 - LEFT) / axis[-1]
    bottom = len(rows) * ROW + 8
    marks: list[Shape] = [
        line(LEFT + day * scale, 2, LEFT + day * scale, bottom, "grid") for day in axis
    ]
    for at, row in enumerate(rows):
        marks += _box(row, at * ROW + 8, scale)
    marks += [text(LEFT + day * scale, bottom + 16, day, anchor="middle") for day in axis]
    return drawing(title, bottom + 24, marks)


def _box(row: Box, top: float, scale: float) -> list[Shape]:
    least, low, middle, high, longest = (LEFT + days * scale for days in row.spread)
    centre = top + THICK / 2
    inside = [
        line(least, centre, longest, centre, "whisker"),
        bar(low, top, max(high - low, 2), THICK, "box"),
        line(middle, top, middle, top + THICK, "median"),
    ]
    if row.limit is not None:
        at = LEFT + row.limit * scale
        inside.append(line(at, top - 4, at, top + THICK + 4, "limit"))
    return [name(top + 16, row.title), linked(row.address, row.told, *inside)]
