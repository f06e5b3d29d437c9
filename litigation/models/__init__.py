"""Tables of this room, a module a subject."""

from litigation.models.claim import Claim, ClaimKind, ClaimStatus
from litigation.models.court import Court, CourtLevel
from litigation.models.judgment import Instance, Judgment, OperativeItem
from litigation.models.subject import EligibleSubject, SubjectKind
from litigation.models.transfer import CaseTransfer

__all__ = [
    "CaseTransfer",
    "Claim",
    "ClaimKind",
    "ClaimStatus",
    "Court",
    "CourtLevel",
    "EligibleSubject",
    "Instance",
    "Judgment",
    "OperativeItem",
    "SubjectKind",
]
