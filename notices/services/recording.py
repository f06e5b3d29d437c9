"""Whom the record of a recommendation goes to: two departments of the next-higher office (C113)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from cases.models import Event
from cases.selectors.people import lead_handler
from cases.services import tasks
from deadlines import by_hand

RECORD = "P-59"
# The event of the recommendation on governance from which the five days run (PRR 21).
ISSUED = "governance_issued"
# Law 12 (C113) names two departments; which they are was not compared with an official text.
DEPARTMENTS = (
    ("record_same_business", {"zh": "对口业务部门", "en": "the department of the same business"}),
    ("record_legal_policy", {"zh": "法律政策研究部门", "en": "the department of legal policy"}),
)


def on_event_recorded(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """Open one task a department once the five days for the record run (PRR 21)."""
    by_person = event.kind == by_hand.BEGUN and event.facts.get("period") == RECORD
    begun = by_person or event.kind == ISSUED
    if not begun or event.corrects_id is not None:
        return
    owner = lead_handler(event.matter) or event.recorded_by
    assert owner is not None  # a person recorded it
    due = event.matter.deadlines.filter(start_event=event, rule=RECORD).first()
    for kind, department in DEPARTMENTS:
        tasks.open_task(
            matter=event.matter,
            kind=f"{kind}:{event.pk}",
            title=gettext_noop("Record the recommendation with %(department)s (not verified)"),
            values={"department": department},
            article="PRR 21",
            owner=owner,
            created_by=event.recorded_by,
            due_on=due.effective_day if due else None,
            event=event,
        )
