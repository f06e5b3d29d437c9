"""A derivation with the events behind it: the steps of a computation and the grounds kept beside them.

Pure Python without Django.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any


def told(steps: Sequence[Mapping[str, Any]], grounds: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of a derivation, each with the event it comes from.

    Args:
        steps: as `Computation.derivation` makes them.
        grounds: as `grounds_of` makes them; without any the steps stay as they are.
    """
    granted = iter(grounds.get("granted", ()))
    found = [dict(step) for step in grounds.get("beginning", ())]
    for step in steps:
        detail: Mapping[str, Any] | None = None
        if step["code"] == "extension":
            detail = next(granted, None)
        elif step["code"] == "typed_end":
            detail = grounds.get("named")
        elif step["code"] in ("exclusion", "open_exclusion"):
            detail = _in_the_time_of(step, grounds.get("works", ()))
        found.append({**step, **(detail or {})})
    return found


def _in_the_time_of(
    step: Mapping[str, Any], works: Sequence[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """Return which work took the time of a step; overlapping times are one step."""
    last = step.get("last") or date.max.isoformat()
    fitting = [
        work
        for work in works
        if work["first"] <= last and (work["last"] or date.max.isoformat()) >= step["first"]
    ]
    if not fitting:
        return None
    return {
        "events": [work["event"] for work in fitting],
        "reason": "; ".join(work["reason"] for work in fitting),
        "reason_zh": "；".join(work["reason_zh"] for work in fitting),
    }
