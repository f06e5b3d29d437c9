"""Where an act comes from: request and network address, without passing them through calls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """The request an act belongs to; both empty for a task or a command."""

    request_id: str = ""
    ip: str | None = None


NO_REQUEST = Origin()
_origin: ContextVar[Origin] = ContextVar("audit_origin", default=NO_REQUEST)


def current() -> Origin:
    """Return the origin of what runs now."""
    return _origin.get()


@contextmanager
def origin(request_id: str, ip: str | None = None) -> Iterator[Origin]:
    """Mark everything inside the block as coming from this request."""
    value = Origin(request_id, ip)
    token = _origin.set(value)
    try:
        yield value
    finally:
        _origin.reset(token)
