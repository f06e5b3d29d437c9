"""Checking chains row by row: pure, without a database.

A `Chains` takes rows ordered by scope and number and answers with the first fault.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audit import digests, entry


@dataclass(frozen=True)
class Fault:
    """The first bad row.

    Attributes:
        scope: the chain it is in.
        sequence: its number there; of a missing row the number it should have.
        event_id: its id; None when the row is missing.
        code: what is wrong, for programs.
        what: the same as a sentence.
    """

    scope: str
    sequence: int
    event_id: int | None
    code: str
    what: str


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
            return self._fault(end.sequence, self._event_id, "no_head", "the chain has no head")
        if head.sequence > end.sequence:
            return self._fault(end.sequence + 1, None, "missing", "the row is missing at the end")
        if head != end:
            return self._fault(
                end.sequence, self._event_id, "head", "the head of the chain names another row"
            )
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
        except (ValueError, RecursionError, AttributeError, KeyError):
            return self._of(row, "bytes", "the recorded bytes cannot be read")
        expected = entry.spelled(row)
        if recorded == expected and isinstance(details, dict):
            return None
        names = [name for name in expected if recorded.get(name) != expected[name]]
        return self._of(row, "columns", f"differs from the recorded bytes in {', '.join(names)}")

    def _misplaced(self, row: Mapping[str, Any]) -> Fault | None:
        """Check the number and the digest of the row before."""
        if row["sequence"] != self._sequence + 1:
            return self._fault(self._sequence + 1, None, "missing", "the row is missing")
        if bytes(row["previous"]) != self._mac:
            return self._of(row, "previous", "does not follow the row before it")
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
        return self._of(row, "mac", "the digest is not that of the recorded bytes")

    def _of(self, row: Mapping[str, Any], code: str, what: str) -> Fault:
        return Fault(row["scope"], row["sequence"], row["id"], code, what)

    def _fault(self, sequence: int, event_id: int | None, code: str, what: str) -> Fault:
        return Fault(self._scope or "", sequence, event_id, code, what)
