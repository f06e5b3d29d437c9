"""The guards of law 3.2 from T13 on that read the records of this room, a module a subject."""

from __future__ import annotations

from cases.guards import register_all


def register() -> None:
    """Hand the guards of every subject to the registry."""
    from litigation.requirements import (  # noqa: F401
        announcement,
        answers,
        claims,
        committee,
        court,
        court_time,
        criminal,
        directions,
        grounds,
        judging,
        jurisdiction,
        package,
        review,
        rulings,
        suit,
        support,
    )

    register_all()
