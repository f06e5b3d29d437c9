"""The guards of law 3.9, a module a part of the track."""

from __future__ import annotations

from cases.guards import register_all


def register() -> None:
    """Hand the guards of every part to the registry."""
    from administrative.requirements import (  # noqa: F401
        ending,
        filing,
        following,
        investigating,
        recommending,
        suing,
    )

    register_all()
