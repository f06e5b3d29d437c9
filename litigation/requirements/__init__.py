"""The guards of law 3.2 from T13 on that read the records of this room, a module a subject."""

from __future__ import annotations

from cases.guards import register_all


def register() -> None:
    """Hand the guards of every subject to the registry."""
    from litigation.requirements import (  # noqa: F401
        announcement,
        claims,
        committee,
        court,
        criminal,
        directions,
        grounds,
        judging,
        jurisdiction,
        package,
        review,
        suit,
        support,
    )

    register_all()
