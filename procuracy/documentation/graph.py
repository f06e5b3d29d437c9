"""`docs/state-graph.svg`: the states and transitions of every machine, drawn from the declarations.

States stand in columns by their distance from the first; an arrow that leads back or stays in its column
bends below, one that passes over a state of its row bends above. The drawing is plain SVG, without style
sheet and script.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from cases.machine import Machine
from cases.registries import machines

WIDTH, HEIGHT = 180, 64
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


def _targets(machine: Machine, state: str) -> list[str]:
    """Return the states that transitions lead to from `state`; those that leave it as it is are no arrows."""
    return [item.target for item in machine.leaving(state) if item.target]


def _onwards(machine: Machine) -> list[str]:
    """Return the states so that every transition but those that lead back goes to a later one."""
    seen: set[str] = set()
    done: list[str] = []

    def visit(state: str) -> None:
        seen.add(state)
        for target in _targets(machine, state):
            if target not in seen:
                visit(target)
        done.append(state)

    for state in machine.initial:
        visit(state)
    return done[::-1]


def _columns(machine: Machine) -> dict[str, int]:
    """Return the column of every state: its longest way from the first that never leads back."""
    order = _onwards(machine)
    place = {state: number for number, state in enumerate(order)}
    column = dict.fromkeys(order, 0)
    for state in order:
        for target in _targets(machine, state):
            if place[target] > place[state]:
                column[target] = max(column[target], column[state] + 1)
    return column


def _placed(machine: Machine, top: int) -> dict[str, Box]:
    """Return where each state stands; ends stand below the states that go on."""
    column = _columns(machine)
    filled: dict[int, int] = defaultdict(int)
    boxes = {}
    for state in sorted(column, key=lambda state: (column[state], not _targets(machine, state))):
        row = filled[column[state]]
        filled[column[state]] += 1
        x = MARGIN + column[state] * (WIDTH + GAP_X)
        boxes[state] = Box(x, top + row * (HEIGHT + GAP_Y))
    return boxes


def _heading(machine: Machine, top: int) -> str:
    title = escape(f"{machine.title_zh} · {machine.title_en}")
    heading = f'<text x="{MARGIN}" y="{top + 30}" font-size="18" fill="{INK}">{title}</text>'
    everywhere = ", ".join(sorted(_everywhere(machine)))
    if not everywhere:
        return heading
    return (
        heading
        + _text(MARGIN + 400, top + 14, "in every state:", LINE, size=10)
        + _text(MARGIN + 400, top + 28, everywhere, LINE, size=10)
    )


def _everywhere(machine: Machine) -> set[str]:
    """Return the transitions that may be recorded in every state and leave it as it is."""
    every = set(machine.states)
    return {
        item.code
        for item in machine.declarations.values()
        if not item.target and every <= set(item.sources)
    }


def _staying(machine: Machine, state: str) -> str:
    """Return the transitions that leave this state as it is, those of every state aside."""
    codes = (item.code for item in machine.leaving(state) if not item.target)
    return ", ".join(code for code in codes if code not in _everywhere(machine))


def _states(machine: Machine, boxes: dict[str, Box]) -> Iterator[str]:
    ends = [state for state in boxes if not _targets(machine, state)]
    for state, box in boxes.items():
        thick = 3 if state in ends else 1
        yield (
            f'<rect x="{box.x}" y="{box.y}" width="{WIDTH}" height="{HEIGHT}" rx="6" '
            f'fill="#f8fafc" stroke="{INK}" stroke-width="{thick}"/>'
        )
        label = escape(str(machine.states(state).label))
        middle = box.x + WIDTH // 2
        yield _text(middle, box.y + 29, label, INK)
        yield _text(middle, box.y + 44, state, "#4b5563", size=10)
        if staying := _staying(machine, state):
            yield _text(middle, box.y + 58, staying, LINE, size=9)


def _text(x: int, y: int, text: str, ink: str, *, size: int = 12) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="middle" fill="{ink}">{text}</text>'
    )


def _arrows(machine: Machine, boxes: dict[str, Box]) -> Iterator[str]:
    for source, box in boxes.items():
        codes: dict[str, list[str]] = defaultdict(list)
        for item in machine.leaving(source):
            if item.target:
                codes[item.target].append(item.code)
        beside = [target for target in codes if _is_beside(box, boxes[target])]
        beside.sort(key=lambda target: boxes[target].y)
        for target, names in codes.items():
            end, label = boxes[target], ", ".join(names)
            if target in beside:
                port = HEIGHT * (beside.index(target) + 1) // (len(beside) + 1)
                yield from _onward(box, end, label, box.y + port)
            else:
                yield from _over(box, end, label) if end.x > box.x else _back(box, end, label)


def _is_beside(start: Box, end: Box) -> bool:
    """Say whether the arrow leaves to the right without passing over a state of its row."""
    return end.x > start.x and (end.y != start.y or end.x == start.x + WIDTH + GAP_X)


def _onward(start: Box, end: Box, label: str, port: int) -> Iterator[str]:
    """Draw an arrow to a later column from height `port` of its state, its label beside the state."""
    x = start.x + WIDTH
    path = f"M{x} {port} C{x + 60} {port} {end.x - 60} {end.middle} {end.x} {end.middle}"
    yield from _drawn(path, (x + 18, port - 3), label)


def _over(start: Box, end: Box, label: str) -> Iterator[str]:
    """Draw an arrow that passes over the states between."""
    x, right, high = start.x + WIDTH * 2 // 3, end.x + WIDTH // 3, start.y - 36
    path = f"M{x} {start.y} C{x + 40} {high} {right - 40} {high} {right} {end.y}"
    yield from _drawn(path, ((x + right) // 2, high + 4), label)


def _back(start: Box, end: Box, label: str) -> Iterator[str]:
    """Draw an arrow that leads back, or stays in its column, below the states."""
    x, right = start.x + WIDTH // 3, end.x + WIDTH * 2 // 3
    low = max(start.y, end.y) + HEIGHT
    path = f"M{x} {start.y + HEIGHT} C{x} {low + 46} {right} {low + 46} {right} {end.y + HEIGHT}"
    yield from _drawn(path, ((x + right) // 2, low + 46), label)


def _drawn(path: str, at: tuple[int, int], label: str) -> Iterator[str]:
    yield f'<path d="{path}" fill="none" stroke="{LINE}" marker-end="url(#head)"/>'
    yield _text(*at, label, LINE, size=10)
