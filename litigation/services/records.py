"""Claims, judgments and operative items as they follow from the events (design 1, idea 2).

The rows are a function of the standing events with their corrections: doing it again changes nothing, and a
corrected event changes its row. Nothing else writes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.models import Case, Event, Party
from cases.selectors.events import corrected, standing_events
from litigation.forms.judging import Outcome
from litigation.models import Claim, ClaimStatus, Instance, Judgment, OperativeItem

CLAIMS = ("claim_entered", "claim_struck", "claims_changed", "claim_realised")
INSTANCES = {
    "judged": Instance.FIRST,
    "second_instance_judged": Instance.SECOND,
    "retrial_judged": Instance.RETRIAL,
    "mediation_effective": Instance.MEDIATION,
}
EFFECTS = ("judgment_effective", "appeal_withdrawn", "judgment_remanded", "retrial_ordered")
ITEMS = ("operative_item_entered", "operative_item_struck")
KINDS = frozenset((*CLAIMS, *INSTANCES, *EFFECTS, *ITEMS))


def on_event_recorded(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """Bring the records of a case in line when an event of theirs was recorded, corrected or annulled."""
    told = event.corrects or event.annuls or event
    if event.case is not None and told.kind in KINDS:
        synchronise(event.case)


def synchronise(case: Case) -> None:
    """Make claims, judgments and items of a case what its standing events say."""
    standing = [
        (event, *corrected(event))
        for event in standing_events(case).filter(kind__in=KINDS, copied_from__isnull=True)
    ]
    _claims(case, standing)
    _judgments(case, standing)
    _items(standing)


Told = tuple[Event, date, dict[str, Any]]


# --- claims --------------------------------------------------------------------------------------


def _claims(case: Case, told: Iterable[Told]) -> None:
    ends: dict[int, tuple[ClaimStatus, Event]] = {}
    for event, _day, facts in told:
        if event.kind not in CLAIMS:
            continue
        if (ended := _end_of_claim(event, facts)) is not None:
            ends[int(facts["claim"])] = (ended, event)
        if event.kind == "claim_entered" or facts.get("change") in ("add", "replace"):
            _write_claim(case, event, facts)
    for claim in Claim.objects.filter(case=case):
        status, event_of_end = ends.get(claim.pk, (ClaimStatus.STANDING, None))
        if (claim.status, claim.ended_by) != (status, event_of_end):
            claim.status, claim.ended_by = status, event_of_end
            claim.save(update_fields=["status", "ended_by"])


def _end_of_claim(event: Event, facts: dict[str, Any]) -> ClaimStatus | None:
    """Return what the event makes of the claim it names; None when it names none."""
    if event.kind == "claim_realised":
        return ClaimStatus.REALISED
    if event.kind == "claim_struck" or facts.get("change") == "drop":
        return ClaimStatus.DROPPED
    return ClaimStatus.REPLACED if facts.get("change") == "replace" else None


def _write_claim(case: Case, event: Event, facts: dict[str, Any]) -> None:
    replaced = facts.get("claim") if facts.get("change") == "replace" else None
    values = {
        "kind": facts["kind"],
        "text": facts["text"],
        "amount": facts.get("amount") or None,
        "recommendation_item": facts.get("recommendation_item") or "",
        "replaces_id": replaced,
    }
    number = Claim.objects.filter(case=case).count() + 1
    claim, _new = Claim.objects.update_or_create(
        event=event, defaults=values, create_defaults=values | {"case": case, "number": number}
    )
    claim.defendants.set(Party.objects.filter(pk__in=facts.get("defendants") or []))


# --- judgments -----------------------------------------------------------------------------------


@dataclass
class _Fate:
    """What became of a judgment."""

    effective_on: date | None = None
    set_aside_by: Event | None = None


def _judgments(case: Case, told: list[Told]) -> None:
    fates: dict[int, _Fate] = {}
    present: dict[Instance, int] = {}
    for event, day, facts in told:
        if (instance := INSTANCES.get(event.kind)) is not None:
            before = present.get(instance)
            if before is not None and fates[before].set_aside_by is None:
                fates[before].set_aside_by = event
            present[instance] = event.pk
            fates[event.pk] = _Fate()
        _apply(event, day, facts, present, fates)
    _gone(case, fates)
    for event, day, facts in told:
        if (instance := INSTANCES.get(event.kind)) is not None:
            _write_judgment(case, event, instance, day, facts, fates[event.pk])


def _apply(
    event: Event,
    day: date,
    facts: dict[str, Any],
    present: dict[Instance, int],
    fates: dict[int, _Fate],
) -> None:
    """Enter what one event does to the judgments before it."""
    first = fates.get(present.get(Instance.FIRST, 0))
    own = fates.get(event.pk)
    if event.kind in ("judgment_effective", "appeal_withdrawn") and first:
        first.effective_on = day
    elif event.kind == "judgment_remanded" and first:
        first.set_aside_by = event
    elif event.kind == "mediation_effective" and own:
        own.effective_on = day
        _set_aside(event, fates)
    elif event.kind in ("second_instance_judged", "retrial_judged") and own:
        own.effective_on = day
        if facts.get("outcome") == Outcome.CHANGED:
            _set_aside(event, fates)
        elif first and first.effective_on is None:
            first.effective_on = day


def _set_aside(event: Event, fates: dict[int, _Fate]) -> None:
    """Let an event take the place of every judgment before it."""
    for key, fate in fates.items():
        if key != event.pk and fate.set_aside_by is None:
            fate.set_aside_by = event


def _gone(case: Case, fates: dict[int, _Fate]) -> None:
    """Set aside the judgments whose events were annulled."""
    rows = Judgment.objects.filter(case=case, set_aside_by__isnull=True)
    for row in rows.exclude(event__in=fates).select_related("event__annulled_by"):
        row.set_aside_by = row.event.annulled_by
        row.save(update_fields=["set_aside_by"])


def _write_judgment(
    case: Case, event: Event, instance: Instance, day: date, facts: dict[str, Any], fate: _Fate
) -> None:
    values = {
        "case": case,
        "instance": instance,
        "number": facts.get("judgment_number") or facts.get("document_number") or "",
        "pronounced_on": facts.get("pronounced_on") or day,
        "effective_on": fate.effective_on,
        "set_aside_by": fate.set_aside_by,
    }
    Judgment.objects.update_or_create(event=event, defaults=values)


# --- operative items -----------------------------------------------------------------------------


def _items(told: Iterable[Told]) -> None:
    struck: dict[int, Event] = {}
    for event, _day, facts in told:
        if event.kind == "operative_item_struck":
            struck[int(facts["item"])] = event
        elif event.kind == "operative_item_entered":
            _write_item(event, facts)
    for item in OperativeItem.objects.filter(pk__in=struck, struck_by__isnull=True):
        item.struck_by = struck[item.pk]
        item.save(update_fields=["struck_by"])


def _write_item(event: Event, facts: dict[str, Any]) -> None:
    values = {
        "judgment_id": facts["judgment"],
        "kind": facts["kind"],
        "text": facts["text"],
        "amount": facts.get("amount") or None,
        "obligee": facts["obligee"],
        "due_days": facts.get("due_days") or None,
        "due_on": facts.get("due_on") or None,
    }
    number = OperativeItem.objects.filter(judgment=facts["judgment"]).count() + 1
    item, _new = OperativeItem.objects.update_or_create(
        event=event, defaults=values, create_defaults=values | {"number": number}
    )
    item.debtors.set(Party.objects.filter(pk__in=facts.get("debtors") or []))
