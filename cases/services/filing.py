"""What a case says of itself follows from its filing: a correction of it is carried to the case."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from cases.models import Case, Event

# The facts of the filing by the field of the case that repeats them. Whether the violator is known, and how
# severe the harm is, decided whether the case could be filed (Rules 29): those are no matter of a correction.
CARRIED = {
    "case_title": "title",
    "legal_bases": "legal_bases",
    "persons_concerned": "persons_concerned",
    "items_concerned": "items_concerned",
    "sensitive": "sensitive",
    "minors_concerned": "minors_concerned",
    "act_place": "act_place",
    "harm_place": "harm_place",
}
FILING = ("case_filed", "administrative_case_filed")
# The events whose legal day is the day on which the case was filed.
OPENING = ("case_opened", "case_split_off")


def on_event_recorded(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """Carry a corrected filing to its case, but for what the case has come to say otherwise since."""
    filing = event.corrects
    if filing is not None and filing.kind in OPENING:
        rows = Case.objects.filter(pk=filing.case_id or 0).exclude(filed_on=event.legal_day)
        rows.update(filed_on=event.legal_day, version=F("version") + 1)
    if filing is None or filing.kind not in FILING or filing.lead_id is None:
        return
    case = Case.objects.select_for_update().filter(lead=filing.lead_id).first()
    if case is None:
        return
    before = _before(filing, event)
    changed = {
        CARRIED[fact]: value
        for fact, value in event.facts.items()
        if fact in CARRIED and _says(case, CARRIED[fact], before.get(fact))
    }
    if changed:
        for name, value in changed.items():
            setattr(case, name, value)
        case.version += 1
        case.save(update_fields=[*changed, "initials", "version"])


def _before(filing: Event, correction: Event) -> dict[str, Any]:
    """Return the facts of the filing as they stood before its last correction."""
    facts = dict(filing.facts)
    for earlier in filing.corrections.filter(pk__lt=correction.pk).order_by("pk"):
        facts |= earlier.facts
    return facts


def _says(case: Case, name: str, fact: Any) -> bool:
    """Say whether the case says in a field still what the filing said; nothing stated is nothing said."""
    value = getattr(case, name)
    return bool(value == fact or (not value and not fact))
