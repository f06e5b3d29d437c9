"""The kinds of events this room knows."""

from __future__ import annotations

from cases.registries import EventKind, event_kinds

KINDS = (EventKind("rulebook_kept", "决定适用的规则版本", "Rulebook decided", of_entry=True),)


def register() -> None:
    """Hand the kinds to the registry."""
    for kind in KINDS:
        event_kinds.register(kind.code, kind)
