"""Tables of this room, a module a subject."""

from notices.models.batch import BatchItem, DocumentBatch, ItemState
from notices.models.document import Document, DocumentStatus
from notices.models.numbers import NumberCounter, NumberPattern, NumberRegister, NumberState
from notices.models.service import (
    AddressBasis,
    AddressConfirmation,
    AddresseeKind,
    Attempt,
    AttemptResult,
    Method,
    Outcome,
    Receiver,
    Result,
    Service,
)
from notices.models.submitted import SubmittedText

__all__ = [
    "AddressBasis",
    "AddressConfirmation",
    "AddresseeKind",
    "Attempt",
    "AttemptResult",
    "BatchItem",
    "Document",
    "DocumentBatch",
    "DocumentStatus",
    "ItemState",
    "Method",
    "NumberCounter",
    "NumberPattern",
    "NumberRegister",
    "NumberState",
    "Outcome",
    "Receiver",
    "Result",
    "Service",
    "SubmittedText",
]
