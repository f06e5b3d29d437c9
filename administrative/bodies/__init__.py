"""The directory of administrative bodies: who watches over personal information where (law 9)."""

from __future__ import annotations


def register() -> None:
    """Hand the directory to the registries; called when the applications are ready."""
    from administrative.bodies import workplace

    workplace.register()
