"""Loans of staff as they follow from the events that tell of them (Rules 11; design 1, idea 2)."""

from __future__ import annotations

from typing import Any

from cases.models import Case, Event, StaffLoan
from cases.selectors.events import corrected, standing_events

KIND = "staff_lent"


def on_event_recorded(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """Bring the loans of a case in line when one was recorded, corrected or annulled."""
    told = event.corrects or event.annuls or event
    if event.case is not None and told.kind == KIND:
        synchronise(event.case)


def synchronise(case: Case) -> None:
    """Make the loans of a case what its standing events say; doing it again changes nothing."""
    standing = list(standing_events(case, KIND).filter(copied_from__isnull=True))
    StaffLoan.objects.filter(case=case).exclude(event__in=standing).delete()
    for event in standing:
        facts = corrected(event)[1]
        values = {
            "case": case,
            "person_id": facts["person"],
            "first_day": facts["first_day"],
            "last_day": facts["last_day"],
        }
        StaffLoan.objects.update_or_create(event=event, defaults=values)
