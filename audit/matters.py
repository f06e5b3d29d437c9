"""The keys by which people know a case or a lead; the record holds their numbers alone.

What a key stands for is told from above, because cases live on a higher floor. Until it is told no key
stands for anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Numbers:
    """The numbers of one case or one lead."""

    case_id: int | None = None
    lead_id: int | None = None

    def __bool__(self) -> bool:
        return self.case_id is not None or self.lead_id is not None


class _Register:
    """Set once at start-up, read afterwards."""

    numbers: Callable[[str], Numbers] = staticmethod(lambda key: Numbers())
    key: Callable[[Numbers], str] = staticmethod(lambda numbers: "")


def set_register(numbers: Callable[[str], Numbers], key: Callable[[Numbers], str]) -> None:
    """Let `numbers` and `key` translate in both directions; nothing stands for what they do not know."""
    _Register.numbers = staticmethod(numbers)
    _Register.key = staticmethod(key)


def numbers_of(key: str) -> Numbers:
    """Return what `key` stands for; nothing when no matter has it."""
    return _Register.numbers(key)


def key_of(numbers: Numbers) -> str:
    """Return the key of a case or a lead, empty for neither."""
    return _Register.key(numbers) if numbers else ""
