"""The lines of the SVG: boxes, arrows and what they are called.

Plain SVG without style sheet and script: presentation attributes draw the file of `docs/`, the style sheet of
the application goes by the classes and so has the last word on its pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from xml.sax.saxutils import escape

from cases.graph.layout import HEIGHT, ROW, WIDTH, Edge, Layout, Link, Spot, edges_of, layout
from cases.machine import Machine

INK, FAINT, PAPER, LINE, BOX = "#1f2937", "#4b5563", "#ffffff", "#1d4ed8", "#f8fafc"
MARGIN = 24
LONGEST = 27  # letters of one line of a title
# Where on its first piece the codes of an arrow stand, by turns, so that neighbours do not touch.
ON_THE_LINE = (0.17, 0.36, 0.55)
Point = tuple[float, float]


@dataclass(frozen=True)
class Words:
    """What the picture says.

    Attributes:
        name: the title of a state.
        code: its code in law 3.1.
        note: a line below the title; may be empty.
        told: what is said of a state when one points at it.
        step: the title of a transition by its code.
    """

    name: Callable[[str], str]
    code: Callable[[str], str]
    note: Callable[[str], str]
    told: Callable[[str], str]
    step: Callable[[str], str]


@dataclass(frozen=True)
class Marks:
    """What is marked: states by ``now``, ``gone`` or ``next``, changes of state by ``gone`` or ``next``."""

    states: Mapping[str, str] = field(default_factory=dict)
    edges: Mapping[Edge, str] = field(default_factory=dict)


NOTHING = Marks()


@dataclass(frozen=True)
class Picture:
    """The drawn machine and its size."""

    lines: Sequence[str]
    width: int
    height: int


def defs() -> str:
    """Return the heads of the arrows, once a drawing."""
    heads = (
        f'<marker id="graph-{name}" markerWidth="9" markerHeight="8" refX="8" refY="4" '
        f'orient="auto" markerUnits="userSpaceOnUse">'
        f'<path class="{name}" d="M0 0 L9 4 L0 8 z" fill="{ink}"/></marker>'
        for name, ink in (("head", LINE), ("head-gone", INK), ("head-next", LINE))
    )
    return f"<defs>{''.join(heads)}</defs>"


def draw(machine: Machine, words: Words, marks: Marks = NOTHING) -> Picture:
    """Return the picture of a machine, its upper left corner at the origin."""
    plan = layout(machine)
    pen = _Pen(machine, plan, words, marks)
    lines = [*pen.arrows(), *pen.boxes(), *pen.labels()]
    return Picture(lines, plan.width + 2 * MARGIN, plan.height + 2 * MARGIN)


def text(x: float, y: float, words: str, ink: str, *, size: int = 12, css: str = "") -> str:
    """Return a line of text around `x`."""
    named = f' class="{css}"' if css else ""
    return (
        f'<text{named} x="{x:.0f}" y="{y:.0f}" font-size="{size}" text-anchor="middle" '
        f'fill="{ink}">{escape(words)}</text>'
    )


class _Pen:
    def __init__(self, machine: Machine, plan: Layout, words: Words, marks: Marks) -> None:
        self.machine, self.plan, self.words, self.marks = machine, plan, words, marks
        self.codes = edges_of(machine)
        self.ports = _ports(plan)

    def left(self, spot: Spot) -> float:
        return MARGIN + self.plan.x[spot] - WIDTH / 2

    def top(self, spot: Spot) -> int:
        return MARGIN + spot.row * ROW

    # --- states ---------------------------------------------------------------------------------

    def boxes(self) -> Iterator[str]:
        for spot in self.plan.states:
            yield from self._box(spot)

    def _box(self, spot: Spot) -> Iterator[str]:
        state, x, y = spot.state, self.left(spot), self.top(spot)
        mark = self.marks.states.get(state, "")
        thick = 3 if mark == "now" or not self.machine.moves(state) else 1
        yield f'<g class="{" ".join(filter(None, ("state", mark)))}">'
        yield f"<title>{escape(self.words.told(state))}</title>"
        yield (
            f'<rect x="{x:.0f}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6" '
            f'fill="{BOX}" stroke="{INK}" stroke-width="{thick}"/>'
        )
        if state in self.machine.initial:
            yield f'<circle cx="{x + 12:.0f}" cy="{y + 12}" r="4" fill="{INK}"/>'
        yield from self._written(spot)
        yield "</g>"

    def _written(self, spot: Spot) -> Iterator[str]:
        x, y = MARGIN + self.plan.x[spot], self.top(spot)
        code = self.words.code(spot.state)
        yield text(x + WIDTH / 2 - 16, y + 15, code, FAINT, size=10, css="code")
        lines = wrap(self.words.name(spot.state), LONGEST)[:2]
        first = y + (36 if len(lines) == 1 else 30)
        for number, line in enumerate(lines):
            yield text(x, first + number * 13, line, INK, css="name")
        if note := self.words.note(spot.state):
            yield text(x, y + 56, note, FAINT, size=10, css="note")

    # --- arrows ---------------------------------------------------------------------------------

    def arrows(self) -> Iterator[str]:
        for link in sorted(self.plan.links, key=lambda link: bool(self._mark(link))):
            yield from self._arrow(link)

    def _arrow(self, link: Link) -> Iterator[str]:
        mark = self._mark(link)
        named = f"graph-head-{mark}" if mark else "graph-head"
        head = "" if link.last.lane else f' marker-end="url(#{named})"'
        width = {"gone": 2.5, "next": 2}.get(mark, 1)
        yield (
            f'<g class="{" ".join(filter(None, ("edge", mark)))}">'
            f"<title>{escape(self._told(link))}</title>"
            f'<path d="{self._curve(link)}" fill="none" stroke="{LINE}" stroke-width="{width}"'
            f"{head}/></g>"
        )

    def _mark(self, link: Link) -> str:
        found = {self.marks.edges.get(edge, "") for edge in link.edges}
        return "gone" if "gone" in found else "next" if "next" in found else ""

    def _told(self, link: Link) -> str:
        name = self.words.name
        return "\n".join(
            f"{code} {self.words.step(code)}: {name(source)} → {name(target)}"
            for source, target in sorted(link.edges)
            for code in self.codes[source, target]
        )

    def _curve(self, link: Link) -> str:
        """Return the path of a piece, with the way past a row where a shared line goes on."""
        start, bend, lead, end = self._bezier(link)
        path = f"M{_at(start)} C{_at(bend)} {_at(lead)} {_at(end)}"
        if link.last.lane:
            path += f" V{end[1] + (-HEIGHT if link.upwards else HEIGHT):.0f}"
        return path

    def _bezier(self, link: Link) -> tuple[Point, Point, Point, Point]:
        above = self.ports[link.upper, "below", link_key(link)], self.top(link.upper) + HEIGHT
        below = self.ports[link.lower, "above", link_key(link)], self.top(link.lower)
        start, end = (below, above) if link.upwards else (above, below)
        bend = (end[1] - start[1]) * 0.45
        return start, (start[0], start[1] + bend), (end[0], end[1] - bend), end

    # --- codes ----------------------------------------------------------------------------------

    def labels(self) -> Iterator[str]:
        """Write the codes at the beginning of each arrow."""
        leaving: dict[tuple[Spot, bool], list[Link]] = defaultdict(list)
        for link in self.plan.links:
            if not link.first.lane:
                leaving[link.first, link.upwards].append(link)
        for links in leaving.values():
            links.sort(key=lambda link: self._bezier(link)[0][0])
            for number, link in enumerate(links):
                yield self._label(link, number)

    def _label(self, link: Link, number: int) -> str:
        codes = self.codes[link.first.state, link.last.state]
        x, y = _on(self._bezier(link), ON_THE_LINE[number % len(ON_THE_LINE)])
        words = escape(", ".join(codes))
        mark = self._mark(link)
        return (
            f'<text class="{" ".join(filter(None, ("label", mark)))}" x="{x:.0f}" y="{y + 3:.0f}" '
            f'font-size="10" text-anchor="middle" fill="{LINE}" stroke="{PAPER}" '
            f'stroke-width="4" paint-order="stroke">{words}</text>'
        )


def link_key(link: Link) -> tuple[Spot, Spot, bool]:
    """Return what tells a piece of line from every other."""
    return link.upper, link.lower, link.upwards


def _ports(plan: Layout) -> dict[tuple[Spot, str, tuple[Spot, Spot, bool]], float]:
    """Return where each piece of line leaves or meets its spots, in the order of what it leads to."""
    sides: dict[tuple[Spot, str], list[Link]] = defaultdict(list)
    for link in plan.links:
        sides[link.upper, "below"].append(link)
        sides[link.lower, "above"].append(link)
    found = {}
    for (spot, side), links in sides.items():
        links.sort(
            key=lambda link: (plan.x[link.lower if side == "below" else link.upper], link.upwards)
        )
        for number, link in enumerate(links, start=1):
            shift = 0 if spot.lane else WIDTH * number / (len(links) + 1) - WIDTH / 2
            found[spot, side, link_key(link)] = MARGIN + plan.x[spot] + shift
    return found


def _at(point: Point) -> str:
    return f"{point[0]:.0f} {point[1]:.0f}"


def _on(curve: Collection[Point], part: float) -> Point:
    """Return the point of a cubic curve at `part` of its parameter."""
    rest = 1 - part
    weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
    x = sum(weight * point[0] for weight, point in zip(weights, curve, strict=True))
    y = sum(weight * point[1] for weight, point in zip(weights, curve, strict=True))
    return x, y
