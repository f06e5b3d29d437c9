"""Every write of this room, a module a subject."""

from notices.services.approving import submit_document
from notices.services.drafting import (
    draft_document,
    edit_document,
    finalise_document,
    reopen_document,
)
from notices.services.issuing import correct_document, issue_document, void_document
from notices.services.numbering import set_first_number, set_pattern, void_unused_number
from notices.services.registering import register_document

__all__ = [
    "correct_document",
    "draft_document",
    "edit_document",
    "finalise_document",
    "issue_document",
    "register_document",
    "reopen_document",
    "set_first_number",
    "set_pattern",
    "submit_document",
    "void_document",
    "void_unused_number",
]
