"""Checking chains row by row, without a database.

A `Chains` takes rows ordered by scope and number and answers with the first fault.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop

from audit import digests, entry

SENTENCES = {
    "bytes": gettext_noop("the recorded bytes cannot be read"),
    "columns": gettext_noop("the columns differ from the recorded bytes"),
    "previous": gettext_noop("the row does not follow the row before it"),
    "mac": gettext_noop("the digest is not that of the recorded bytes"),
    "missing": gettext_noop("the row is missing"),
    "head": gettext_noop("the head of the chain names another row"),
    "no_head": gettext_noop("the chain has no head"),
}


@dataclass(frozen=True)
class Fault:
    """The first bad row.

    Attributes:
        scope: the chain it is in.
        sequence: its number there; of a missing row the number it should have.
        event_id: its id; None when the row is missing.
        code: what is wrong, for programs; a key of `SENTENCES`.
        fields: the columns that differ from the recorded bytes.
    """

    scope: str
    sequence: int
    event_id: int | None
    code: str
    fields: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """What is wrong as an English sentence, a message id for the browser."""
        return SENTENCES[self.code]


@dataclass(frozen=True)
class Head:
    """What the table of heads says of a chain."""

    sequence: int
    mac: bytes


class Chains:
    """The state between two rows of a pass over ordered chains.

    Attributes:
        events: rows checked.
        scopes: chains begun.
        undecided: why a digest could not be computed; empty when all were.
    """

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        self.events = 0
        self.scopes = 0
        self.undecided = ""
        self._keys = dict(keys)
        self._scope: str | None = None
        self._sequence = 0
        self._event_id: int | None = None
        self._mac = digests.GENESIS
        self._head: Head | None = None

    def add(self, row: Mapping[str, Any], head: Head | None) -> Fault | None:
        """Check the next row; `head` is the head of its chain, None when there is none."""
        if row["scope"] != self._scope:
            if fault := self.close():
                return fault
            self._begin(row["scope"], head)
        self.events += 1
        fault = self._differs(row) or self._misplaced(row) or self._unbound(row)
        self._sequence, self._event_id = row["sequence"], row["id"]
        self._mac = bytes(row["mac"])
        return fault

    def close(self) -> Fault | None:
        """Check the end of the present chain against its head."""
        if self._scope is None:
            return None
        head, end = self._head, Head(self._sequence, self._mac)
        if head is None:
            return self._fault(end.sequence, self._event_id, "no_head")
        if head.sequence > end.sequence:
            return self._fault(end.sequence + 1, None, "missing")
        if head != end:
            return self._fault(end.sequence, self._event_id, "head")
        return None

    def _begin(self, scope: str, head: Head | None) -> None:
        self.scopes += 1
        self._scope, self._head = scope, head
        self._sequence, self._event_id, self._mac = 0, None, digests.GENESIS

    def _differs(self, row: Mapping[str, Any]) -> Fault | None:
        """Compare the columns with the recorded bytes."""
        try:
            recorded = json.loads(bytes(row["canonical"]))
            details = recorded.pop("details")
        except (ValueError, RecursionError, AttributeError, TypeError, KeyError):
            return self._of(row, "bytes")
        expected = entry.spelled(row)
        if recorded == expected and isinstance(details, dict):
            return None
        names = {name for name in expected if recorded.get(name) != expected[name]}
        fields = tuple(sorted(names | (set(recorded) - set(expected))))
        return Fault(row["scope"], row["sequence"], row["id"], "columns", fields)

    def _misplaced(self, row: Mapping[str, Any]) -> Fault | None:
        """Check the number and the digest of the row before."""
        if row["sequence"] != self._sequence + 1:
            return self._fault(self._sequence + 1, None, "missing")
        if bytes(row["previous"]) != self._mac:
            return self._of(row, "previous")
        return None

    def _unbound(self, row: Mapping[str, Any]) -> Fault | None:
        """Compute the digest again."""
        try:
            mac = digests.compute(
                self._mac,
                bytes(row["canonical"]),
                algorithm=row["algorithm"],
                key_id=row["key_id"],
                known=self._keys,
            )
        except digests.DigestUnavailable as problem:
            self.undecided = self.undecided or str(problem)
            return None
        if mac == bytes(row["mac"]):
            return None
        return self._of(row, "mac")

    def _of(self, row: Mapping[str, Any], code: str) -> Fault:
        return Fault(row["scope"], row["sequence"], row["id"], code)

    def _fault(self, sequence: int, event_id: int | None, code: str) -> Fault:
        return Fault(self._scope or "", sequence, event_id, code)
