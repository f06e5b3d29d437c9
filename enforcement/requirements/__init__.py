"""The guards from the effective decision to the archive, a module a subject (law 3.2, 3.10a, 8.3, 8.4)."""

from __future__ import annotations

from cases.guards import register_all


def register() -> None:
    """Hand the guards of every subject to the registry."""
    from enforcement.requirements import closing, court, money, obligations  # noqa: F401

    register_all()
