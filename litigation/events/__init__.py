"""The kinds of events this room registers, a module a subject."""

from __future__ import annotations

from cases.registries import event_kinds
from litigation.events import judging, jurisdiction, review, suit


def register() -> None:
    """Hand the kinds of every subject to the registry, in the order of the procedure."""
    for part in (review, jurisdiction, suit, judging):
        for kind in part.KINDS:
            event_kinds.register(kind.code, kind)
