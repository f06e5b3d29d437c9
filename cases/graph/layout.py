"""Where the states and arrows of a machine stand, computed from the declarations alone.

States stand in rows: each below every state that leads to it in the order of law 3.1. Whatever leads to a
state over more than one row shares one line to it, so that ten ways to one end are one line and no tangle.
What leads back against the order of the law is a line upwards. The same declarations give the same picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil

from cases.machine import Machine

WIDTH, HEIGHT = 172, 62
ROW = 142  # from one row to the next
LANE = 14  # the width of a line that passes a row
GAP = 22
SWEEPS = 12
# How strongly a line is kept straight: of the usual way, of a shared line, of any other.
USUAL, SHARED, OTHER = 40, 3, 1

Edge = tuple[str, str]


@dataclass(frozen=True)
class Spot:
    """A state in its row, or the place where the shared line to a state passes a row.

    Attributes:
        lane: ``""`` for a state; ``down`` or ``up`` for a line to `state` that comes from above or below.
    """

    state: str
    row: int
    lane: str = ""

    @property
    def width(self) -> int:
        return LANE if self.lane else WIDTH


@dataclass
class Link:
    """A piece of line between two neighbouring rows, with the edges that run over it.

    Attributes:
        upper, lower: its ends; an arrow upwards runs from lower to upper.
    """

    upper: Spot
    lower: Spot
    upwards: bool
    edges: set[Edge] = field(default_factory=set)

    @property
    def first(self) -> Spot:
        """Where an arrow enters the piece; a state unless the line is shared further back."""
        return self.lower if self.upwards else self.upper

    @property
    def last(self) -> Spot:
        """Where an arrow leaves the piece, on its way to the state named there."""
        return self.upper if self.upwards else self.lower


@dataclass(frozen=True)
class Layout:
    """The whole picture of a machine.

    Attributes:
        x: the middle of each spot.
        width, height: of everything.
    """

    rows: Sequence[Sequence[Spot]]
    links: Sequence[Link]
    x: Mapping[Spot, float]
    width: int
    height: int

    @property
    def states(self) -> list[Spot]:
        return [spot for row in self.rows for spot in row if not spot.lane]


def edges_of(machine: Machine) -> dict[Edge, tuple[str, ...]]:
    """Return every change of state with the codes of the transitions that make it, in the law's order."""
    return {
        (state, target): tuple(item.code for item in items)
        for state in machine.states.values
        for target, items in machine.moves(state).items()
    }


def layout(machine: Machine) -> Layout:
    """Place the states that some transition leaves or enters, and the lines between them."""
    edges = edges_of(machine)
    row = _rows_of(machine, edges)
    links = _links(edges, row)
    rows = _spots(machine, row, links)
    for number in range(SWEEPS):
        rows = _sorted(rows, links, downwards=number % 2 == 0)
    x = _straightened(rows, links, machine.usual)
    left = min(x[spot] - spot.width / 2 for spot in x)
    x = {spot: place - left for spot, place in x.items()}
    width = max(x[spot] + spot.width / 2 for spot in x)
    return Layout(rows, links, x, ceil(width), (len(rows) - 1) * ROW + HEIGHT)


# --- rows ---------------------------------------------------------------------------------------


def _rows_of(machine: Machine, edges: Iterable[Edge]) -> dict[str, int]:
    """Return the row of each state: the longest way to it in the order of the law."""
    order = {state: number for number, state in enumerate(machine.states.values)}
    used = {state for edge in edges for state in edge} | set(machine.initial)
    row = {state: 0 for state in order if state in used}
    for state in row:  # in the law's order, so that all that lead to it are placed
        for source, target in edges:
            if source == state and order[target] > order[state]:
                row[target] = max(row[target], row[state] + 1)
    return row


def _links(edges: Iterable[Edge], row: Mapping[str, int]) -> list[Link]:
    found: dict[tuple[Spot, Spot, bool], Link] = {}
    for source, target in edges:
        upwards = row[target] < row[source]
        path = _path(source, target, row, upwards)
        for one, other in pairwise(path):
            upper, lower = (other, one) if upwards else (one, other)
            link = found.setdefault((upper, lower, upwards), Link(upper, lower, upwards))
            link.edges.add((source, target))
    return list(found.values())


def _path(source: str, target: str, row: Mapping[str, int], upwards: bool) -> list[Spot]:
    step = -1 if upwards else 1
    lane = "up" if upwards else "down"
    between = range(row[source] + step, row[target], step)
    return [
        Spot(source, row[source]),
        *(Spot(target, number, lane) for number in between),
        Spot(target, row[target]),
    ]


# --- the order within a row ---------------------------------------------------------------------


def _spots(machine: Machine, row: Mapping[str, int], links: Iterable[Link]) -> list[list[Spot]]:
    """Return the spots of each row, to begin with in the order of the law, lines behind the states."""
    order = {state: number for number, state in enumerate(machine.states.values)}
    spots = {Spot(state, number) for state, number in row.items()}
    spots |= {spot for link in links for spot in (link.upper, link.lower)}
    rows: list[list[Spot]] = [[] for _ in range(max(row.values()) + 1)]
    for spot in sorted(spots, key=lambda spot: (spot.lane, order[spot.state])):
        rows[spot.row].append(spot)
    return rows


def _neighbours(links: Iterable[Link], *, above: bool) -> dict[Spot, list[Spot]]:
    found: dict[Spot, list[Spot]] = defaultdict(list)
    for link in links:
        mine, other = (link.lower, link.upper) if above else (link.upper, link.lower)
        found[mine].append(other)
    return found


def _sorted(rows: list[list[Spot]], links: Sequence[Link], *, downwards: bool) -> list[list[Spot]]:
    """Return the rows, each put in the order in which its neighbours of the row before stand."""
    beside = _neighbours(links, above=downwards)
    result = [list(row) for row in rows]
    numbers = range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1)
    for number in numbers:
        before = result[number - 1 if downwards else number + 1]
        place = {spot: index / len(before) for index, spot in enumerate(before)}
        middle = {
            spot: index / len(result[number]) for index, spot in enumerate(result[number])
        } | {
            spot: sum(place[other] for other in beside[spot]) / len(beside[spot])
            for spot in result[number]
            if beside[spot]
        }
        ordered = sorted(result[number], key=lambda spot: middle[spot])
        if _crossings(ordered, beside, place) <= _crossings(result[number], beside, place):
            result[number] = ordered
    return result


def _crossings(
    row: Sequence[Spot], beside: Mapping[Spot, list[Spot]], place: Mapping[Spot, float]
) -> int:
    ends = [sorted(place[other] for other in beside.get(spot, ())) for spot in row]
    return sum(
        left > right
        for index, mine in enumerate(ends)
        for others in ends[index + 1 :]
        for left in mine
        for right in others
    )


# --- places -------------------------------------------------------------------------------------


def _straightened(
    rows: list[list[Spot]], links: Sequence[Link], usual: Mapping[str, str]
) -> dict[Spot, float]:
    """Return the middle of each spot so that lines are as straight as the order lets them be."""
    x = {spot: place for row in rows for spot, place in zip(row, _packed(row), strict=True)}
    pulls: dict[Spot, list[tuple[Spot, int]]] = defaultdict(list)
    for link in links:
        weight = _weight(link, usual)
        pulls[link.upper].append((link.lower, weight))
        pulls[link.lower].append((link.upper, weight))
    for number in range(SWEEPS):
        for row in rows if number % 2 == 0 else reversed(rows):
            x |= dict(zip(row, _settled(row, x, pulls), strict=True))
    return x


def _weight(link: Link, usual: Mapping[str, str]) -> int:
    if usual.get(link.upper.state) == link.lower.state and not link.upper.lane:
        return USUAL
    return SHARED if link.upper.lane and link.lower.lane else OTHER


def _packed(row: Sequence[Spot]) -> list[float]:
    """Return the places of a row without a gap, around zero."""
    places = [0.0]
    for one, other in pairwise(row):
        places.append(places[-1] + _apart(one, other))
    return [place - places[-1] / 2 for place in places]


def _apart(one: Spot, other: Spot) -> float:
    return (one.width + other.width) / 2 + GAP


def _settled(
    row: Sequence[Spot],
    x: Mapping[Spot, float],
    pulls: Mapping[Spot, list[tuple[Spot, int]]],
) -> list[float]:
    """Return where a row comes to rest: each spot as near its neighbours as the distances let it.

    Spots that would stand too near to one another form a block; a block rests at its weighted mean.
    """
    offset = 0.0
    offsets: list[float] = []
    blocks: list[tuple[float, float, int]] = []  # mean, weight, number of spots
    for index, spot in enumerate(row):
        offset += _apart(row[index - 1], spot) if index else 0
        offsets.append(offset)
        wanted, weight = _wanted(spot, x, pulls)
        mean, count = wanted - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, heavy, more = blocks.pop()
            mean = (mean * weight + other * heavy) / (weight + heavy)
            weight, count = weight + heavy, count + more
        blocks.append((mean, weight, count))
    means = [mean for mean, _weight, count in blocks for _ in range(count)]
    return [mean + place for mean, place in zip(means, offsets, strict=True)]


def _wanted(
    spot: Spot, x: Mapping[Spot, float], pulls: Mapping[Spot, list[tuple[Spot, int]]]
) -> tuple[float, float]:
    if not pulls[spot]:
        return x[spot], OTHER
    weight = sum(pull for _other, pull in pulls[spot])
    return sum(x[other] * pull for other, pull in pulls[spot]) / weight, weight
