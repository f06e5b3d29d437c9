"""A complaint of three pages from its rows to its PDF, beside the bare Typst compile of the same page data.

Goals: within twice the bare compile, database reads included; the first in a process within 250 ms; the Word file
within 30 ms; a batch at 28 a second on one core or more; the live preview painted in the browser
within 150 ms of its request.
"""

from __future__ import annotations

import json
from typing import Any

from tests.benchmarks.measuring import Measured
from tests.benchmarks.recompute import run_in
from tests.support import office


def measured() -> list[Measured]:
    """Make the office, then measure in processes of their own: what is first is first only once."""
    with office.temporary_home() as home, office.servers(home) as running:
        run_in(running.environment, "manage.py", "migrate", "--database", "owner", "-v", "0")
        run_in(running.environment, "manage.py", "apply_grants")
        filled = json.loads(
            run_in(running.environment, "-m", "tests.benchmarks.documenting", "fill")
        )
        told: dict[str, Any] = {}
        for part in ("rounds", "first", "batch"):
            told |= json.loads(
                run_in(running.environment, "-m", "tests.benchmarks.documenting", part)
            )
        variables = running.environment | {"PROCURACY_ENVIRONMENT": "test"}
        place = (filled["address"], filled["username"])
        told |= json.loads(run_in(variables, "-m", "tests.benchmarks.previewing", *place))
    return [Measured(name, tuple(seconds)) for name, seconds in told.items()]
