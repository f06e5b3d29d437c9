"""From events to deadlines: a pure function of events, rulebook and calendar (design 4).

Nothing here writes. The same events give the same deadlines, whenever and however often they are
derived.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from audit.clock import BEIJING
from cases.models import Case, Event, Lead
from cases.selectors.events import corrected, reference_of
from deadlines.models import DeadlineState
from deadlines.periods import Computation, Interval, Period, Unit, last_day, latest_day_before
from deadlines.rulebook import PeriodRule, Rulebook, in_force, named
from deadlines.yearbook import calendar_under

if TYPE_CHECKING:
    Matter = Lead | Case


@dataclass(frozen=True)
class Happening:
    """A standing event with its corrections applied."""

    event: Event
    day: date
    facts: dict[str, Any]


@dataclass(frozen=True)
class Derived:
    """One deadline as it follows from the events."""

    rule: PeriodRule
    start: Happening
    computation: Computation
    state: DeadlineState = DeadlineState.OPEN
    ended_by: Event | None = None


def rulebook_of(matter: Matter) -> Rulebook:
    """Return the version a matter is kept under: a case's own, a lead's by its day of receipt.

    Raises:
        RulebookError: the case names a version that is not there.
    """
    if isinstance(matter, Case):
        return named(matter.rulebook) if matter.rulebook else in_force(matter.filed_on)
    return in_force(matter.received_on)


def _standing(matter: Matter) -> list[Happening]:
    """Return the standing events of the lead and its case together, in the order of recording."""
    if isinstance(matter, Case):
        chosen = Q(case=matter) | Q(lead=matter.lead_id, lead__isnull=False)
    else:
        chosen = Q(lead=matter) | Q(case__lead=matter)
    events = Event.objects.filter(
        chosen, annulled_by__isnull=True, corrects__isnull=True, annuls__isnull=True
    ).order_by("id")
    return [Happening(event, *corrected(event)) for event in events]


def _belongs(matter: Matter, event: Event) -> bool:
    if isinstance(matter, Case):
        return event.case_id == matter.pk
    return event.case_id is None and event.lead_id == matter.pk


@dataclass(frozen=True)
class Changes:
    """What lengthens a running period: extensions granted, a day an approval names, time not counted."""

    extensions: tuple[Period, ...] = ()
    typed_end: date | None = None
    exclusions: tuple[Interval, ...] = ()


UNCHANGED = Changes()


def compute(
    rule: PeriodRule, start: date | datetime, book: Rulebook, changes: Changes = UNCHANGED
) -> Computation:
    """Compute `rule` from `start` under the rulebook's practice.

    Raises:
        PeriodError: hours without an instant, or an end outside the calendar.
        ValueError: the law names no length for this period.
    """
    if rule.length is None:
        raise ValueError(f"{rule.id} has no length.")
    if rule.backwards:
        day = start.date() if isinstance(start, datetime) else start
        return latest_day_before(day, rule.length, calendar_under(book))
    return last_day(
        start,
        rule.length,
        calendar_under(book),
        extensions=changes.extensions,
        typed_end=changes.typed_end,
        exclusions=changes.exclusions,
    )


def _changes(rule: PeriodRule, start: Happening, happenings: Sequence[Happening]) -> Changes:
    """Return what the events after `start` change about the period (law 14.2)."""
    later = [item for item in happenings if item.event.pk > start.event.pk]
    granted: list[Period] = []
    typed_end: date | None = None
    for item in later:
        if item.event.kind not in rule.extended_by:
            continue
        if "until" in item.facts:
            typed_end = date.fromisoformat(item.facts["until"])
        elif (length := rule.extensions[0].length) is not None:
            granted.append(length)
    return Changes(tuple(granted), typed_end, tuple(_exclusions(rule, later)))


def _exclusions(rule: PeriodRule, later: Sequence[Happening]) -> Iterable[Interval]:
    ends = {
        str(item.facts.get(rule.pause_match)): item.day
        for item in later
        if item.event.kind in rule.resumed_by
    }
    for item in later:
        if item.event.kind in rule.paused_by:
            yield Interval(item.day, ends.get(reference_of(item.event)))


def _moment(rule: PeriodRule, start: Happening) -> date | datetime:
    if rule.length is not None and rule.length.unit is Unit.HOUR and start.event.legal_instant:
        return start.event.legal_instant.astimezone(BEIJING)
    if rule.start_day and (named_day := start.facts.get(rule.start_day)):
        return date.fromisoformat(named_day)
    return start.day


def _set_length(rule: PeriodRule, start: Happening) -> PeriodRule | None:
    """Return the rule with the length a decision sets by naming the last day; None when it sets none."""
    if not rule.ends_on:
        return rule
    named_day = start.facts.get(rule.ends_on)
    days = (date.fromisoformat(named_day) - start.day).days if named_day else 0
    return replace(rule, length=Period(days, Unit.DAY)) if days > 0 else None


def _fits(rule: PeriodRule, start: Happening, end: Happening) -> bool:
    if end.event.pk <= start.event.pk:
        return False
    return not _names(rule, end) or start.facts.get(rule.match) == end.facts.get(rule.match)


def _names(rule: PeriodRule, end: Happening) -> bool:
    """Say whether an ending event concerns one start; one that names none concerns all of them."""
    return bool(rule.match) and rule.match in end.facts


def _ending(
    derived: Derived, candidates: Iterable[Happening], used: set[int]
) -> tuple[DeadlineState, Event] | None:
    """Return how a deadline ended: the first fitting event that met or cancelled it."""
    rule = derived.rule
    for candidate in candidates:
        kind = candidate.event.kind
        if not _fits(rule, derived.start, candidate):
            continue
        if kind in rule.met_by and candidate.event.pk not in used:
            if _names(rule, candidate) or not rule.match:
                used.add(candidate.event.pk)
            return DeadlineState.MET, candidate.event
        if kind in rule.cancelled_by:
            return DeadlineState.CANCELLED, candidate.event
    return None


def _of_rule(
    rule: PeriodRule, matter: Matter, happenings: Sequence[Happening], book: Rulebook
) -> list[Derived]:
    starts = [
        h
        for h in happenings
        if h.event.kind in rule.start
        and rule.begins_with(h.facts)
        and rule.in_force_on(h.day)
        and _belongs(matter, h.event)
    ]
    used: set[int] = set()
    found: list[Derived] = []
    for position, start in enumerate(starts):
        changes = _changes(rule, start, happenings)
        held = _set_length(rule.for_facts(start.facts), start)
        if held is None:
            continue
        derived = Derived(rule, start, compute(held, _moment(rule, start), book, changes))
        if rule.latest_only and position < len(starts) - 1:
            later = starts[position + 1].event
            found.append(replace(derived, state=DeadlineState.SUPERSEDED, ended_by=later))
            continue
        if ending := _ending(derived, happenings, used):
            derived = replace(derived, state=ending[0], ended_by=ending[1])
        found.append(derived)
    return found


def derive(matter: Matter) -> list[Derived]:
    """Return every statutory deadline of a matter, by period and start.

    Raises:
        RulebookError: the case names a version that is not there.
        PeriodError: a start that cannot be computed from.
    """
    book = rulebook_of(matter)
    happenings = _standing(matter)
    return [
        item
        for rule in book.periods.values()
        if rule.start
        for item in _of_rule(rule, matter, happenings, book)
    ]
