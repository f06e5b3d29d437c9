"""Who may read the record.

The rule is set from above, because offices and roles live on a higher floor. Until a rule is set
nobody reads anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class Actor(Protocol):
    """What the record needs to know of a person."""

    @property
    def pk(self) -> Any: ...

    @property
    def office_id(self) -> int: ...


@dataclass(frozen=True)
class Reach:
    """The part of the record a person may read.

    Attributes:
        offices: ids of the offices whose entries are visible.
        without_office: whether entries of no office (failed logins of unknown names) are too.
    """

    offices: frozenset[int] = frozenset()
    without_office: bool = False

    def __bool__(self) -> bool:
        return bool(self.offices) or self.without_office


class _Rule:
    """Holds the one rule; replaced at start-up, read afterwards."""

    function: Callable[[Any], Reach] = staticmethod(lambda actor: Reach())


def set_rule(function: Callable[[Any], Reach]) -> None:
    """Let `function(actor)` decide what a person may read."""
    _Rule.function = staticmethod(function)


def reach_of(actor: Actor) -> Reach:
    """Return what `actor` may read."""
    return _Rule.function(actor)
