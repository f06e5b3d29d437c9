"""The keyed digest that binds an entry to the one before it.

The keys come from the settings (environment or credential files), never from the database they
protect. A key keeps its id for ever; old keys stay available for verification only.
"""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

MAC_BYTES = 32
# The digest "before" the first row of every scope.
GENESIS = bytes(MAC_BYTES)
# Ids are stored with the rows: an id never changes its meaning.
ALGORITHMS = {1: "sha256", 2: "sm3"}


class DigestUnavailable(Exception):
    """A digest cannot be computed here: the key or the algorithm is not available."""


def keys() -> dict[int, bytes]:
    """Return every known key by its id, the present one included where this process has one."""
    present = {settings.AUDIT_KEY_ID: settings.AUDIT_KEY} if settings.AUDIT_KEY else {}
    return {**settings.AUDIT_OLD_KEYS, **present}


def compute(
    previous: bytes, canonical: bytes, *, algorithm: int, key_id: int, known: dict[int, bytes]
) -> bytes:
    """Return HMAC(`known[key_id]`, `previous` ‖ `canonical`), 32 bytes.

    Raises:
        DigestUnavailable: the key id is unknown or this machine lacks the algorithm.
    """
    name = ALGORITHMS.get(algorithm)
    if name is None or name not in hashlib.algorithms_available:
        raise DigestUnavailable(f"Digest algorithm {algorithm} is not available here.")
    if key_id not in known:
        raise DigestUnavailable(f"Audit key {key_id} is not among the configured keys.")
    return hmac.digest(known[key_id], previous + canonical, name)
