"""From events to deadlines: a pure function of events, rulebook, own periods and calendar (design 4).

Nothing here writes. The same events give the same deadlines, whenever and however often they are
derived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, Subquery

from audit.clock import BEIJING
from cases.models import Case, Event, Lead
from cases.selectors.events import corrected, corrected_together, reference_of, stands, story_of
from cases.together import by_owner, primary_keys, rows_of
from deadlines import by_hand
from deadlines.grounds import grounds_of
from deadlines.models import Deadline, DeadlineState
from deadlines.office_rules import own_rules
from deadlines.periods import Computation, Interval, Period, Unit
from deadlines.rulebook import PeriodRule, Rulebook, in_force, named
from deadlines.standstill import end_named_by, standstills, stops
from deadlines.terms import Terms
from deadlines.yearbook import calendar_under

if TYPE_CHECKING:
    Matter = Lead | Case


# How the last day of terms is found.
Computing = Callable[[Terms], Computation]


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
    terms: Terms
    computation: Computation
    grounds: dict[str, Any]
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
    found = rows_of(matter, _of_cases if isinstance(matter, Case) else _of_leads)
    refused = by_hand.refused_completions(found)
    return [item for item in found if reference_of(item.event) not in refused]


def _of_cases(cases: Sequence[Case]) -> dict[int, list[Happening]]:
    """Return the standing events of cases and of their leads."""
    if len(cases) == 1:
        return {case.pk: _told(case) for case in cases}
    keys = set(primary_keys(cases))
    case_of_lead = {case.lead_id: case.pk for case in cases if case.lead_id is not None}
    rows = _events(Q(case__in=keys) | Q(lead__in=case_of_lead))
    told = [(row.event.case_id, case_of_lead.get(row.event.lead_id or 0), row) for row in rows]
    return by_owner((of, row) for own, of_lead, row in told for of in {own, of_lead} & keys if of)


def _of_leads(leads: Sequence[Lead]) -> dict[int, list[Happening]]:
    """Return the standing events of leads and of their cases."""
    keys = set(primary_keys(leads))
    if len(leads) == 1:
        [lead] = keys  # one statement less, for the acts of a single lead
        # Its case is looked up by itself, so that each part enters an index.
        of_case = Case.objects.filter(lead=lead).order_by().values("pk")
        return {lead: _events(Q(lead=lead) | Q(case=Subquery(of_case)))}
    lead_of_case = dict(Case.objects.filter(lead__in=keys).values_list("pk", "lead_id"))
    rows = _events(Q(lead__in=keys) | Q(case__in=lead_of_case))
    told = [(row.event.lead_id, lead_of_case.get(row.event.case_id or 0), row) for row in rows]
    return by_owner((of, row) for own, of_case, row in told for of in {own, of_case} & keys if of)


def _events(chosen: Q) -> list[Happening]:
    events = Event.objects.filter(
        chosen, annulled_by__isnull=True, corrects__isnull=True, annuls__isnull=True
    )
    return [Happening(*told) for told in corrected_together(events.order_by("id"))]


def _told(case: Case) -> list[Happening]:
    return [Happening(event, *corrected(event)) for event in story_of(case) if stands(event)]


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
    return terms_of(rule, start, changes).computed(calendar_under(book))


def terms_of(rule: PeriodRule, start: date | datetime, changes: Changes = UNCHANGED) -> Terms:
    """Return what the last day of `rule` from `start` is computed from.

    Raises:
        ValueError: the law names no length for this period.
    """
    if rule.length is None:
        raise ValueError(f"{rule.id} has no length.")
    return Terms(
        start,
        rule.length,
        rule.backwards,
        changes.extensions,
        changes.typed_end,
        changes.exclusions,
    )


def _changes(rule: PeriodRule, start: Happening, happenings: Sequence[Happening]) -> Changes:
    """Return what the events after `start` change about the period (law 14.2)."""
    later = _after(start, happenings)
    length = rule.extensions[0].length if rule.extensions else None
    clock = by_hand.clock_name(rule.id, start.event)
    lengthened = by_hand.extensions(rule, clock, later)
    granted = [length for item in lengthened if length and "until" not in item.facts]
    named = end_named_by(rule, clock, later)
    typed_end = date.fromisoformat(named.facts["until"]) if named else None
    excluded = tuple(item.interval for item in standstills(rule, clock, later))
    return Changes(tuple(granted), typed_end, excluded)


def _after(start: Happening, happenings: Sequence[Happening]) -> list[Happening]:
    return [item for item in happenings if item.event.pk > start.event.pk]


def _moment(rule: PeriodRule, start: Happening) -> date | datetime:
    if start.event.kind == by_hand.BEGUN:
        return by_hand.moment_of(start.facts, start.day)
    if rule.length is not None and rule.length.unit is Unit.HOUR and start.event.legal_instant:
        return start.event.legal_instant.astimezone(BEIJING)
    return counted_from(rule, start.day, start.facts)


def counted_from(rule: PeriodRule, day: date, facts: Mapping[str, Any]) -> date:
    """Return the day an event makes a period count from: its own, or the one it names (`start_day`)."""
    named_day = facts.get(rule.start_day) if rule.start_day else None
    return date.fromisoformat(named_day) if named_day else day


def held_rule(rule: PeriodRule, day: date, facts: Mapping[str, Any]) -> PeriodRule | None:
    """Return the rule with the length that holds for an event of `day`; None where it starts nothing.

    A decision may set the length by naming the last day, a paper in an urgent case too. What is due before a
    day, or counted from one that the event alone names, runs only once that day is named.
    """
    if rule.urgent_end and facts.get(rule.urgent_end):
        return replace(rule, length=urgent_length(rule, day, facts))
    begun_by_hand = facts.get("period") == rule.id
    if rule.waits_for_start_day and not (begun_by_hand or facts.get(rule.start_day)):
        return None
    if not rule.ends_on:
        return rule.for_facts(facts)
    named_day = facts.get(rule.ends_on)
    days = (date.fromisoformat(named_day) - day).days if named_day else 0
    return replace(rule, length=Period(days, Unit.DAY)) if days > 0 else None


def urgent_length(rule: PeriodRule, day: date, facts: Mapping[str, Any]) -> Period:
    """Return the length to the last day the start names because the case is urgent; at least one day."""
    begun = by_hand.day_of(facts, day)
    days = (date.fromisoformat(facts[rule.urgent_end]) - begun).days
    return Period(max(days, 1), Unit.DAY)


def _fits(rule: PeriodRule, start: Happening, end: Happening) -> bool:
    if end.event.pk <= start.event.pk:
        return False
    if rule.named_by in end.facts:
        return str(end.facts[rule.named_by]) == reference_of(start.event)
    return not _names(rule, end) or start.facts.get(rule.match) == end.facts.get(rule.match)


def _names(rule: PeriodRule, end: Happening) -> bool:
    """Say whether an ending event concerns one start; one that names none concerns all of them."""
    return any(fact and fact in end.facts for fact in (rule.match, rule.named_by))


def _ending(
    derived: Derived, candidates: Iterable[Happening], used: set[int]
) -> tuple[DeadlineState, Event] | None:
    """Return how a deadline ended: the first fitting event that met or cancelled it."""
    rule = derived.rule
    clock = by_hand.clock_name(rule.id, derived.start.event)
    for candidate in candidates:
        kind = candidate.event.kind
        if kind == by_hand.COMPLETED and candidate.facts.get("clock") == clock:
            return _completed(candidate)
        if not _fits(rule, derived.start, candidate):
            continue
        if rule.is_met_by(kind, candidate.facts) and candidate.event.pk not in used:
            if _names(rule, candidate) or not (rule.match or rule.named_by):
                used.add(candidate.event.pk)
            return DeadlineState.MET, candidate.event
        if kind in rule.cancelled_by:
            return DeadlineState.CANCELLED, candidate.event
    return None


def _completed(completion: Happening) -> tuple[DeadlineState, Event]:
    done = completion.facts.get("outcome") == by_hand.Outcome.DONE
    return (DeadlineState.MET if done else DeadlineState.CANCELLED), completion.event


def _starts(rule: PeriodRule, matter: Matter, happenings: Sequence[Happening]) -> list[Happening]:
    return [h for h in happenings if _belongs(matter, h.event) and _begins(rule, h)]


def _begins(rule: PeriodRule, item: Happening) -> bool:
    if by_hand.is_start(rule.id, item):
        return rule.in_force_on(by_hand.day_of(item.facts, item.day))
    starts = rule.starts_with(item.event.kind, item.day, item.facts)
    return starts and rule.is_known_at(item.event.recorded_at)


def _of_rule(
    rule: PeriodRule, matter: Matter, happenings: Sequence[Happening], computed: Computing
) -> list[Derived]:
    starts = _starts(rule, matter, happenings)
    used: set[int] = set()
    found: list[Derived] = []
    for position, start in enumerate(starts):
        changes = _changes(rule, start, happenings)
        held = held_rule(rule, start.day, start.facts)
        if held is None:
            continue
        moment = _moment(rule, start)
        terms = terms_of(held, moment, changes)
        later = _after(start, happenings)
        grounds = grounds_of(rule=rule, start=start, moment=moment, later=later)
        derived = Derived(rule, start, terms, computed(terms), grounds)
        superseder = (
            starts[position + 1].event if rule.latest_only and starts[position + 1 :] else None
        )
        if ending := _ending(derived, _until(superseder, happenings), used):
            derived = replace(derived, state=ending[0], ended_by=ending[1])
        elif superseder is not None:
            derived = replace(derived, state=DeadlineState.SUPERSEDED, ended_by=superseder)
        found.append(derived)
    return found


def _until(event: Event | None, happenings: Sequence[Happening]) -> Sequence[Happening]:
    """Return what was recorded before `event`, everything where there is none.

    What fulfilled a period before it began anew has fulfilled it for good.
    """
    return happenings if event is None else [h for h in happenings if h.event.pk < event.pk]


def rules_of(matter: Matter, book: Rulebook) -> list[PeriodRule]:
    """Return the periods that hold for a matter: those of law, then those of its own office (P-15)."""
    return [*book.periods.values(), *own_rules(matter.office_id)]


def rule_of(deadline: Deadline) -> PeriodRule | None:
    """Return the period a deadline follows from, of law or of the office; None for one set by hand."""
    if deadline.manual:
        return None
    if of_law := deadline.rule_of_law:
        return of_law
    own = own_rules(deadline.matter.office_id)
    return next((rule for rule in own if rule.id == deadline.rule), None)


def derive(matter: Matter) -> list[Derived]:
    """Return every deadline of a matter by law and by its office's own periods, by period and start.

    Raises:
        RulebookError: the case names a version that is not there.
        PeriodError: a start that cannot be computed from.
    """
    book = rulebook_of(matter)
    calendar = calendar_under(book)
    return derive_from(
        matter,
        _standing(matter),
        rules_of(matter, book),
        lambda terms: terms.computed(calendar),
    )


def derive_from(
    matter: Matter,
    happenings: Sequence[Happening],
    rules: Iterable[PeriodRule],
    computed: Computing,
) -> list[Derived]:
    """Return every deadline that follows by `rules` from events that are at hand; asks no database.

    Args:
        happenings: of the lead and its case together, in the order of recording.
        computed: the last day of terms, under the calendar that holds.

    Raises:
        PeriodError: a start that cannot be computed from.
    """
    kinds = {item.event.kind for item in happenings}
    return [
        item
        for rule in rules
        if by_hand.BEGUN in kinds or not kinds.isdisjoint(rule.start)
        for item in _of_rule(rule, matter, happenings, computed)
    ]


def end_by_rule_alone(deadline: Deadline) -> date | None:
    """Return the last day with every length the rule itself may add, and all time not counted so far.

    What a decision named does not count here: it is what this day measures. None for a deadline set by hand.
    """
    rule, start = rule_of(deadline), deadline.start_event
    if rule is None or start is None or deadline.start_day is None or deadline.terms is None:
        return None
    later = [item for item in _standing(deadline.matter) if item.event.pk > start.pk]
    still = stops(rule, by_hand.clock_name(rule.id, start), later)
    terms = replace(
        Terms.read(deadline.start_day, deadline.terms, backwards=rule.backwards),
        extensions=tuple(way.length for way in rule.extensions if way.length is not None),
        typed_end=None,
        exclusions=tuple(item.interval for item in still),
    )
    return terms.computed(calendar_under(named(deadline.rulebook))).effective
