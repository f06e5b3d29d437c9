"""Binding an entry to the one before it: its canonical bytes and their keyed digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from audit import canonical, digests, entry
from audit.canonical import Json


@dataclass(frozen=True)
class Sealed:
    """One entry as it is stored: its columns, the bytes the digest was made of, and both digests."""

    columns: Mapping[str, Any]
    canonical: bytes
    previous: bytes
    mac: bytes


def seal(
    facts: Mapping[str, Any],
    details: Mapping[str, Json],
    *,
    scope: str,
    sequence: int,
    event_id: int,
    previous: bytes,
    known: dict[int, bytes] | None = None,
) -> Sealed:
    """Return entry number `sequence` of `scope`, sealed with the present key.

    Args:
        facts: the columns that say what happened.
        previous: the digest of the entry before it, `digests.GENESIS` before the first.
        known: the keys by their ids; the configured ones when not given.

    Raises:
        DigestUnavailable: the present key or algorithm is not available here.
    """
    columns = {
        **facts,
        "id": event_id,
        "scope": scope,
        "sequence": sequence,
        "algorithm": settings.AUDIT_ALGORITHM,
        "key_id": settings.AUDIT_KEY_ID,
    }
    written = canonical.encode({**entry.spelled(columns), "details": details})
    mac = digests.compute(
        previous,
        written,
        algorithm=columns["algorithm"],
        key_id=columns["key_id"],
        known=digests.keys() if known is None else known,
    )
    return Sealed(columns, written, previous, mac)
