"""Entries of matters that come into being with them: their chains begin here, so no head has to be locked.

For imports. Everything else records by `audit.services.record`, one entry at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from audit import digests
from audit.canonical import Json
from audit.details import checked
from audit.models import ActorKind
from audit.sealing import Sealed, seal

# Details that were found fit for the record; an import says the same few things again and again.
_fit: set[str] = set()
MOST_REMEMBERED = 100_000


def _checked(details: Mapping[str, Json]) -> Mapping[str, Json]:
    said = repr(details)
    if said not in _fit:
        checked(details)
        if len(_fit) < MOST_REMEMBERED:
            _fit.add(said)
    return details


class NewChain:
    """The chain of a lead or a case that is being made.

    Attributes:
        sequence, mac: what its head has to say.
    """

    def __init__(
        self,
        *,
        office_id: int,
        at: datetime,
        known: dict[int, bytes],
        case_id: int | None = None,
        lead_id: int | None = None,
    ) -> None:
        """Take the matter, the instant of all its entries, and the keys by their ids."""
        self.scope = f"case:{case_id}" if case_id is not None else f"lead:{lead_id}"
        self.sequence, self.mac = 0, digests.GENESIS
        self._known = known
        self._same = {
            "at": at,
            "office_id": office_id,
            "case_id": case_id,
            "lead_id": lead_id,
            "actor_kind": ActorKind.USER.value,
            "outcome": "success",
            "reason": "",
            "request_id": "",
            "ip": None,
        }

    def add(
        self,
        *,
        event_id: int,
        actor_id: int,
        action: str,
        object_type: str,
        object_id: int,
        details: Mapping[str, Json],
        on_behalf_of_id: int | None = None,
    ) -> Sealed:
        """Return the next entry.

        Args:
            event_id: the id the entry will have.

        Raises:
            UnsafeDetails: `details` might hold personal information.
            DigestUnavailable: the present key is not available here.
        """
        facts: dict[str, Any] = {
            **self._same,
            "actor_id": actor_id,
            "on_behalf_of_id": on_behalf_of_id,
            "action": action,
            "object_type": object_type,
            "object_id": str(object_id),
        }
        self.sequence += 1
        sealed = seal(
            facts,
            _checked(details),
            scope=self.scope,
            sequence=self.sequence,
            event_id=event_id,
            previous=self.mac,
            known=self._known,
        )
        self.mac = sealed.mac
        return sealed
