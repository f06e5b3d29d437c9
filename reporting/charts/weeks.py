"""Twelve weeks, a column each, with a field a day: how much falls on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from reporting.charts.svg import Mark as Shape
from reporting.charts.svg import bar, drawing, linked, text

LEFT, STEP, TALL = 52, 42, 30


@dataclass(frozen=True)
class Field:
    """One day.

    Attributes:
        level: from 0 for nothing to 4.
        off: whether nobody works.
    """

    day: date
    number: int
    level: int
    off: bool
    makeup: bool
    today: bool
    told: str
    address: str


def weeks(title: str, fields: Sequence[Field], weekdays: Sequence[str]) -> SafeString:
    """Return the weeks; `fields` begin on a Monday."""
    marks: list[Shape] = [
        text(LEFT - 8, 28 + at * TALL + 18, weekday, anchor="end")
        for at, weekday in enumerate(weekdays)
    ]
    for at in range(0, len(fields), 7):
        monday = fields[at].day
        marks.append(
            text(_left(at) + STEP / 2 - 2, 18, f"{monday.month}/{monday.day}", anchor="middle")
        )
    marks += [_field(field, at) for at, field in enumerate(fields)]
    return drawing(title, 28 + 7 * TALL + 4, marks)


def _left(at: int) -> float:
    return LEFT + at // 7 * STEP


def _field(field: Field, at: int) -> Shape:
    x, y = _left(at), 28 + at % 7 * TALL
    classes = [f"h{field.level}"]
    classes += [name for name in ("off", "makeup", "today") if getattr(field, name)]
    inside = [bar(x, y, STEP - 5, TALL - 5, f"field {' '.join(classes)}")]
    if field.number:
        css = f"on h{field.level}"
        inside.append(text(x + STEP / 2 - 2, y + 17, field.number, css, "middle"))
    return linked(field.address if field.number else "", field.told, *inside)
