"""Asking for many matters at once what is asked of each: `manage.py verify_cases` reads a million of them.

Who asks of one matter writes a question that answers for several. Inside `together` the first who asks has it
answered for all of them; everywhere else it is answered for the one. Nothing is written inside the block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

from cases.models import Case, Lead

if TYPE_CHECKING:
    Matter = Lead | Case

Row = TypeVar("Row")
# Takes matters of one kind and returns what belongs to each, by its key; nothing where nothing does.
Question = Callable[[Sequence[Any]], Mapping[int, list[Row]]]


class _Asked:
    """The matters that are looked at together, and what was asked of them so far."""

    def __init__(self, matters: Iterable[Matter]) -> None:
        self.matters: dict[type[Any], dict[int, Matter]] = {Lead: {}, Case: {}}
        for matter in matters:
            self.matters[type(matter)][matter.pk] = matter
        self.answers: dict[Any, Mapping[int, list[Any]]] = {}

    def answer(self, kind: type[Any], ask: Question[Row]) -> Mapping[int, list[Row]]:
        if (kind, ask) not in self.answers:
            self.answers[kind, ask] = ask(list(self.matters[kind].values()))
        return self.answers[kind, ask]


_asked: ContextVar[_Asked | None] = ContextVar("cases_asked_together", default=None)


@contextmanager
def together(matters: Iterable[Matter]) -> Iterator[None]:
    """Inside the block what is asked of one of `matters` is asked of all of them."""
    token = _asked.set(_Asked(matters))
    try:
        yield
    finally:
        _asked.reset(token)


def rows_of(matter: Matter, ask: Question[Row]) -> list[Row]:
    """Return what `ask` says of a matter."""
    asked = _asked.get()
    if asked is None or matter.pk not in asked.matters[type(matter)]:
        return ask([matter]).get(matter.pk, [])
    return asked.answer(type(matter), ask).get(matter.pk, [])


def by_owner(rows: Iterable[tuple[int, Row]]) -> dict[int, list[Row]]:
    """Return rows by the key of the matter each is told with."""
    found: dict[int, list[Row]] = {}
    for owner, row in rows:
        found.setdefault(owner, []).append(row)
    return found


def owner_of(matters: Sequence[Matter]) -> str:
    """Return by which column rows belong to matters of one kind."""
    return "lead_id" if isinstance(matters[0], Lead) else "case_id"


def primary_keys(matters: Sequence[Matter]) -> list[int]:
    """Return the keys of matters of one kind."""
    return [matter.pk for matter in matters]
