"""How a matter gets from one state to another through the declared transitions, and no other way."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from cases.machine import Declaration, Machine

# So many ways are shown; the shortest come first.
MOST = 8


@dataclass(frozen=True)
class Leg:
    """One change of state on a way, with every transition that makes it."""

    source: str
    target: str
    declarations: tuple[Declaration, ...]


@dataclass(frozen=True)
class Way:
    """The changes of state from one state to another, none of which leads to the same state twice.

    Attributes:
        usual: whether it is the way a matter usually goes (`Machine.usual`).
    """

    legs: tuple[Leg, ...]
    usual: bool

    @property
    def states(self) -> tuple[str, ...]:
        """The states after each leg, the target last."""
        return tuple(leg.target for leg in self.legs)

    @property
    def direct(self) -> bool:
        return len(self.legs) == 1


def reachable(machine: Machine, start: str) -> set[str]:
    """Return every state that some way leads to from `start`, itself aside."""
    return _seen(machine, start) - {start}


def _seen(machine: Machine, start: str) -> set[str]:
    seen, waiting = {start}, deque([start])
    while waiting:
        for state in machine.moves(waiting.popleft()):
            if state not in seen:
                seen.add(state)
                waiting.append(state)
    return seen


def ways(machine: Machine, start: str, target: str, *, passed: Collection[str] = ()) -> list[Way]:
    """Return the ways from `start` to `target`: direct ones, then the usual one, then the shorter first.

    For each state that can follow, the shortest way on from there. A way over a state of `passed` is
    returned only where there is no other.
    """
    if target == start:
        return []
    usual = usual_path(machine, start, target)
    paths = {usual} if usual else set()
    paths |= set(_shortest_by_first_step(machine, start, target))
    ahead = {path for path in paths if not set(path[1:-1]) & set(passed)} or paths
    order = list(machine.states.values)
    ordered = sorted(
        ahead,
        key=lambda path: (
            len(path) > 2,
            path != usual,
            len(path),
            [order.index(state) for state in path],
        ),
    )
    return [_way(machine, path, usual=path == usual) for path in ordered[:MOST]]


def usual_path(machine: Machine, start: str, target: str = "") -> tuple[str, ...]:
    """Return the states of the usual way, `start` first, as far as it is declared.

    With a `target` up to it; empty when the usual way does not lead there.
    """
    path = [start]
    while path[-1] != target:
        following = machine.usual.get(path[-1], "")
        if following in path or following not in machine.moves(path[-1]):
            return () if target else tuple(path)
        path.append(following)
    return tuple(path)


def _shortest_by_first_step(machine: Machine, start: str, target: str) -> Iterator[tuple[str, ...]]:
    for following in machine.moves(start):
        if path := _shortest(machine, following, target, without=start):
            yield (start, *path)


def _shortest(machine: Machine, start: str, target: str, *, without: str) -> tuple[str, ...]:
    """Return the states of the shortest way that avoids `without`; empty when there is none."""
    came_from = {start: ""}
    waiting = deque([start])
    while waiting and target not in came_from:
        state = waiting.popleft()
        for following in machine.moves(state):
            if following not in came_from and following != without:
                came_from[following] = state
                waiting.append(following)
    return _followed_back(came_from, target)


def _followed_back(came_from: dict[str, str], target: str) -> tuple[str, ...]:
    path: list[str] = []
    state = target if target in came_from else ""
    while state:
        path.append(state)
        state = came_from[state]
    return tuple(reversed(path))


def _way(machine: Machine, path: tuple[str, ...], *, usual: bool) -> Way:
    legs = [
        Leg(source, following, machine.moves(source)[following])
        for source, following in pairwise(path)
    ]
    return Way(tuple(legs), usual)
