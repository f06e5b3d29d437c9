"""`python -m tests.benchmarks [NAME …]`: print a table for each benchmark named, or for all."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from tests.benchmarks import calendar, cases, deadlines, documents, recompute, start
from tests.benchmarks.measuring import table

BENCHMARKS = {
    "calendar": calendar,
    "cases": cases,
    "deadlines": deadlines,
    "documents": documents,
    "recompute": recompute,
    "start": start,
}


def _report(benchmark: Any) -> str:
    """Return what a benchmark tells: tables of its own, or one of everything it measured."""
    told: str = benchmark.report() if hasattr(benchmark, "report") else table(benchmark.measured())
    return told


def main(names: Sequence[str]) -> int:
    """Run the benchmarks and return the exit code."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.stderr.write(
            f"No benchmark {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}.\n"
        )
        return 2
    for name in names or BENCHMARKS:
        benchmark = BENCHMARKS[name]
        sys.stdout.write(f"## {name}\n\n{benchmark.__doc__}\n\n{_report(benchmark)}\n\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
