"""Recomputing all deadlines of 100,000 open cases when the notice of a year is published.

Beside PostgreSQL alone writing the same rows anew. Goals: under 60 s on two cores, memory below 300 MiB.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from procuracy.embedded.home import ROOT
from tests.benchmarks.measuring import Measured
from tests.support import office

CASES = 100_000


def measured() -> list[Measured]:
    """Fill a database of its own, then publish in a process of its own, whose memory is asked for."""
    with office.temporary_home() as home, office.servers(home) as running:
        run_in(running.environment, "manage.py", "migrate", "--database", "owner", "-v", "0")
        run_in(running.environment, "manage.py", "apply_grants")
        run_in(running.environment, "-m", "tests.benchmarks.recomputing", "fill", str(CASES))
        told = json.loads(
            run_in(running.environment, "-m", "tests.benchmarks.recomputing", "publish")
        )
    return _results(told)


def run_in(environment: dict[str, str], *arguments: str) -> str:
    """Run Python with these arguments in the house and return what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def _results(told: dict[str, Any]) -> list[Measured]:
    rows = f"{told['rows']:,} deadlines of {told['cases']:,} cases"
    done = f"{told['written']:,} rows written, {told['moved']:,} moved, peak {told['mebibytes']:.0f} MiB"
    return [
        Measured(f"PostgreSQL alone: {told['rows']:,} rows written", (told["floor"],)),
        Measured(f"preview: {rows}", (told["preview"],)),
        Measured(f"publish: {rows}; {done}", (told["publish"],)),
    ]
