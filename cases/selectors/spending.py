"""Which documents have served: a step rests on its own, not on those of the step before (law 3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.models import Case, Event, Lead
from cases.registries import document_slots, machines
from cases.selectors.events import standing

if TYPE_CHECKING:
    Matter = Lead | Case


def spending_event(matter: Matter, code: str, *, before: Event | None = None) -> Event | None:
    """Return the last step for which documents of that code have served; none of the matter's own, None.

    An approved act that was given up has spent its documents too.

    Args:
        before: look only at what was recorded before this event.
    """
    machine = machines[matter.machine]
    spenders = [
        item.code
        for item in machine.declarations.values()
        if code in item.needs_documents and item.spends_documents
    ]

    def spends(event: Event) -> bool:
        if event.kind == "act_given_up":
            return event.facts.get("transition") in spenders
        own = event.machine == machine.code and event.object_id == matter.pk
        return own and event.transition in spenders

    for event in reversed(standing(matter)):
        earlier = before is None or event.pk < before.pk
        if earlier and event.copied_from_id is None and spends(event):
            return event
    return None


def spent_by(matter: Matter, code: str, *, before: Event | None = None) -> Event | None:
    """Return the step for which every document of that code in final form has served; None otherwise."""
    slot = document_slots.get("documents")
    newest = slot.newest_at(matter, code) if slot else None
    spent = spending_event(matter, code, before=before) if newest else None
    if spent is None or newest is None or newest >= spent.recorded_at:
        return None
    return spent
