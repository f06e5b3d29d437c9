"""Tables of the kernel, a module a subject."""

from cases.models.attachment import Attachment
from cases.models.back_entry import BackEntry, BackEntryStatus
from cases.models.card import CardCheck
from cases.models.committee import CommitteeMeeting
from cases.models.event import AllowedEdge, Event
from cases.models.former import FormerCase
from cases.models.listing import (
    CaseDates,
    CaseTag,
    LeadTag,
    ListColumns,
    SavedFilter,
    Tag,
    TagUse,
)
from cases.models.load import LoadWeights
from cases.models.matter import (
    Case,
    CaseKind,
    CaseLink,
    Lead,
    LeadAssessment,
    LeadSource,
    LegalBasis,
    LinkKind,
    SerialCounter,
    SuperiorAccess,
    Track,
)
from cases.models.people import (
    PROCURATORIAL_STAFF,
    Party,
    PartyKind,
    PartyRole,
    Recusal,
    RecusalDecision,
    StaffLoan,
    TeamMember,
    TeamPosition,
)
from cases.models.proposal import ApprovalStep, Decision, Proposal, ProposalStatus
from cases.models.route import ApprovalRoute
from cases.models.running import EntryStatus, RunningEntry
from cases.models.words import CaseWords
from cases.models.work import Comment, ContactRecord, EditPresence, Task, TeamNote

__all__ = [
    "PROCURATORIAL_STAFF",
    "AllowedEdge",
    "ApprovalRoute",
    "ApprovalStep",
    "Attachment",
    "BackEntry",
    "BackEntryStatus",
    "CardCheck",
    "Case",
    "CaseDates",
    "CaseKind",
    "CaseLink",
    "CaseTag",
    "CaseWords",
    "Comment",
    "CommitteeMeeting",
    "ContactRecord",
    "Decision",
    "EditPresence",
    "EntryStatus",
    "Event",
    "FormerCase",
    "Lead",
    "LeadAssessment",
    "LeadSource",
    "LeadTag",
    "LegalBasis",
    "LinkKind",
    "ListColumns",
    "LoadWeights",
    "Party",
    "PartyKind",
    "PartyRole",
    "Proposal",
    "ProposalStatus",
    "Recusal",
    "RecusalDecision",
    "RunningEntry",
    "SavedFilter",
    "SerialCounter",
    "StaffLoan",
    "SuperiorAccess",
    "Tag",
    "TagUse",
    "Task",
    "TeamMember",
    "TeamNote",
    "TeamPosition",
    "Track",
]
