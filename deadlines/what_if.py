"""What if: a day and a period of law, a length, or an event with its whole plan. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from audit.clock import BEIJING
from deadlines.grounds import variant
from deadlines.periods import (
    Computation,
    Interval,
    Period,
    PeriodError,
    Unit,
    last_day,
    latest_day_before,
)
from deadlines.rulebook import PeriodRule, Rulebook
from deadlines.yearbook import calendar_under

ABROAD = "abroad"


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        day: the day of the event from which it is counted, or back from which.
        book: the rulebook whose periods and practice hold.
        hour: of the event, in Beijing time; needed for periods of hours.
        named: the day the event names, where a period counts from that (hearing, meeting, expiry).
        abroad: the party has no domicile in the PRC.
        extensions, until, exclusions: what lengthens the period.
    """

    day: date
    book: Rulebook
    hour: time | None = None
    named: date | None = None
    abroad: bool = False
    extensions: Sequence[Period] = ()
    until: date | None = None
    exclusions: Sequence[Interval] = field(default_factory=tuple)

    @property
    def is_changed(self) -> bool:
        """Whether something lengthens the period."""
        return bool(self.extensions or self.until or self.exclusions)


@dataclass(frozen=True)
class Planned:
    """One period of the plan of an event.

    Attributes:
        result: None where it cannot be computed.
        fault: why it cannot.
        named_day_missing: it is counted from a day the event alone names, and that day is not stated.
        length_by_decision: a decision sets its last day; the law has no length.
    """

    rule: PeriodRule
    result: Computation | None = None
    fault: PeriodError | None = None
    named_day_missing: bool = False
    length_by_decision: bool = False


def length_of(rule: PeriodRule, question: Question) -> Period | None:
    """Return the length of a rule for the party the question is about."""
    return rule.for_facts({ABROAD: question.abroad}).length


def has_variant_abroad(rule: PeriodRule) -> bool:
    """Say whether the law gives a party abroad another length."""
    return rule.longer is not None and rule.longer_when == ABROAD


def compute_length(question: Question, period: Period, *, backwards: bool) -> Computation:
    """Compute a free length.

    Raises:
        PeriodError: the question cannot be answered; `explain.error_text` says why.
    """
    calendar = calendar_under(question.book)
    if backwards:
        if question.is_changed:
            raise PeriodError("back_changed", "What is counted back cannot be lengthened.")
        return latest_day_before(question.day, period, calendar)
    if period.unit is Unit.HOUR:
        if question.is_changed:
            raise PeriodError("hours_changed", "A period of hours cannot be lengthened.")
        return last_day(_moment(question), period, calendar)
    return last_day(
        question.day,
        period,
        calendar,
        extensions=question.extensions,
        typed_end=question.until,
        exclusions=question.exclusions,
    )


def _moment(question: Question) -> date | datetime:
    if question.hour is None:
        return question.day
    return datetime.combine(question.day, question.hour, tzinfo=BEIJING)


def compute_rule(question: Question, rule: PeriodRule) -> Computation:
    """Compute a period of law, with the length that holds for the party.

    Raises:
        PeriodError: as `compute_length`.
        ValueError: the law names no length.
    """
    period = length_of(rule, question)
    if period is None:
        raise ValueError(f"{rule.id} has no length.")
    result = compute_length(question, period, backwards=rule.backwards)
    if period == rule.length:
        return result
    return replace(result, steps=(variant(result.start, rule), *result.steps))


def plan_of(question: Question, kind: str) -> list[Planned]:
    """Return every period an event of `kind` begins, the earliest last day first."""
    book = question.book
    rules = [rule for rule in book.periods.values() if rule.starts_with(kind, question.day)]
    found = [_planned(question, rule) for rule in rules]
    return sorted(found, key=lambda item: item.result.last_day if item.result else date.max)


def _planned(question: Question, rule: PeriodRule) -> Planned:
    if rule.ends_on:
        return Planned(rule, length_by_decision=True)
    if rule.start_day and question.named is not None:
        question = replace(question, day=question.named)
    elif rule.waits_for_start_day:
        return Planned(rule, named_day_missing=True)
    try:
        return Planned(rule, compute_rule(question, rule))
    except PeriodError as error:
        return Planned(rule, fault=error)
