"""A registry: an ordered set of named entries that is closed when the application is ready."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Registry(Generic[Value]):
    """An ordered set of named entries, closed when the application is ready."""

    def __init__(self, name: str, holds: str) -> None:
        self.name = name
        self.holds = holds
        self._entries: dict[str, Value] = {}
        self._closed = False

    def register(self, code: str, value: Value) -> None:
        """Add `value` under `code`.

        Raises:
            RuntimeError: the registry is closed, or the code is taken.
        """
        if self._closed:
            raise RuntimeError(f"{self.name} is closed: register {code} in AppConfig.ready().")
        if code in self._entries:
            raise RuntimeError(f"{self.name} already holds {code}.")
        self._entries[code] = value

    def replace(self, code: str, value: Value) -> None:
        """Put `value` in the place of what stands under `code`, or add it.

        Raises:
            RuntimeError: the registry is closed.
        """
        if self._closed:
            raise RuntimeError(f"{self.name} is closed: register {code} in AppConfig.ready().")
        self._entries[code] = value

    def close(self) -> None:
        """Refuse every later registration."""
        self._closed = True

    def get(self, code: str) -> Value | None:
        return self._entries.get(code)

    def __getitem__(self, code: str) -> Value:
        return self._entries[code]

    def __contains__(self, code: str) -> bool:
        return code in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def items(self) -> list[tuple[str, Value]]:
        return list(self._entries.items())

    def values(self) -> list[Value]:
        return list(self._entries.values())
