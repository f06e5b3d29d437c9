"""Measure beside a floor in the same run, so that a slow or busy machine slows both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))


@dataclass(frozen=True)
class Measured:
    """What one operation took.

    Attributes:
        seconds: of one operation, a value a round.
    """

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def seconds_of(work: Callable[[], object]) -> float:
    """Do `work` once and return the seconds it took."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def rounds(
    operations: dict[str, Callable[[], object]], *, count: int, each: int = 1
) -> list[Measured]:
    """Do the operations in turn, `count` rounds, so that what disturbs one disturbs all.

    Args:
        operations: by name; the first is the floor the others are compared with.
        each: how many things one call does; the result is divided by it.
    """
    taken: dict[str, list[float]] = {name: [] for name in operations}
    for _ in range(count):
        for name, work in operations.items():
            taken[name].append(seconds_of(work) / each)
    return [Measured(name, tuple(values)) for name, values in taken.items()]


def readable(seconds: float) -> str:
    """Return the time in the unit people read it in."""
    size, unit = next((pair for pair in UNITS if seconds >= pair[0]), UNITS[-1])
    return f"{seconds / size:.3g} {unit}"


def table(results: Sequence[Measured]) -> str:
    """Return the results as a Markdown table; the first line is the floor."""
    floor = results[0].median
    lines = [
        "| operation | median | fastest | slowest | ratio |",
        "| --- | --- | --- | --- | --- |",
    ]
    for one in results:
        times = (readable(value) for value in (one.median, min(one.seconds), max(one.seconds)))
        lines.append(f"| {one.name} | {' | '.join(times)} | {one.median / floor:.2f} |")
    return "\n".join(lines)
