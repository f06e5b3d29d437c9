"""Random walks over the machines of the lead and of the case against a plain model of law 3.2 and 14.1.

Ten thousand walks are made of the declared methods alone. As many as `PROCURACY_WALKS` says (twenty unless it
is set) are written through events, deadlines and audit to the database, and verified there.
"""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django_fsm import TransitionNotAllowed, can_proceed

from audit.models import AuditEvent
from cases.models import Case, Event, Lead
from cases.registries import machines
from cases.soundness import faults_of
from cases.states import CASE_STATE_LAW, AdministrativeState, CaseState, LeadState
from deadlines.models import Deadline, DeadlineState
from tests.administrative.scenes import filed_case, filing
from tests.litigation.suit import internet_court
from tests.support.days import on
from tests.support.matters import FILING, force, happen, make_case, make_lead
from tests.support.people import Cast

WALKS = 10_000
WRITTEN = int(os.environ.get("PROCURACY_WALKS", "20"))
LONGEST = 25
# Law 3.2 with the decisions of 14.1, written down by hand: from each state the states it may go to.
MODEL = {
    "P1": "P2",
    "P2": "P3",
    "P3": "PX1 P4",
    "P4": "PX3 PX1 P5",
    "P5": "PX3 PX1 PX2 P6",
    "P6": "C1 P5",
    "PX1": "E8",
    "PX2": "E8",
    "PX3": "P1 E8",
    "C1": "CX1 C2",
    "CX1": "C2 P6 E8",
    "C2": "C3 CX1 CX2",
    "C3": "C4 CX1 CX2 CX3 CX4",
    "C4": "C5 CX1 CX2 CX3 CX4 C7",
    "C5": "C6 C4 C8",
    "C6": "C10 E1 E8",
    "CX2": "E8",
    "CX3": "C3 C4 CX4",
    "CX4": "E8",
    "C7": "C8 C9",
    "C8": "C9 C4 C5",
    "C9": "C10 E1 E8",
    "C10": "C9",
    "E1": "E6 E2",
    "E2": "E3 E4 E5 E6",
    "E3": "E2",
    "E4": "E2",
    "E5": "E8",
    "E6": "E7 E8",
    "E7": "E8",
    "E8": "E9",
    "E9": "",
}
# Law 3.9, and how every case ends (3.10a).
ADMINISTRATIVE_MODEL = {
    "A1": "A2 A3",
    "A2": "A3",
    "A3": "AX1 A4",
    "A4": "A5",
    "A5": "A6",
    "A6": "A6S A7",
    "A6S": "A6",
    "A7": "AX1 AX2 A8",
    "A8": "AX1 E8",
    "AX1": "E8",
    "AX2": "E8",
    "E8": "E9",
    "E9": "",
}
CASE_NAMES = {law: str(state) for state, (law, _title) in CASE_STATE_LAW.items()}
# The lead's own names: law 3.1 has no code for a merged lead, and a filed one goes on as a case in P1.
LEAD_MODEL = {
    "L0": "LX1 L1 MERGED",
    "L1": "LX1 L2 P1 LX2 MERGED",
    "L2": "LX1 L1 P1 LX2",
    "LX1": "",
    "LX2": "L1",
    "P1": "",
    "MERGED": "",
}
LEAD_NAMES = {
    "L0": LeadState.LEAD_REGISTERED,
    "L1": LeadState.LEAD_ASSESSING,
    "L2": LeadState.PRELIM_INVESTIGATION,
    "LX1": LeadState.LEAD_TRANSFERRED,
    "LX2": LeadState.NOT_FILED,
    "P1": LeadState.FILED,
    "MERGED": LeadState.MERGED,
}


def plain(ways: dict[str, str], names: dict[str, str]) -> dict[str, set[str]]:
    return {
        str(names[law]): {str(names[to]) for to in to_all.split()} for law, to_all in ways.items()
    }


MODELS = {
    "case": plain(MODEL, CASE_NAMES),
    "administrative": plain(ADMINISTRATIVE_MODEL, CASE_NAMES),
    "lead": plain(LEAD_MODEL, LEAD_NAMES),
}
MATTERS: dict[str, type[Case | Lead]] = {"case": Case, "administrative": Case, "lead": Lead}
STATES = {"case": CaseState, "administrative": AdministrativeState, "lead": LeadState}


def declared(machine: str, state: str) -> dict[str, str]:
    """Return the steps that leave a state and change it: code and target."""
    leaving = machines[machine].leaving(state)
    return {item.code: item.target for item in leaving if item.target and item.target != state}


@pytest.mark.parametrize("machine", MODELS)
def test_the_machine_allows_exactly_what_the_law_allows(machine):
    for state, allowed in MODELS[machine].items():
        assert set(declared(machine, state).values()) == allowed, state
    assert set(MODELS[machine]) == set(STATES[machine].values)


@pytest.mark.parametrize("machine", MODELS)
def test_ten_thousand_walks_never_reach_a_state_the_law_forbids(machine):
    """Each step is a method of the machine; what the model forbids is refused by the machine too."""
    rng, model = random.Random(20260302), MODELS[machine]
    methods = {code: item.method for code, item in machines[machine].declarations.items()}
    reached = set()
    for _walk in range(WALKS):
        # From anywhere, so that what lies late is walked as often as what lies early.
        matter = MATTERS[machine](state=rng.choice(sorted(model)))
        for _step in range(LONGEST):
            state = matter.state
            code = rng.choice(list(methods))
            method = getattr(matter, methods[code])
            if not can_proceed(method):
                with pytest.raises(TransitionNotAllowed):
                    method()
                assert matter.state == state
                steps = list(declared(machine, state))
                if not steps:
                    break
                method = getattr(matter, methods[rng.choice(steps)])
            method()
            assert matter.state == state or matter.state in model[state]
            reached |= {matter.state} - {state}
    assert reached == {target for ways in model.values() for target in ways}


class Explorer:
    """Chooses the next step at random, the rather the nearer it leads to a state not yet reached.

    Chance alone ends most walks early, in a termination: what lies late would hardly be walked.
    """

    def __init__(self, model: dict[str, set[str]], seed: int) -> None:
        self.model = model
        self.random = random.Random(seed)
        self.reached: set[str] = set()

    def choose(self, steps: dict[str, str]) -> str:
        weights = [1 / self._steps_to_new(target) ** 2 for target in steps.values()]
        code = self.random.choices(list(steps), weights)[0]
        self.reached.add(str(steps[code]))
        return code

    def _steps_to_new(self, state: str) -> int:
        """Count the steps through `state` to the nearest new one; as many as a walk has where there is none."""
        found, edge = set(), {state}
        for steps in range(1, LONGEST):
            if edge - self.reached:
                return steps
            found |= edge
            edge = {to for at in edge for to in self.model[at]} - found
        return LONGEST


@pytest.fixture
def moved(cast):
    """Walk a lead or a case at random in the database; return how many of the steps changed its state."""
    elsewhere, court = cast.stranger.office_id, internet_court().pk
    facts = FACTS | {
        "T03": {"handler": cast.handler.pk},
        "A-1": filing(),
        "A-1-2": filing(),
        "M01": {"into": make_lead(cast).pk},
        "T20": FACTS["T20"] | {"target_office": elsewhere, "competent_court": court},
        "A-8-3": {"target_office": elsewhere, "ground": "管辖"},
    }

    def walk(matter: Lead | Case, guide: Explorer, machine: str) -> int:
        day, changes = date(2026, 1, 6), 0
        for _step in range(LONGEST):
            steps = declared(machine, matter.state)
            if not steps:
                break
            code = guide.choose(steps)
            before = matter.state
            force(matter, code, day, actor=cast.handler, **facts.get(code, {}))
            assert matter.state in MODELS[machine][before]
            changes += 1
            day += timedelta(days=guide.random.randint(0, 12))
        return changes

    return walk


def opened(cast: Cast) -> Case:
    case = make_case(cast)
    what = {"machine": "case", "object_id": case.pk, "to_state": case.state}
    happen(case, "case_opened", date(2026, 1, 5), actor=cast.handler, **what)
    return case


# What the records behind some steps cannot do without.
NUMBER = {"judgment_number": "（2026）民1号", "outcome": "changed"}
FACTS: dict[str, dict[str, Any]] = {code: NUMBER for code in ("T36", "T39", "T57")} | {
    "T06": FILING,
    "T20": {"transfer_ground": "管辖"},
    "T31": {"document_number": "1"},
}


def assert_whole(matter: Lead | Case, machine: str, changes: int) -> None:
    """Every change has its event and its audit row; no open clock is without an owner."""
    events = Event.objects.filter(machine=machine, object_id=matter.pk).exclude(to_state="")
    assert events.count() == changes + 1
    keys = [str(pk) for pk in events.values_list("pk", flat=True)]
    audited = AuditEvent.objects.filter(object_type="event", object_id__in=keys)
    assert audited.count() == len(keys)
    clocks = Deadline.objects.filter(**{matter.relation: matter}, state=DeadlineState.OPEN)
    assert not clocks.filter(duty_holder__isnull=True).exists()
    assert list(faults_of(matter)) == []


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.parametrize(
    ("machine", "make"), [("case", opened), ("administrative", filed_case), ("lead", make_lead)]
)
def test_every_change_has_its_event_and_its_audit_and_no_clock_is_without_an_owner(
    machine, make, cast, moved
):
    guide = Explorer(MODELS[machine], 20260303)
    with on(2027, 1, 4):
        for _walk in range(WRITTEN):
            matter = make(cast)
            assert_whole(matter, machine, moved(matter, guide, machine))
        out = StringIO()
        call_command("verify_cases", stdout=out)
    assert out.getvalue().startswith("Clean. ")
    # Even the few walks of an everyday run come to every state that can be reached.
    assert guide.reached == {target for ways in MODELS[machine].values() for target in ways}
