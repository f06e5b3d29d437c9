"""The stages a case has passed and may still pass, drawn from its events and the declarations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from audit import clock
from cases.machine import Declaration, Machine
from cases.models import Case, Event
from cases.registries import machines
from cases.selectors.events import corrected
from cases.states import CASE_STATE_LAW, LEAD_STATE_LAW, CaseState, LeadState

DONE, NOW, AHEAD, INSTEAD = "done", "now", "ahead", "instead"


@dataclass(frozen=True)
class Step:
    """One state on the track.

    Attributes:
        place: ``done``, ``now``, ``ahead`` (the usual way) or ``instead`` (another way out).
        since: the legal day on which the state began, None for a state to come.
        days: calendar days spent in it, up to today for the present one.
        law_code: the code of law 3.1, for example ``P4``.
    """

    title: str
    place: str
    law_code: str
    since: date | None = None
    days: int | None = None


def track_of(case: Case, events: Iterable[Event]) -> list[Step]:
    """Return the track of `case`: what was, what is, the usual way on and the other ways out.

    `events` are the standing events of the case and of its lead, in the order of recording.
    """
    passed = _passed(case, events)
    steps = [_step_passed(passed, number) for number in range(len(passed))]
    return steps + _ahead(machines[case.machine], case.state)


def _passed(case: Case, events: Iterable[Event]) -> list[tuple[str, str, date]]:
    """Return machine, state and first day of each state that was reached, the present one last."""
    found: list[tuple[str, str, date]] = []
    for event in events:
        if not event.to_state or (event.machine, event.to_state) == ("lead", LeadState.FILED):
            continue
        found.append((event.machine, event.to_state, corrected(event)[0]))
    if not any(machine == "case" for machine, _state, _day in found):
        found.append(("case", case.state, case.filed_on))
    return found


def _step_passed(passed: list[tuple[str, str, date]], number: int) -> Step:
    machine, state, since = passed[number]
    last = number == len(passed) - 1
    until = clock.today() if last else passed[number + 1][2]
    days = max((until - since).days, 0)
    return Step(
        state_title(machine, state), NOW if last else DONE, law_code(machine, state), since, days
    )


def _ahead(machine: Machine, state: str) -> list[Step]:
    """Return the other ways out of the present state, then the usual way on to its end."""
    steps: list[Step] = []
    seen = {state}
    while following := [item for item in machine.leaving(state) if _leads_on(item, seen)]:
        steps += [
            Step(
                state_title(machine.code, item.target), INSTEAD, law_code(machine.code, item.target)
            )
            for item in following
            if _is_side_way(item) and not steps
        ]
        usual = [item for item in following if not _is_side_way(item)]
        if not usual:
            break
        state = usual[0].target
        seen.add(state)
        steps.append(Step(state_title(machine.code, state), AHEAD, law_code(machine.code, state)))
    return steps


def _leads_on(item: Declaration, seen: set[str]) -> bool:
    return bool(item.target) and item.target not in seen


def _is_side_way(item: Declaration) -> bool:
    """Law 3.1 marks the states off the usual way by an X in their code."""
    return "X" in CASE_STATE_LAW[item.target][0]


def state_title(machine: str, state: str) -> str:
    """Return the name of a state in the reader's language, on Chinese pages in the law's words."""
    names = LEAD_STATE_LAW if machine == "lead" else CASE_STATE_LAW
    if (get_language() or "").startswith("zh"):
        return names[state][1]
    states = LeadState if machine == "lead" else CaseState
    return str(states(state).label)


def law_code(machine: str, state: str) -> str:
    """Return the code of a state in law 3.1."""
    return (LEAD_STATE_LAW if machine == "lead" else CASE_STATE_LAW)[state][0]
