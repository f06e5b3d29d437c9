"""`docs/state-graph.svg`: the states and transitions of every machine, drawn from the declarations.

States stand in columns by their distance from the first; an arrow that leads back or stays in its column
bends below. The drawing is plain SVG, without style sheet and script.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from cases.machine import Machine
from cases.registries import machines

WIDTH, HEIGHT = 180, 48
GAP_X, GAP_Y = 110, 56
MARGIN, HEAD = 24, 56
INK, PAPER, LINE = "#1f2937", "#ffffff", "#1d4ed8"


@dataclass(frozen=True)
class Box:
    """Where a state stands."""

    x: int
    y: int

    @property
    def middle(self) -> int:
        return self.y + HEIGHT // 2


def state_graph() -> str:
    """Return the whole drawing."""
    parts: list[str] = []
    top, widest = 0, 0
    for machine in machines.values():
        boxes = _placed(machine, top + HEAD)
        parts += [_heading(machine, top), *_arrows(machine, boxes), *_states(machine, boxes)]
        top = max(box.y for box in boxes.values()) + HEIGHT + GAP_Y
        widest = max(widest, *(box.x + WIDTH for box in boxes.values()))
    size = f'width="{widest + MARGIN}" height="{top}" viewBox="0 0 {widest + MARGIN} {top}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif">',
            "<title>States and transitions</title>",
            f'<defs><marker id="head" markerWidth="9" markerHeight="8" refX="8" refY="4" '
            f'orient="auto"><path d="M0 0 L9 4 L0 8 z" fill="{LINE}"/></marker></defs>',
            f'<rect width="100%" height="100%" fill="{PAPER}"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


def _columns(machine: Machine) -> dict[str, int]:
    """Return the column of every state: its distance from the first."""
    column = dict.fromkeys(machine.initial, 0)
    waiting = list(machine.initial)
    for state in waiting:
        for item in machine.leaving(state):
            if item.target not in column:
                column[item.target] = column[state] + 1
                waiting.append(item.target)
    return column


def _placed(machine: Machine, top: int) -> dict[str, Box]:
    filled: dict[int, int] = defaultdict(int)
    boxes = {}
    for state, column in _columns(machine).items():
        y = top + filled[column] * (HEIGHT + GAP_Y)
        boxes[state] = Box(MARGIN + column * (WIDTH + GAP_X), y)
        filled[column] += 1
    return boxes


def _heading(machine: Machine, top: int) -> str:
    title = escape(f"{machine.title_zh} · {machine.title_en}")
    return f'<text x="{MARGIN}" y="{top + 30}" font-size="18" fill="{INK}">{title}</text>'


def _states(machine: Machine, boxes: dict[str, Box]) -> Iterator[str]:
    ends = [state for state in boxes if not machine.leaving(state)]
    for state, box in boxes.items():
        thick = 3 if state in ends else 1
        yield (
            f'<rect x="{box.x}" y="{box.y}" width="{WIDTH}" height="{HEIGHT}" rx="6" '
            f'fill="#f8fafc" stroke="{INK}" stroke-width="{thick}"/>'
        )
        label = escape(str(machine.states(state).label))
        middle = box.x + WIDTH // 2
        yield _text(middle, box.y + 21, label, INK)
        yield _text(middle, box.y + 38, state, "#4b5563", size=10)


def _text(x: int, y: int, text: str, ink: str, *, size: int = 12) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="middle" fill="{ink}">{text}</text>'
    )


def _arrows(machine: Machine, boxes: dict[str, Box]) -> Iterator[str]:
    codes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in machine.declarations.values():
        for source in item.sources:
            codes[source, item.target].append(item.code)
    for (source, target), names in codes.items():
        yield from _arrow(boxes[source], boxes[target], ", ".join(names))


def _arrow(start: Box, end: Box, label: str) -> Iterator[str]:
    if end.x > start.x:
        x, y = start.x + WIDTH, start.middle
        path = f"M{x} {y} C{x + 60} {y} {end.x - 60} {end.middle} {end.x} {end.middle}"
        at = ((x + end.x) // 2, (y + end.middle) // 2 - 5)
    else:
        x, right = start.x + WIDTH // 3, end.x + WIDTH * 2 // 3
        low = max(start.y, end.y) + HEIGHT
        path = (
            f"M{x} {start.y + HEIGHT} C{x} {low + 46} {right} {low + 46} {right} {end.y + HEIGHT}"
        )
        at = ((x + right) // 2, low + 46)
    yield f'<path d="{path}" fill="none" stroke="{LINE}" marker-end="url(#head)"/>'
    yield _text(*at, label, LINE)
