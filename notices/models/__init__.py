"""Tables of this room, a module a subject."""

from notices.models.document import Document, DocumentStatus
from notices.models.numbers import NumberCounter, NumberPattern, NumberRegister, NumberState
from notices.models.submitted import SubmittedText

__all__ = [
    "Document",
    "DocumentStatus",
    "NumberCounter",
    "NumberPattern",
    "NumberRegister",
    "NumberState",
    "SubmittedText",
]
