"""The elements of the drawings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from audit.language import is_chinese

WIDTH = 560
# Where the marks begin, right of the names of the lines, and where they end.
LEFT, RIGHT = 176, 500
# So many letters of a name fit left of the marks; a Chinese one is twice as wide.
LETTERS = 23


@dataclass(frozen=True)
class Part:
    """Marks that stand for one figure, and the same shapes once more, unseen, as its link."""

    drawn: SafeString
    link: SafeString


Mark: TypeAlias = SafeString | Part


def drawing(title: str, height: float, marks: Iterable[Mark]) -> SafeString:
    """Return a drawing that says `title` to who does not see it.

    An image has no links inside for a screen reader, so they lie above it.
    """
    found = list(marks)
    drawn = joined(mark.drawn if isinstance(mark, Part) else mark for mark in found)
    links = joined(mark.link for mark in found if isinstance(mark, Part))
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}">'
        '<svg role="img"><title>{}</title>{}</svg><g>{}</g></svg>',
        WIDTH,
        at(height),
        title,
        drawn,
        links,
    )


def at(place: float) -> str:
    """Return a place or a length as it is written."""
    return f"{place:.1f}"


def joined(marks: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((mark,) for mark in marks))


def text(x: float, y: float, words: object, css: str = "", anchor: str = "start") -> SafeString:
    """Return a line of text; `anchor` says which of its ends stands at `x`: start, middle or end."""
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" class="{}">{}</text>',
        at(x),
        at(y),
        anchor,
        css,
        words,
    )


def name(y: float, words: str, x: float = LEFT - 12) -> SafeString:
    """Return the name of a line, shortened to the room left of the marks; pointing at it tells all of it."""
    most = LETTERS // 2 if is_chinese() else LETTERS
    if len(words) <= most:
        return text(x, y, words, anchor="end")
    short = text(x, y, f"{words[: most - 1]}…", anchor="end")
    return format_html("<g><title>{}</title>{}</g>", words, short)


def bar(x: float, y: float, width: float, height: float, css: str) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>',
        at(x),
        at(y),
        at(width),
        at(height),
        css,
    )


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> SafeString:
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>', at(x1), at(y1), at(x2), at(y2), css
    )


def path(points: Iterable[tuple[float, float]], css: str) -> SafeString:
    """Return a line through the points."""
    places = " ".join(f"{at(x)},{at(y)}" for x, y in points)
    return format_html('<polyline points="{}" class="{}"/>', places, css)


def linked(address: str, told: str, *marks: SafeString) -> Part:
    """Return marks that lead to a list and say what they are; without an address they only say it.

    They are no stop of the tabulator: the data table below has the same links.
    """
    shapes = joined(mark for mark in marks if not mark.startswith("<text"))
    inside = format_html("<title>{}</title>{}", told, shapes)
    link = (
        format_html('<a href="{}" aria-label="{}" tabindex="-1">{}</a>', address, told, inside)
        if address
        else format_html("<g>{}</g>", inside)
    )
    return Part(format_html("<g>{}</g>", joined(marks)), link)


def ticks(most: float) -> list[int]:
    """Return four or five round numbers from 0 to `most` or a little beyond, for an axis."""
    steps = (step * 10**power for power in count() for step in (1, 2, 5))
    step = next(step for step in steps if step * 5 >= most)
    return list(range(0, int(-(-most // step) + 1) * step, step)) if most > 0 else [0, 1]
