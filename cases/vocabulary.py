"""What the acts of this room are called in the audit record."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from audit import vocabulary
from audit.errors import Text
from audit.language import is_chinese
from cases.registries import EventKind, event_kinds

WORDS: dict[str, Text] = {
    "request.refused": _("Refused"),
    "lead.viewed": _("Lead viewed"),
    "case.viewed": _("Case viewed"),
    "case.changed": _("Case changed"),
    "case.doubt_cleared": _("Flag of doubtful guards taken off"),
    "case.exported": _("Cases taken out as a file"),
    "lead.exported": _("Leads taken out as a file"),
    "lead.reporter_revealed": _("Reporter of a lead shown"),
    "attachment.downloaded": _("File downloaded"),
    "proposal.drafted": _("Proposal drafted"),
    "proposal.edited": _("Proposal changed"),
    "proposal.submitted": _("Proposal submitted"),
    "proposal.withdrawn": _("Proposal withdrawn"),
    "proposal.approve": _("Proposal approved"),
    "proposal.return": _("Proposal returned"),
    "proposal.reject": _("Proposal rejected"),
    "proposal.entered_from_paper": _("Decision entered from paper"),
    "running_cases.tried": _("Table of running cases tried"),
    "running_cases.asked": _("Agreement to running cases asked for"),
    "running_cases.entered": _("Running cases entered"),
    "running_cases.refused": _("Running cases refused"),
    "running_cases": _("Table of running cases"),
    "card.checked": _("Item of the case card checked"),
    "card.exported": _("Case card taken out as a file"),
    "card": _("Case card"),
    "card_check": _("Check of the case card"),
    "former_cases.imported": _("Cases of a former system imported"),
    "former_cases": _("Cases of a former system"),
    "party.added": _("Party added"),
    "party.changed": _("Party changed"),
    "party.opened_for_change": _("Party opened for change"),
    "party.revealed": _("Address and telephone of a party shown"),
    "party.removed": _("Party removed"),
    "comment.added": _("Comment added"),
    "note.added": _("Note of the team added"),
    "contact.recorded": _("Contact recorded"),
    "link.added": _("Cases linked"),
    "task.opened": _("Task opened"),
    "task.closed": _("Task closed"),
    "approval_route.set": _("Approval route set"),
    "approval_route": _("Approval route"),
    "load_weights": _("Points of open matters"),
    "load_weights.set": _("Points of open matters set"),
    "tag.created": _("Label made"),
    "tag.changed": _("Label changed"),
    "tag.put_on": _("Label put on"),
    "tag.taken_over": _("Label taken over from the lead"),
    "tag.taken_off": _("Label taken off"),
    "tag": _("Label"),
    "lead": _("Lead"),
    "case": _("Case"),
    "event": _("Procedural event"),
    "proposal": _("Proposal"),
    "party": _("Party"),
    "comment": _("Comment"),
    "note": _("Note of the team"),
    "contact": _("Contact"),
    "link": _("Link between cases"),
    "task": _("Task"),
    "attachment": _("File"),
}


def _title(kind: EventKind) -> str:
    return kind.title_zh if is_chinese() else kind.title_en


_lazy_title = lazy(_title, str)


def register() -> None:
    """Hand the words of this room to the audit record."""
    vocabulary.add(WORDS)


def name_events() -> None:
    """Let an act that is an event be called as the event is; asked once every room has registered its own."""
    vocabulary.add({f"event.{code}": _lazy_title(kind) for code, kind in event_kinds.items()})
