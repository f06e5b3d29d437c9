"""Reading the one truth: the events of a matter with their corrections and annulments applied."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.reading import is_reading, once
from audit.errors import NotVisible
from audit.prepared import prepared
from cases.models import Case, Event, Lead
from cases.selectors.keys import keys_of, of_keys
from cases.selectors.matters import seen_in_either

if TYPE_CHECKING:
    Matter = Lead | Case


def events_of(matter: Matter) -> QuerySet[Event]:
    """Return every event of a matter, a case's lead included, in the order of recording."""
    return (
        Event.objects.filter(of_keys(*keys_of(matter)))
        .select_related("recorded_by", "on_behalf_of", "lead", "case", "proposal")
        .order_by("id")
    )


def standing_events(matter: Matter, kind: str | None = None) -> QuerySet[Event]:
    """Return the events that still stand: not annulled, and no corrections or annulments themselves."""
    events = events_of(matter).filter(
        annulled_by__isnull=True, corrects__isnull=True, annuls__isnull=True
    )
    return events.filter(kind=kind) if kind else events


def story_of(matter: Matter) -> list[Event]:
    """Return every event of a matter, oldest first, each with its corrections and its annulment.

    A page asks of it from a dozen rooms; while only reading, the database is asked once.
    """

    return once(("story", type(matter), matter.pk), lambda: _told(matter))


def stories_read(cases: Sequence[Case]) -> None:
    """Ask for the stories of several cases at once; while only reading, `story_of` has them then."""
    leads = [case.lead_id for case in cases if case.lead_id]
    rows = _with_people(Event.objects.filter(Q(case__in=cases) | Q(lead__in=leads)))
    found: dict[tuple[int, int], list[Event]] = {}
    for event in rows.order_by("id"):
        found.setdefault((event.case_id or 0, event.lead_id or 0), []).append(event)
    for case in cases:
        told = [*found.get((0, case.lead_id or 0), ()), *found.get((case.pk, 0), ())]
        told.sort(key=lambda event: event.pk)
        once(("story", Case, case.pk), partial(_arranged, case, told))


def _told(matter: Matter) -> list[Event]:
    return _arranged(matter, _story(*keys_of(matter)))


def _arranged(matter: Matter, events: list[Event]) -> list[Event]:
    """Return the events of a matter as `story_of` does."""
    corrections: dict[int | None, list[Event]] = {}
    for event in events:
        corrections.setdefault(event.corrects_id, []).append(event)
        if isinstance(matter, Case) and event.case_id:
            event.case = matter
    for event in events:
        # Corrections are events of the same matter, so they are there already; `corrected` looks here first.
        event.told_corrections = corrections.get(event.pk, [])  # type: ignore[attr-defined]
    return events


@prepared(int, int)
def _story(case: int, lead: int) -> QuerySet[Event]:
    return _with_people(Event.objects.filter(of_keys(case, lead)).order_by("id"))


def _with_people(events: QuerySet[Event]) -> QuerySet[Event]:
    """Return `events` each with what a story shows of it."""
    return events.select_related("recorded_by", "on_behalf_of", "lead", "proposal", "annulled_by")


def stands(event: Event) -> bool:
    """Say whether an event of `story_of` still stands: not annulled, itself no correction or annulment."""
    return not (event.corrects_id or event.annuls_id or hasattr(event, "annulled_by"))


def standing(matter: Matter, *kinds: str) -> list[Event]:
    """Return the events that still stand, of these kinds or of every kind, oldest first, with corrections."""
    told = [event for event in story_of(matter) if stands(event)]
    return [event for event in told if event.kind in kinds] if kinds else told


def latest(matter: Matter, kind: str) -> Event | None:
    """Return the last standing event of a kind."""
    return next(reversed(standing(matter, kind)), None)


def standing_since(matter: Matter, kind: str, openers: Collection[str]) -> list[Event]:
    """Return the standing events of a kind recorded in the running round, oldest first.

    A suit can be brought again, a judgment sent back, a review begin anew: what was recorded in the round
    before says nothing of this one.

    Args:
        openers: the kinds of events with which a round begins; where none stands, everything counts.
    """
    told = standing(matter, kind, *openers)
    began = max((event.pk for event in told if event.kind in openers), default=0)
    return [event for event in told if event.kind == kind and event.pk > began]


def facts_since(matter: Matter, kind: str, openers: Collection[str]) -> dict[str, Any]:
    """Return the corrected facts of the last event of a kind in the running round; empty without one."""
    events = standing_since(matter, kind, openers)
    return corrected(events[-1])[1] if events else {}


def corrected(event: Event) -> tuple[date, dict[str, Any]]:
    """Return the legal day and the facts of an event as they stand after its corrections."""
    told: list[Event] | None = getattr(event, "told_corrections", None)
    # Both in the order of recording.
    return _corrected(event, event.corrections.all() if told is None else told)


def corrected_together(events: Iterable[Event]) -> list[tuple[Event, date, dict[str, Any]]]:
    """Return events with their days and facts as `corrected` says, all corrections read at once.

    Most events have none, and a relation that is made ready for each takes longer than all the rest.
    """
    rows = list(events)
    found: dict[int | None, list[Event]] = {}
    for correction in Event.objects.filter(corrects__in=[row.pk for row in rows]).order_by("id"):
        found.setdefault(correction.corrects_id, []).append(correction)
    return [(row, *_corrected(row, found.get(row.pk, ()))) for row in rows]


def _corrected(event: Event, corrections: Iterable[Event]) -> tuple[date, dict[str, Any]]:
    day, facts = event.legal_day, dict(event.facts)
    for correction in corrections:
        day = correction.legal_day
        facts |= correction.facts
    return day, facts


def current_facts(matter: Matter, kind: str) -> dict[str, Any]:
    """Return the corrected facts of the last standing event of a kind; empty when there is none."""
    event = latest(matter, kind)
    return corrected(event)[1] if event else {}


def reference_of(event: Event) -> str:
    """Return what the facts of other events call this one; a copy goes by its original (T64)."""
    return str(event.copied_from_id or event.pk)


def last_transition(machine: str, object_id: int) -> Event | None:
    """Return the last event that changed the state of a machine's object and still stands."""
    return _changes_of_state(machine, object_id).order_by("-id").first()


def last_change_of(matter: Matter) -> Event | None:
    """Return `last_transition` of a lead or case itself; while only reading, from its story."""
    if not is_reading():
        return last_transition(matter.machine, matter.pk)
    own = (matter.machine, matter.pk)
    changes = (
        event
        for event in reversed(story_of(matter))
        if event.to_state and (event.machine, event.object_id) == own
    )
    return next((event for event in changes if _still_changes(event)), None)


def _still_changes(event: Event) -> bool:
    """Say whether a change of state counts: not annulled, no annulment, no copy (`_changes_of_state`)."""
    return not (event.annuls_id or event.copied_from_id or hasattr(event, "annulled_by"))


def _changes_of_state(machine: str, object_id: int | None) -> QuerySet[Event]:
    """Return the standing changes of state of one object; a copy in another office's case is none (T64)."""
    return Event.objects.filter(
        machine=machine,
        object_id=object_id,
        annuls__isnull=True,
        annulled_by__isnull=True,
        copied_from__isnull=True,
    ).exclude(to_state="")


def neighbours(event: Event) -> tuple[Event | None, Event | None]:
    """Return the standing changes of state of the same object before and after this one."""
    if not event.to_state:
        return None, None
    others = _changes_of_state(event.machine, event.object_id)
    before = others.filter(pk__lt=event.pk).order_by("-id").first()
    return before, others.filter(pk__gt=event.pk).order_by("id").first()


def get_event(actor: User, pk: int) -> Event:
    """Return an event of a visible matter; one of a lead is seen in its case too.

    Raises:
        NotVisible: there is none for this actor.
    """
    rows = Event.objects.select_related(
        "recorded_by", "on_behalf_of", "lead", "case", "proposal", "annulled_by"
    )
    event = rows.filter(seen_in_either(actor), pk=pk).first()
    if event is None:
        raise NotVisible(_("There is no such entry."))
    return event
