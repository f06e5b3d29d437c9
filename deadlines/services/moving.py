"""A changed calendar carried through all deadlines: from their terms alone, in chunks, no event read.

What follows is what `recompute` makes of the same matters; only it is found without them. Memory
stays the same however many rows there are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from audit.clock import BEIJING
from cases.selectors import back_entry, people
from cases.selectors.events import corrected
from deadlines.calendar import YearNotice, calendar_of
from deadlines.derive import rule_of
from deadlines.duty import WATCHED, duty_holders
from deadlines.models import RUNNING, Deadline
from deadlines.rulebook import named
from deadlines.services.recomputing import split_moment, state_on
from deadlines.services.reminding import Call, synchronise_all
from deadlines.terms import Terms

CHUNK = 2000
# What is asked of a deadline that moved, and of its matter, to know whom it calls on.
_ASKED = (
    *("rule", "rulebook", "manual", "state", "effective_day", "start_event"),
    *("lead__state", "lead__office", "lead__department", "lead__handler"),
    *("case__state", "case__office", "case__department", "case__lead"),
)
# Of one start and one length there are many deadlines; each result is computed once.
MOST_KEPT = 8192


class Basis(NamedTuple):
    """What a last day follows from, the notices apart; `terms` as written in the row."""

    rulebook: str
    start_day: date
    start_instant: datetime | None
    backwards: bool
    terms: str


class Result(NamedTuple):
    """What a row keeps of a computation; `derivation` as `_written` writes it."""

    nominal_day: date
    effective_day: date
    effective_instant: datetime | None
    provisional: bool
    at_least: bool
    derivation: str


class Change(NamedTuple):
    """One row that becomes another."""

    pk: int
    before: Result
    state_before: str
    after: Result
    state: str

    @property
    def moves(self) -> bool:
        """Whether a running deadline gets another last day."""
        return (
            self.state_before in RUNNING and self.before.effective_day != self.after.effective_day
        )


_COLUMNS = (
    "pk",
    "state",
    *Basis._fields[:-1],
    "written_terms",
    *Result._fields[:-1],
    "written_derivation",
)
# Most rows keep their derivation and only become final: theirs is not sent again.
_UPDATE = """
UPDATE deadlines_deadline AS row SET
    nominal_day = new.nominal_day, effective_day = new.effective_day,
    effective_instant = new.effective_instant, provisional = new.provisional,
    at_least = new.at_least, derivation = coalesce(new.derivation, row.derivation),
    state = new.state
FROM unnest(
    %s::bigint[], %s::date[], %s::date[], %s::timestamptz[], %s::boolean[], %s::boolean[],
    %s::jsonb[], %s::varchar[]
) AS new(id, nominal_day, effective_day, effective_instant, provisional, at_least, derivation, state)
WHERE row.id = new.id
"""


def touched(year: int) -> QuerySet[Deadline]:
    """Return the deadlines that follow from something and reach into the days a notice of `year` can name."""
    first, last = date(year - 1, 12, 1), date(year, 12, 31)
    return Deadline.objects.filter(
        Q(start_day__lte=last) | Q(effective_day__lte=last),
        Q(start_day__gte=first) | Q(effective_day__gte=first),
        terms__isnull=False,
    )


def changes(
    notices: tuple[YearNotice, ...], year: int, *, locked: bool = False
) -> Iterator[list[Change]]:
    """Yield, a chunk at a time in the order of their ids, the rows that change under `notices`.

    Args:
        year: the one whose notice is another.
        locked: keep every row that is read locked until the transaction ends.

    Raises:
        PeriodError: an end lies outside the calendar.
    """
    result_of = _results(notices)
    rows = touched(year).order_by("pk")
    rows = rows.annotate(
        written_terms=Cast("terms", TextField()),
        written_derivation=Cast("derivation", TextField()),
    )
    rows = rows.select_for_update() if locked else rows
    last = 0
    while chunk := list(rows.filter(pk__gt=last).values_list(*_COLUMNS)[:CHUNK]):
        found = (_compared(row, result_of) for row in chunk)
        yield [change for change in found if change is not None]
        last = chunk[-1][0]


def _results(notices: tuple[YearNotice, ...]) -> Any:
    """Return a function from a basis to its result under `notices`."""

    @lru_cache(maxsize=MOST_KEPT)
    def result_of(basis: Basis) -> Result:
        calendar = calendar_of(notices, named(basis.rulebook).practice)
        instant = basis.start_instant
        start = instant.astimezone(BEIJING) if instant else basis.start_day
        terms = Terms.read(start, json.loads(basis.terms), backwards=basis.backwards)
        computed = terms.computed(calendar)
        effective_day, effective_instant = split_moment(computed.effective)
        return Result(
            split_moment(computed.nominal)[0],
            effective_day,
            effective_instant,
            computed.provisional,
            computed.at_least,
            _written(computed.derivation()),
        )

    return result_of


def _written(derivation: list[dict[str, Any]]) -> str:
    """Write the same derivation always in the same way."""
    return json.dumps(derivation, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=MOST_KEPT)
def _written_again(derivation: str) -> str:
    """Return a derivation as the database writes it in the way of `_written`; many are the same."""
    return _written(json.loads(derivation))


def _compared(row: Sequence[Any], result_of: Any) -> Change | None:
    pk, state, *rest, derivation = row
    size = len(Basis._fields)
    before = Result._make([*rest[size:], _written_again(derivation)])
    after = result_of(Basis(*rest[:size]))
    new_state = state_on(after.effective_day, state) if state in RUNNING else state
    if before == after and state == new_state:
        return None
    return Change(pk, before, state, after, new_state)


def carried_out(notices: tuple[YearNotice, ...], year: int) -> Iterator[list[Change]]:
    """Write what changes under `notices`, and let the reminders of what moves follow.

    Yields each chunk of changes once it is written; the reminders have followed when there is none left.

    Args:
        year: the one whose notice is another.

    Raises:
        PeriodError: an end lies outside the calendar.
    """
    moved: list[int] = []
    for chunk in changes(notices, year, locked=True):
        _write_rows(chunk)
        moved += [change.pk for change in chunk if change.moves]
        if len(moved) >= CHUNK:
            _remind(moved)
            moved = []
        yield chunk
    _remind(moved)


def _write_rows(chunk: Sequence[Change]) -> None:
    if not chunk:
        return
    columns: list[list[Any]] = [[change.pk for change in chunk]]
    columns += [list(column) for column in zip(*(_sent(change) for change in chunk), strict=True)]
    columns.append([str(change.state) for change in chunk])
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, columns)


def _sent(change: Change) -> tuple[Any, ...]:
    """Return the columns to write, None for a derivation that stays."""
    same = change.before.derivation == change.after.derivation
    return (*change.after[:-1], None if same else change.after.derivation)


def _remind(pks: Sequence[int]) -> None:
    """Let the reminders of deadlines that moved follow in the same few queries."""
    rows = Deadline.objects.filter(pk__in=pks).select_related("lead__handler", "case")
    moved = list(rows.only(*_ASKED).order_by("pk"))
    matters = {row.matter for row in moved}
    handlers, quiet = people.lead_handlers(matters), back_entry.running_among(matters)
    calls: list[Call] = []
    for row in moved:
        matter, rule = row.matter, rule_of(row)
        assert rule is not None  # only what follows from an event is moved
        # The facts of its start say something of those who decide alone.
        facts = {} if rule.duty in WATCHED else _facts_of(row)
        holders = duty_holders(matter, rule.duty, facts, handler=handlers.get(matter))
        calls.append(Call(row, tuple(holders), rule, matter in quiet))
    synchronise_all(calls)


def _facts_of(row: Deadline) -> dict[str, Any]:
    assert row.start_event is not None  # held by statutory_deadline_has_rule_and_start
    return corrected(row.start_event)[1]
