"""Verification of the record in the database: streaming, read-only, from one snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import psycopg2
from django.db import DatabaseError
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from audit import digests, entry
from audit.chain import Chains, Fault, Head
from audit.models import AuditEvent, AuditHead

ROWS_AT_A_TIME = 5000
_STORED = (*entry.COLUMNS, "canonical", "previous", "mac")


class Verdict(StrEnum):
    """What a verification found."""

    CLEAN = "clean"
    TAMPERED = "tampered"
    UNDECIDED = "cannot_tell"

    @property
    def exit_code(self) -> int:
        """0 clean, 1 tampered, 2 cannot tell."""
        return list(Verdict).index(self)


@dataclass(frozen=True)
class Report:
    """Result of a verification.

    Attributes:
        events: rows checked.
        scopes: chains begun.
        fault: the first bad row, when tampered.
        why: why it cannot be told, when undecided.
    """

    verdict: Verdict
    events: int
    scopes: int
    fault: Fault | None = None
    why: str = ""


def whole() -> Q:
    """Return the condition that takes every chain."""
    return Q()


def of_case(case_id: int) -> Q:
    """Return the condition that takes the chain of one case and those of looks at it."""
    return Q(scope=f"case:{case_id}") | Q(scope__startswith=f"read:case:{case_id}:")


def run(scopes: Q) -> Report:
    """Verify the chains whose `scope` meets `scopes`.

    Memory does not grow with the number of rows. Rows written meanwhile do no harm: each chain and
    its head are read by one statement.
    """
    chains = Chains(digests.keys())
    try:
        _probe()
        fault = _first_fault(chains, scopes)
    except (DatabaseError, psycopg2.Error) as problem:
        return Report(
            Verdict.UNDECIDED, chains.events, chains.scopes, why=str(problem).splitlines()[0]
        )
    verdict = Verdict.CLEAN
    if fault:
        verdict = Verdict.TAMPERED
    elif chains.undecided:
        verdict = Verdict.UNDECIDED
    return Report(verdict, chains.events, chains.scopes, fault, chains.undecided)


def _probe() -> None:
    """Ask both tables for anything: a streaming cursor hides why a table cannot be read."""
    AuditHead.objects.exists()
    AuditEvent.objects.exists()


def _first_fault(chains: Chains, scopes: Q) -> Fault | None:
    for row, head in _rows(scopes):
        if fault := chains.add(row, head):
            return fault
    return chains.close() or _head_without_events(scopes)


def _rows(scopes: Q) -> Iterator[tuple[dict[str, Any], Head | None]]:
    """Yield the rows in the order of their chains, each with the head of its chain."""
    head = AuditHead.objects.filter(scope=OuterRef("scope"))
    rows = (
        AuditEvent.objects.filter(scopes)
        .order_by("scope", "sequence")
        .annotate(
            head_sequence=Subquery(head.values("sequence")), head_mac=Subquery(head.values("mac"))
        )
        .values_list(*_STORED, "head_sequence", "head_mac")
    )
    for *values, sequence, mac in rows.iterator(chunk_size=ROWS_AT_A_TIME):
        columns = dict(zip(_STORED, values, strict=True))
        yield columns, None if mac is None else Head(sequence, bytes(mac))


def _head_without_events(scopes: Q) -> Fault | None:
    orphans: QuerySet[AuditHead] = AuditHead.objects.filter(
        scopes, ~Exists(AuditEvent.objects.filter(scope=OuterRef("scope")))
    )
    if (head := orphans.order_by("scope").first()) is None:
        return None
    return Fault(head.scope, 1, None, "missing")
