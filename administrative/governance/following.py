"""What follows for a recommendation when its paper is served, in the act of the service (PRR 18, 19)."""

from __future__ import annotations

from typing import Any

from administrative.governance import services
from administrative.governance.lifecycle import GovernanceState
from administrative.models import GovernanceRecommendation
from cases.models import Case, Event
from notices.models import Document
from notices.serving.calls import REPLY
from notices.serving.events import SERVED

CODE = "D-71"


def on_event_recorded(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """Carry the recommendation along whose D-71 was served."""
    if event.kind != SERVED or event.corrects_id is not None or event.facts.get("code") != CODE:
        return
    if event.case is None:
        return
    document = Document.objects.get(pk=event.facts["document"])
    row = _of(event.case, document)
    if row is None:
        return
    if row.state == GovernanceState.DECIDED:
        # Nobody recorded that it went out; it did, at the latest by its service.
        services.issue(row=row, event=event, document=document)
    # A paper with a time of its own starts none by its service; the decision says which where it is urgent.
    own_time = event.facts.get("calls_for") != REPLY and row.urgent_reply is not None
    services.receive(row=row, event=event, begins=own_time)


def _of(case: Case, document: Document) -> GovernanceRecommendation | None:
    """Return the decided recommendation a paper belongs to, locked.

    It is the one it was drawn or issued for; a paper that corrects that one, or the only decided one whose
    paper never went out, where the handler made a paper of his own.
    """
    rows = GovernanceRecommendation.objects.select_for_update(of=("self",)).filter(
        case=case, state__in=(GovernanceState.DECIDED, GovernanceState.ISSUED)
    )
    linked = rows.filter(document__in=(document.pk, document.corrects_id or document.pk)).first()
    if linked is not None:
        return linked
    others = list(rows.filter(state=GovernanceState.DECIDED)[:2])
    return others[0] if len(others) == 1 else None
