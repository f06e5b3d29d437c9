"""Entries of matters that come into being with them: their chains begin here, so no head has to be locked.

For imports. Everything else records by `audit.services.record`, one entry at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings

from audit import canonical, digests, entry
from audit.canonical import Json
from audit.details import checked
from audit.models import ActorKind

# What differs from entry to entry of one import; everything else is spelled once.
DIFFERING = (
    "action",
    "actor_id",
    "case_id",
    "details",
    "id",
    "lead_id",
    "object_id",
    "object_type",
    "on_behalf_of_id",
    "scope",
    "sequence",
)
# Details that were found fit for the record, as they are spelled; an import says the same again and again.
_spelled: dict[str, str] = {}
MOST_REMEMBERED = 100_000


def _details(details: Mapping[str, Json]) -> str:
    said = repr(details)
    found = _spelled.get(said)
    if found is None:
        found = canonical.encode(checked(details)).decode()
        if len(_spelled) < MOST_REMEMBERED:
            _spelled[said] = found
    return found


@lru_cache(maxsize=4096)
def _word(text: str) -> str:
    return canonical.encode(text).decode()


def _number(value: int | None) -> str:
    return "null" if value is None else str(value)


class Added(NamedTuple):
    """One entry, as far as it is not what the caller gave."""

    sequence: int
    canonical: str
    previous: bytes
    mac: bytes


class Recorder:
    """Makes the chains of one import: all its entries are of one office and one instant."""

    def __init__(self, *, office_id: int, at: datetime, known: dict[int, bytes]) -> None:
        """Take the instant of all entries and the keys by their ids."""
        self.known = known
        self.algorithm, self.key_id = settings.AUDIT_ALGORITHM, settings.AUDIT_KEY_ID
        self.form = _form(
            {
                "at": at,
                "office_id": office_id,
                "actor_kind": ActorKind.USER.value,
                "outcome": "success",
                "reason": "",
                "request_id": "",
                "ip": None,
                "algorithm": self.algorithm,
                "key_id": self.key_id,
            }
        )

    def chain(self, *, case_id: int | None = None, lead_id: int | None = None) -> NewChain:
        """Return the chain of a lead or a case that is being made."""
        return NewChain(self, case_id, lead_id)


def _form(same: Mapping[str, Any]) -> str:
    """Return the canonical text of an entry with a place for each column that differs.

    The columns and their order are those by which every entry is digested, so the two cannot disagree.
    """
    columns = {**same, **{name: f"<{name}>" for name in DIFFERING}}
    spelled = {**entry.spelled(columns), "details": "<details>"}
    form = canonical.encode(spelled).decode().replace("%", "%%")
    for name in DIFFERING:
        form = form.replace(f'"<{name}>"', f"%({name})s")
    return form


class NewChain:
    """The chain of a lead or a case that is being made.

    Attributes:
        sequence, mac: what its head has to say.
    """

    def __init__(self, recorder: Recorder, case_id: int | None, lead_id: int | None) -> None:
        """Take the matter the chain is of."""
        self.case_id, self.lead_id = case_id, lead_id
        self.scope = f"case:{case_id}" if case_id is not None else f"lead:{lead_id}"
        self.sequence, self.mac = 0, digests.GENESIS
        self._recorder = recorder
        self._same = {
            "case_id": _number(case_id),
            "lead_id": _number(lead_id),
            "scope": f'"{self.scope}"',
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
    ) -> Added:
        """Return the next entry.

        Args:
            event_id: the id the entry will have.

        Raises:
            UnsafeDetails: `details` might hold personal information.
            DigestUnavailable: the present key is not available here.
        """
        written = self._recorder.form % {
            **self._same,
            "id": event_id,
            "sequence": self.sequence + 1,
            "actor_id": actor_id,
            "on_behalf_of_id": _number(on_behalf_of_id),
            "action": _word(action),
            "object_type": _word(object_type),
            "object_id": f'"{object_id}"',
            "details": _details(details),
        }
        return self._sealed(written)

    def _sealed(self, written: str) -> Added:
        recorder, previous = self._recorder, self.mac
        self.sequence += 1
        self.mac = digests.compute(
            previous,
            written.encode(),
            algorithm=recorder.algorithm,
            key_id=recorder.key_id,
            known=recorder.known,
        )
        return Added(self.sequence, written, previous, self.mac)
