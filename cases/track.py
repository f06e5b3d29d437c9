"""The stages a case has passed and may still pass, drawn from its events and the declarations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from audit import clock
from audit.language import is_chinese
from cases.models import Case, Event
from cases.registries import machines
from cases.selectors.events import corrected
from cases.states import CASE_STATE_LAW, LEAD_STATE_LAW, LeadState, Stage, stage_of
from cases.ways import usual_path

if TYPE_CHECKING:
    from cases.models import Lead

    Matter = Lead | Case

DONE, NOW, AHEAD = "done", "now", "ahead"


@dataclass(frozen=True)
class Step:
    """One state on the track.

    Attributes:
        place: ``done``, ``now`` or ``ahead`` (the usual way).
        since: the legal day on which the state began, None for a state to come.
        days: calendar days spent in it, up to today for the present one; None where nothing counts on.
        law_code: the code of law 3.1, for example ``P4``.
    """

    machine: str
    state: str
    place: str
    since: date | None = None
    days: int | None = None

    @property
    def title(self) -> str:
        return state_title(self.machine, self.state)

    @property
    def law_code(self) -> str:
        return law_code(self.machine, self.state)

    @property
    def stage(self) -> Stage:
        """The stage of a case's state; a lead comes before its case."""
        return Stage.PRE_LITIGATION if self.machine == "lead" else stage_of(self.state)


@dataclass(frozen=True)
class StagePart:
    """The states of one stage that follow one another on the track.

    Attributes:
        place: ``done``, ``now`` or ``ahead``.
    """

    stage: Stage
    steps: Sequence[Step]

    @property
    def place(self) -> str:
        places = {step.place for step in self.steps}
        return NOW if NOW in places else DONE if DONE in places else AHEAD

    @property
    def since(self) -> date | None:
        return self.steps[0].since

    @property
    def days(self) -> int:
        """Calendar days spent in the stage so far."""
        return sum(step.days or 0 for step in self.steps)


@dataclass(frozen=True)
class Exit:
    """A state that can follow the present one beside the usual one, with the transitions that lead there."""

    state: str
    title: str
    law_code: str
    codes: Sequence[str]


def track_of(case: Case, events: Iterable[Event]) -> list[Step]:
    """Return the track of `case`: what was, what is, and the usual way on to its end.

    `events` are the standing events of the case and of its lead, in the order of recording.
    """
    ahead = usual_path(machines[case.machine], case.state)[1:]
    return passed_by(case, events) + [Step(case.machine, state, AHEAD) for state in ahead]


def passed_by(matter: Matter, events: Iterable[Event]) -> list[Step]:
    """Return the states a matter has been in, the present one last; a case's lead comes before it."""
    passed = _passed(matter, events)
    return [_step_passed(passed, number) for number in range(len(passed))]


def stages_of(track: Iterable[Step]) -> list[StagePart]:
    """Return the track by its stages, in order; a stage the case went back to comes again."""
    return [
        StagePart(stage, list(steps)) for stage, steps in groupby(track, lambda step: step.stage)
    ]


def exits_of(case: Case) -> list[Exit]:
    """Return the other ways out of the present state, in the law's order."""
    machine = machines[case.machine]
    return [
        Exit(
            state,
            state_title(machine.code, state),
            law_code(machine.code, state),
            [item.code for item in items],
        )
        for state, items in machine.moves(case.state).items()
        if state != machine.usual.get(case.state)
    ]


def _passed(matter: Matter, events: Iterable[Event]) -> list[tuple[str, str, date]]:
    """Return machine, state and first day of each state that was reached, the present one last."""
    found: list[tuple[str, str, date]] = []
    for event in events:
        if event.machine not in STATES_OF_LAW:
            continue  # a part of the case has a machine of its own
        filing = (event.machine, event.to_state) == ("lead", LeadState.FILED)
        if event.to_state and not (filing and isinstance(matter, Case)):
            found.append((event.machine, event.to_state, corrected(event)[0]))
    if not any(machine == matter.machine for machine, _state, _day in found):
        first = matter.filed_on if isinstance(matter, Case) else matter.received_on
        found.append((matter.machine, matter.state, first))
    return found


def _step_passed(passed: list[tuple[str, str, date]], number: int) -> Step:
    machine, state, since = passed[number]
    last = number == len(passed) - 1
    if last and not machines[machine].moves(state):
        return Step(machine, state, NOW, since)
    until = clock.today() if last else passed[number + 1][2]
    return Step(machine, state, NOW if last else DONE, since, max((until - since).days, 0))


# The machines whose states law 3.1 names; others hang on a case beside them.
STATES_OF_LAW = {
    "lead": LEAD_STATE_LAW,
    "case": CASE_STATE_LAW,
    "administrative": CASE_STATE_LAW,
}


def state_title(machine: str, state: str) -> str:
    """Return the name of a state in the reader's language, on Chinese pages in the law's words."""
    in_law = STATES_OF_LAW.get(machine, {}).get(state)
    if in_law and is_chinese():
        return in_law[1]
    return str(machines[machine].states(state).label)


def law_code(machine: str, state: str) -> str:
    """Return the code of a state in law 3.1; empty where it has none, as the states of an obligation."""
    return STATES_OF_LAW.get(machine, {}).get(state, ("", ""))[0]
