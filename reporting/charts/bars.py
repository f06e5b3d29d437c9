"""Lines of bars: one figure a line, or several side by side in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from reporting.charts.svg import LEFT, RIGHT, WIDTH, bar, drawing, linked, name, text
from reporting.charts.svg import Mark as Shape

ROW, THICK = 30, 22
# Narrower bars would not be seen, and in narrower ones no number can be read.
LEAST, READABLE = 3, 20


@dataclass(frozen=True)
class Mark:
    """One bar: how long, what it says, where it leads.

    Attributes:
        told: what is said when one points at it.
        shown: the number as it is read.
    """

    size: float
    told: str
    shown: str
    address: str = ""


@dataclass(frozen=True)
class Bar:
    """A line with one bar; `aside` stands at the right edge."""

    title: str
    mark: Mark
    aside: str = ""


def bars(title: str, rows: Sequence[Bar]) -> SafeString:
    """Return lines with one bar each, its number behind it."""
    most = max((row.mark.size for row in rows), default=0) or 1
    marks: list[Shape] = []
    for at, row in enumerate(rows):
        top = at * ROW + 4
        length = (RIGHT - 60 - LEFT) * row.mark.size / most
        width = max(length, LEAST) if row.mark.size else 0
        marks += [
            name(top + 16, row.title),
            linked(
                row.mark.address,
                row.mark.told,
                bar(LEFT, top, width, THICK, "mark m1"),
                text(LEFT + width + 8, top + 16, row.mark.shown, "v"),
            ),
            text(WIDTH - 8, top + 16, row.aside, anchor="end"),
        ]
    return drawing(title, len(rows) * ROW + 6, marks)


@dataclass(frozen=True)
class Stack:
    """A line of several bars, one behind the other."""

    title: str
    marks: tuple[Mark, ...]


def stacks(
    title: str, rows: Sequence[Stack], legend: Sequence[str], *, tones: Sequence[str]
) -> SafeString:
    """Return lines of bars that add up, and below what each of them stands for.

    Args:
        tones: the class of each place in a line; one a name of the legend.
    """
    most = max((sum(mark.size for mark in row.marks) for row in rows), default=0) or 1
    marks: list[Shape] = []
    for at, row in enumerate(rows):
        top, x = at * ROW + 4, float(LEFT)
        marks.append(name(top + 16, row.title))
        for mark, tone in zip(row.marks, tones, strict=True):
            width = (RIGHT - LEFT) * mark.size / most
            if not mark.size:
                continue
            inside = [bar(x, top, max(width, LEAST), THICK, f"mark {tone}")]
            if width >= READABLE:
                inside.append(text(x + width / 2, top + 16, mark.shown, f"on {tone}", "middle"))
            marks.append(linked(mark.address, mark.told, *inside))
            x += max(width, LEAST)
        marks.append(text(x + 8, top + 16, f"{sum(mark.size for mark in row.marks):.0f}", "v"))
    height = len(rows) * ROW + 6
    marks += _legend(height, legend, tones)
    return drawing(title, height + 26, marks)


def _legend(height: float, legend: Sequence[str], tones: Sequence[str]) -> list[Shape]:
    marks: list[Shape] = []
    step = (WIDTH - 40) / len(legend)
    for at, (words, tone) in enumerate(zip(legend, tones, strict=True)):
        x = 20 + at * step
        marks += [bar(x, height + 6, 12, 12, f"mark {tone}"), text(x + 18, height + 17, words)]
    return marks
