"""What the events of this room create, a module a subject."""

from __future__ import annotations

from litigation.effects import criminal, directions, replies, suit, support


def register() -> None:
    """Hand the effects of every subject to the registry."""
    criminal.register()
    directions.register()
    replies.register()
    suit.register()
    support.register()
