"""Co-plaintiffs as they follow from the events that tell of them (T26; CPLI 285; design 1, idea 2)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case, Event
from cases.selectors.events import corrected, standing_events
from cases.services.parties import keep_joined
from litigation.forms.claims import co_plaintiffs_of

KIND = "plaintiff_joined"


def on_event_recorded(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """Bring the co-plaintiffs of a case in line when a joining was recorded, corrected or annulled."""
    case = event.case
    if case is None or (event.corrects or event.annuls or event).kind != KIND:
        return
    keep_joined(
        actor=event.recorded_by or case.created_by,
        case=case,
        told=told(case),
        why=event.reason or _("It has not joined the suit."),
    )


def told(case: Case) -> dict[int, str]:
    """Return the co-plaintiffs the standing events tell of, by event; without the court's leave none."""
    events = standing_events(case, KIND).filter(copied_from__isnull=True)
    facts = {event.pk: corrected(event)[1] for event in events}
    return {
        pk: name
        for pk, stated in facts.items()
        if stated.get("permitted") and (name := str(stated.get("plaintiff") or "").strip())
    }


def entered(case: Case) -> dict[int, str]:
    """Return the co-plaintiffs entered as parties, by event."""
    return dict(co_plaintiffs_of(case).values_list("joined_by", "name"))
