"""Months in a row: two columns each, and a line above them on the same axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from reporting.charts.bars import Mark
from reporting.charts.svg import WIDTH, bar, drawing, line, linked, path, text, ticks
from reporting.charts.svg import Mark as Shape

LEFT, TOP, HEIGHT = 44, 14, 190
# So many names of months stand beside each other and can be read.
NAMES = 13


@dataclass(frozen=True)
class Month:
    """One month: what came, what went, and what stood at its end."""

    title: str
    came: Mark
    went: Mark
    stood: Mark


def months(title: str, rows: Sequence[Month], legend: tuple[str, str, str]) -> SafeString:
    """Return the months on one axis of numbers."""
    largest = max(
        (mark.size for row in rows for mark in (row.came, row.went, row.stood)), default=0
    )
    axis = ticks(largest)
    scale, step = HEIGHT / axis[-1], (WIDTH - LEFT - 10) / max(len(rows), 1)
    bottom = TOP + HEIGHT
    marks: list[Shape] = []
    for number in axis:
        y = bottom - number * scale
        marks += [
            line(LEFT, y, WIDTH - 8, y, "grid"),
            text(LEFT - 8, y + 4, number, anchor="end"),
        ]
    every = -(-len(rows) // NAMES)
    for at, row in enumerate(rows):
        x = LEFT + at * step
        marks += _columns(row, x, step, bottom, scale)
        if at % every == 0:
            marks.append(text(x + step / 2, bottom + 16, row.title, anchor="middle"))
    marks += _standing(rows, step, bottom, scale)
    marks += _legend(bottom + 28, legend)
    return drawing(title, bottom + 48, marks)


def _columns(row: Month, x: float, step: float, bottom: float, scale: float) -> list[Shape]:
    width = min(step * 0.36, 26)
    centre = x + step / 2
    pairs = ((row.came, centre - width, "m1"), (row.went, centre, "m2"))
    return [
        linked(
            mark.address,
            mark.told,
            bar(left, bottom - mark.size * scale, width - 1, mark.size * scale, f"mark {tone}"),
            text(left + width / 2, bottom - mark.size * scale - 4, mark.shown, "v small", "middle"),
        )
        for mark, left, tone in pairs
        if mark.size
    ]


def _standing(rows: Sequence[Month], step: float, bottom: float, scale: float) -> list[Shape]:
    places = [
        (LEFT + at * step + step / 2, bottom - row.stood.size * scale)
        for at, row in enumerate(rows)
    ]
    dots = [
        linked(row.stood.address, row.stood.told, bar(x - 4, y - 4, 8, 8, "dot"))
        for row, (x, y) in zip(rows, places, strict=True)
    ]
    return [path(places, "trend"), *dots]


def _legend(y: float, legend: tuple[str, str, str]) -> list[Shape]:
    marks: list[Shape] = []
    step = (WIDTH - 40) / 3
    for at, (words, css) in enumerate(zip(legend, ("mark m1", "mark m2", "dot"), strict=True)):
        x = 20 + at * step
        marks += [bar(x, y, 12, 12, css), text(x + 18, y + 11, words)]
    return marks
