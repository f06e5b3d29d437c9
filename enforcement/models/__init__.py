"""Tables of this room, a module a subject."""

from enforcement.models.archive import ArchiveEntry, ArchiveIndex
from enforcement.models.ledger import AccountType, EntryKind, LedgerCheck, LedgerEntry
from enforcement.models.obligation import Obligation, Outcome, Performance, WayOfEnding
from enforcement.models.relapse import Relapse

__all__ = [
    "AccountType",
    "ArchiveEntry",
    "ArchiveIndex",
    "EntryKind",
    "LedgerCheck",
    "LedgerEntry",
    "Obligation",
    "Outcome",
    "Performance",
    "Relapse",
    "WayOfEnding",
]
