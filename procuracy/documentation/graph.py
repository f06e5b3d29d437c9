"""`docs/state-graph.svg`: the states and transitions of every machine, drawn from the declarations.

A drawing beside the others, each as `cases.graph` lays it out; below it the transitions that leave the state
as it is, by state.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from xml.sax.saxutils import escape

from cases.graph.drawing import INK, LINE, MARGIN, PAPER, Words, defs, draw
from cases.machine import Machine
from cases.registries import machines
from cases.track import law_code

HEAD, LINE_HEIGHT = 48, 16
LETTERS = 88  # of one line of the list
LEGEND = (
    "A line belongs to the state it leads to, and several may share it. "
    "● a matter begins here; thick: it ends here."
)


def state_graph() -> str:
    """Return the whole drawing."""
    parts: list[str] = []
    left, lowest = 0, 0
    for machine in machines.values():
        lines, width, height = _machine(machine)
        parts += [f'<g transform="translate({left} 0)">', *lines, "</g>"]
        left, lowest = left + width, max(lowest, height)
    size = f'width="{left}" height="{lowest}" viewBox="0 0 {left} {lowest}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif">',
            "<title>States and transitions</title>",
            defs(),
            f'<rect width="100%" height="100%" fill="{PAPER}"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


def _machine(machine: Machine) -> tuple[list[str], int, int]:
    """Return the drawing of one machine with its heading and its list, and how large it is."""
    picture = draw(machine, _words(machine))
    heading = escape(f"{machine.title_zh} · {machine.title_en}")
    below = HEAD + picture.height
    listed = [*_listed(machine)]
    lines = [
        f'<text x="{MARGIN}" y="30" font-size="18" fill="{INK}">{heading}</text>',
        f'<g transform="translate(0 {HEAD})">',
        *picture.lines,
        "</g>",
        *(_line(number, below, text, ink) for number, (text, ink) in enumerate(listed, start=1)),
    ]
    width = max(picture.width, MARGIN * 2 + LETTERS * 6)
    return lines, width, below + (len(listed) + 2) * LINE_HEIGHT


def _words(machine: Machine) -> Words:
    titles = {item.code: item.title_en for item in machine.declarations.values()}
    return Words(
        name=lambda state: str(machine.states(state).label),
        code=lambda state: law_code(machine.code, state),
        note=lambda state: state,
        told=lambda state: state,
        step=lambda code: titles[code],
    )


def _line(number: int, top: int, text: str, ink: str) -> str:
    y = top + number * LINE_HEIGHT
    return f'<text x="{MARGIN}" y="{y}" font-size="11" fill="{ink}">{escape(text)}</text>'


def _listed(machine: Machine) -> Iterator[tuple[str, str]]:
    """Return the lines of the list: what leaves the state as it is, by state."""
    yield from ((part, INK) for part in wrap(LEGEND, LETTERS))
    everywhere = machine.everywhere()
    found = [("In every state", everywhere)]
    for state in machine.states.values:
        staying = [item for item in machine.leaving(state) if not item.target]
        own = [item for item in staying if item not in everywhere]
        found.append((str(machine.states(state).label), own))
    if any(items for _title, items in found):
        yield "Transitions that leave the state as it is:", INK
    for title, items in found:
        if items:
            codes = ", ".join(item.code for item in items)
            yield f"{title}:", INK
            yield from ((part, LINE) for part in wrap(codes, LETTERS))
