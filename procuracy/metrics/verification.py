"""What the nightly verification found last, in a file beside the data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

from audit import clock


class Found(TypedDict):
    """The end of one verification: when (an instant as text) and with which exit code."""

    at: str
    exit_code: int


def place(home: Path) -> Path:
    """Return the file."""
    return home / "run" / "verification.json"


def last(home: Path) -> dict[str, Found]:
    """Return what was found last, by the name of what was verified."""
    try:
        found: dict[str, Found] = json.loads(place(home).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found


def write(home: Path, codes: dict[str, int]) -> None:
    """Write down the exit codes of a verification that has just ended."""
    now = clock.now().isoformat(timespec="seconds")
    found = {what: Found(at=now, exit_code=code) for what, code in codes.items()}
    partial = place(home).with_suffix(".partial")
    partial.parent.mkdir(parents=True, exist_ok=True)
    partial.write_text(json.dumps(found), encoding="utf-8")
    partial.replace(place(home))
