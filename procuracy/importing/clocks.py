"""The deadlines of imported cases: derived as always, each kind of course once.

A deadline follows from the rule and from the days and facts of the events the rule speaks of, and from
nothing else of the case. Former cases run the same courses again and again, so what was derived for one
serves the next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from cases.models import Case, Event, Lead
from deadlines.derive import Computing, Derived, Happening, derive_from
from deadlines.rulebook import PeriodRule, Rulebook
from deadlines.services.recomputing import split_moment
from procuracy.importing.setting import Setting

if TYPE_CHECKING:
    Matter = Lead | Case

# The matters of a course, which has none of its own.
LEAD, CASE = 1, 2
OWNERS: dict[type[Lead | Case], Lead | Case] = {Lead: Lead(pk=LEAD), Case: Case(pk=CASE)}
_EVENT = re.compile(r'"event": (\d+)')


@dataclass(frozen=True, slots=True)
class Told:
    """An event of a case that is being imported, as far as periods ask.

    Attributes:
        facts: as they are written, so that courses can be compared.
        of_case: whether it is of the case and not of its lead.
    """

    kind: str
    day: date
    facts: str
    of_case: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """What periods ask of the row of an event; making the row itself takes longer than all they compute."""

    pk: int
    kind: str
    legal_day: date
    lead_id: int | None
    case_id: int | None
    recorded_at: datetime
    legal_instant: datetime | None = None
    copied_from_id: int | None = None


@dataclass(frozen=True)
class Clock:
    """One deadline of a course; events go by their place among the events of the case.

    Attributes:
        days: the columns that follow from the computation alone, by name.
        grounds: JSON in which the ids of events are still to be filled in (`grounds_with`).
    """

    rule: PeriodRule
    start: int
    ended_by: int | None
    state: str
    effective_day: date
    days: dict[str, Any]
    grounds: str

    def grounds_with(self, ids: Sequence[int]) -> str:
        """Return the grounds with the ids of the events of one case."""
        return _EVENT.sub(lambda found: f'"event": {ids[int(found[1])]}', self.grounds)


class Clocks:
    """What was derived so far under one setting."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._known: dict[Any, list[Clock]] = {}
        self._kinds: dict[str, frozenset[str]] = {}
        self._computed: dict[str, Computing] = {}
        self._rules: dict[str, dict[str, list[PeriodRule]]] = {}

    def of(self, matter: type[Matter], book: Rulebook, told: Sequence[Told]) -> list[Clock]:
        """Return the deadlines of a lead or a case whose events are `told`, in the order of recording."""
        starters = self._starters(book)
        of_case = matter is Case
        kinds = dict.fromkeys(item.kind for item in told if item.of_case is of_case)
        rules = {rule.id: rule for kind in kinds for rule in starters.get(kind, ())}
        return [
            clock for rule in rules.values() for clock in self._of_rule(matter, book, rule, told)
        ]

    def _starters(self, book: Rulebook) -> dict[str, list[PeriodRule]]:
        """Return the rules of a version and of the office by the kinds of events that start them."""
        if book.version not in self._rules:
            found: dict[str, list[PeriodRule]] = {}
            for rule in [*book.periods.values(), *self._setting.own_rules]:
                for kind in rule.start:
                    found.setdefault(kind, []).append(rule)
            self._rules[book.version] = found
        return self._rules[book.version]

    def _of_rule(
        self, matter: type[Matter], book: Rulebook, rule: PeriodRule, told: Sequence[Told]
    ) -> list[Clock]:
        concerned = self._kinds_of(rule)
        places = [place for place, item in enumerate(told) if item.kind in concerned]
        course = (matter, book.version, rule.id, tuple((at, told[at]) for at in places))
        if course not in self._known:
            self._known[course] = self._derived(
                matter, book, rule, [(at, told[at]) for at in places]
            )
        return self._known[course]

    def _kinds_of(self, rule: PeriodRule) -> frozenset[str]:
        if rule.id not in self._kinds:
            ends = (rule.met_by, rule.cancelled_by, rule.over_with)
            changes = (rule.extended_by, rule.paused_by, rule.resumed_by)
            kinds = (kind for kinds in (rule.start, *ends, *changes) for kind in kinds)
            self._kinds[rule.id] = frozenset(kinds)
        return self._kinds[rule.id]

    def _derived(
        self,
        matter: type[Matter],
        book: Rulebook,
        rule: PeriodRule,
        told: Sequence[tuple[int, Told]],
    ) -> list[Clock]:
        happenings = [self._happening(place, item) for place, item in told]
        found = derive_from(OWNERS[matter], happenings, [rule], self._computing(book))
        return [_clock(one) for one in found]

    def _computing(self, book: Rulebook) -> Computing:
        """Return the computing under a rulebook; the same terms are computed once."""
        if book.version not in self._computed:
            calendar = self._setting.calendars[book.version]
            self._computed[book.version] = cache(lambda terms: terms.computed(calendar))
        return self._computed[book.version]

    def _happening(self, place: int, item: Told) -> Happening:
        event = Recorded(
            pk=place,
            kind=item.kind,
            legal_day=item.day,
            lead_id=None if item.of_case else LEAD,
            case_id=CASE if item.of_case else None,
            recorded_at=self._setting.now,
        )
        return Happening(cast(Event, event), item.day, json.loads(item.facts))


def _clock(derived: Derived) -> Clock:
    result = derived.computation
    start, start_instant = split_moment(result.start)
    effective, effective_instant = split_moment(result.effective)
    days = {
        "start_day": start,
        "start_instant": start_instant,
        "nominal_day": split_moment(result.nominal)[0],
        "effective_day": effective,
        "effective_instant": effective_instant,
        "backwards": result.backwards,
        "provisional": result.provisional,
        "at_least": result.at_least,
        "derivation": result.derivation(),
        "terms": derived.terms.as_json(),
    }
    return Clock(
        rule=derived.rule,
        start=derived.start.event.pk,
        ended_by=derived.ended_by.pk if derived.ended_by else None,
        state=derived.state.value,
        effective_day=effective,
        days=days,
        grounds=json.dumps(derived.grounds, ensure_ascii=False),
    )
