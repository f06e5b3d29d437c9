"""The machine of a matter as a picture, and the same as rows of a table: where it stands, was and may go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.graph.drawing import Marks, Picture, Words, defs, draw
from cases.graph.layout import Edge
from cases.machine import Declaration, Machine
from cases.models import Case, Lead
from cases.selectors.events import standing_events
from cases.services import acts
from cases.track import NOW, Step, law_code, passed_by, state_title

if TYPE_CHECKING:
    Matter = Lead | Case

GONE, NEXT = "gone", "next"


@dataclass(frozen=True)
class StateRow:
    """One state of the machine.

    Attributes:
        mark: ``now``, ``gone``, ``next``, or empty.
        visits: when the matter was in it.
        moves: each state that can follow, by its title, with the transitions that lead there.
        entries: the transitions that leave it as it is, those of every state aside.
    """

    state: str
    title: str
    law_code: str
    mark: str
    visits: Sequence[Step]
    moves: Sequence[tuple[str, Sequence[Declaration]]]
    entries: Sequence[Declaration]


@dataclass(frozen=True)
class MachineGraph:
    """The picture, its size and the table that tells the same.

    Attributes:
        everywhere: the transitions that every state allows and that leave it as it is.
    """

    svg: SafeString
    width: int
    height: int
    rows: Sequence[StateRow]
    everywhere: Sequence[Declaration]


def machine_graph(matter: Matter) -> MachineGraph:
    """Return the graph of the matter's machine with its own way marked."""
    machine = acts.machine_of(matter)
    events = list(
        standing_events(matter)
        .filter(machine=machine.code)
        .exclude(to_state="")
        .prefetch_related("corrections")
    )
    visits: dict[str, list[Step]] = {}
    for step in passed_by(matter, events):
        visits.setdefault(step.state, []).append(step)
    marks = _marks(
        machine, matter.state, visits, [(row.from_state, row.to_state) for row in events]
    )
    rows = [_row(machine, state, marks, visits.get(state, [])) for state in machine.states.values]
    picture = draw(machine, _words(machine, {row.state: row for row in rows}), marks)
    return MachineGraph(_svg(picture), picture.width, picture.height, rows, machine.everywhere())


def _marks(
    machine: Machine, present: str, visited: Mapping[str, Sequence[Step]], gone: Sequence[Edge]
) -> Marks:
    following = machine.moves(present)
    states = dict.fromkeys(following, NEXT) | dict.fromkeys(visited, GONE) | {present: NOW}
    edges = {(present, state): NEXT for state in following} | dict.fromkeys(gone, GONE)
    return Marks(states, edges)


def _row(machine: Machine, state: str, marks: Marks, visits: Sequence[Step]) -> StateRow:
    return StateRow(
        state=state,
        title=state_title(machine.code, state),
        law_code=law_code(machine.code, state),
        mark=marks.states.get(state, ""),
        visits=visits,
        moves=[
            (state_title(machine.code, target), items)
            for target, items in machine.moves(state).items()
        ],
        entries=machine.entries(state),
    )


def _words(machine: Machine, rows: Mapping[str, StateRow]) -> Words:
    titles = {item.code: item.title for item in machine.declarations.values()}
    return Words(
        name=lambda state: rows[state].title,
        code=lambda state: rows[state].law_code,
        note=lambda state: _note(rows[state]),
        told=lambda state: " · ".join(
            filter(None, (rows[state].law_code, rows[state].title, _note(rows[state])))
        ),
        step=lambda code: titles[code],
    )


def _note(row: StateRow) -> str:
    """Return the mark of a state in words, so that it is told by more than its colour."""
    days = sum(step.days or 0 for step in row.visits)
    spent = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    if row.mark == NOW:
        return f"▶ {_('now')} · {spent}"
    if row.mark == GONE:
        return f"✓ {row.visits[-1].since} · {spent}"
    return f"→ {_('can follow')}" if row.mark == NEXT else ""


def _svg(picture: Picture) -> SafeString:
    # Every word in it was escaped when it was drawn.
    return mark_safe("\n".join([defs(), *picture.lines]))  # noqa: S308
