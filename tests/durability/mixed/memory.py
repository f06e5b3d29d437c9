"""How much memory each process holds while it runs, and whether that grows."""

from __future__ import annotations

import re
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression, median

from tests.durability.mixed.parts import Parts

MEBIBYTE = 1024  # of what /proc counts in KiB
# Fewer say nothing about a line.
FEWEST_SAMPLES = 8


@dataclass(frozen=True)
class Trend:
    """One process over a span of time: seconds, median MiB, and how many MiB the fitted line rises in it."""

    part: str
    pid: int
    seconds: float
    median: float
    growth: float

    def __str__(self) -> str:
        return f"{self.part} {self.pid}: {self.median:.0f} MiB, {self.growth:+.1f} MiB in {self.seconds:.0f} s"


def resident(pid: int) -> float:
    """Return the resident memory of a process in MiB; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.M)
    return int(found[1]) / MEBIBYTE if found else 0.0


class Watch:
    """Writes down the memory of every process of an office, every few seconds."""

    def __init__(self, parts: Parts, pause: float) -> None:
        self.parts, self.pause = parts, pause
        self.samples: defaultdict[tuple[str, int], list[tuple[float, float]]] = defaultdict(list)
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        self.thread.join()

    def _run(self) -> None:
        while not self.over.wait(self.pause):
            for part, pids in self.parts.pids().items():
                for pid in pids:
                    if held := resident(pid):
                        self.samples[part, pid].append((time.monotonic(), held))

    def trends(self, begun: float) -> list[Trend]:
        """Return the trend since `begun` of every process that ran all the time since then."""
        found = []
        for (part, pid), samples in sorted(self.samples.items()):
            late = [(at, held) for at, held in samples if at >= begun]
            whole = samples[0][0] <= begun + 2 * self.pause
            if whole and len(late) >= FEWEST_SAMPLES:
                times, sizes = zip(*late, strict=True)
                span = times[-1] - times[0]
                slope = linear_regression(times, sizes).slope
                found.append(Trend(part, pid, span, median(sizes), slope * span))
        return found
