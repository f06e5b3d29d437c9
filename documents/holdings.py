"""Which files of the store somebody relies on; every room that keeps files there says which.

Filled in `AppConfig.ready()`, so that one look at the store can find what is missing without this
floor knowing any room above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Holding:
    """A file somebody relies on.

    Attributes:
        label: what names it to a person, without personal information, for example an id.
        size: in bytes; None where the record does not say it.
    """

    label: str
    sha256: str
    size: int | None


Provider = Callable[[], Iterator[Holding]]
_providers: dict[str, Provider] = {}


def register(code: str, provider: Provider) -> None:
    """Add what a room relies on.

    Raises:
        RuntimeError: the code is taken.
    """
    if code in _providers:
        raise RuntimeError(f"Holdings {code} are registered already.")
    _providers[code] = provider


def every_holding() -> Iterator[Holding]:
    """Yield every file any room relies on; the same file may come more than once."""
    for provider in _providers.values():
        yield from provider()
