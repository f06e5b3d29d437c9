"""Random walks over the machine of the case against a plain model of law 3.2 and 14.1.

Ten thousand walks are made of the declared methods alone. As many as `PROCURACY_WALKS` says (twenty unless it
is set) are written through events, deadlines and audit to the database, and verified there.
"""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django_fsm import TransitionNotAllowed, can_proceed

from audit.models import AuditEvent
from cases.models import Case, Event
from cases.registries import machines
from cases.soundness import faults_of
from cases.states import CASE_STATE_LAW
from deadlines.models import Deadline, DeadlineState
from tests.litigation.suit import internet_court
from tests.support.days import on
from tests.support.matters import force, happen, make_case

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
CODES = {str(state): law for state, (law, _title) in CASE_STATE_LAW.items()}


def model() -> dict[str, set[str]]:
    names = {law: state for state, law in CODES.items()}
    return {names[law]: {names[to] for to in ways.split()} for law, ways in MODEL.items()}


def declared(state: str) -> dict[str, str]:
    """Return the steps that leave a state and change it: code and target."""
    leaving = machines["case"].leaving(state)
    return {item.code: item.target for item in leaving if item.target and item.target != state}


def test_the_machine_allows_exactly_what_the_law_allows():
    for state, allowed in model().items():
        assert set(declared(state).values()) == allowed, CODES[state]
    assert set(model()) == {str(state) for state in CODES}


def test_ten_thousand_walks_never_reach_a_state_the_law_forbids():
    """Each step is a method of the machine; what the model forbids is refused by the machine too."""
    rng, plain = random.Random(20260302), model()
    methods = {code: item.method for code, item in machines["case"].declarations.items()}
    reached = set()
    for _walk in range(WALKS):
        # From anywhere, so that what lies late is walked as often as what lies early.
        case = Case(state=rng.choice(sorted(plain)))
        for _step in range(LONGEST):
            state = case.state
            code = rng.choice(list(methods))
            method = getattr(case, methods[code])
            if not can_proceed(method):
                with pytest.raises(TransitionNotAllowed):
                    method()
                assert case.state == state
                steps = list(declared(state))
                if not steps:
                    break
                method = getattr(case, methods[rng.choice(steps)])
            method()
            assert case.state == state or case.state in plain[state]
            reached.add(case.state)
    assert reached == {target for ways in plain.values() for target in ways}


@pytest.fixture
def moved(cast):
    """Make a walk of random steps in the database; return the case and how many changed its state."""
    elsewhere, court = cast.stranger.office_id, internet_court().pk

    def walk(rng: random.Random) -> tuple[Case, int]:
        case = make_case(cast)
        opened = {"machine": "case", "object_id": case.pk, "to_state": case.state}
        happen(case, "case_opened", date(2026, 1, 5), actor=cast.handler, **opened)
        day, changes = date(2026, 1, 6), 0
        for _step in range(LONGEST):
            steps = declared(case.state)
            if not steps:
                break
            code = rng.choice(list(steps))
            before = case.state
            target = {"target_office": elsewhere, "competent_court": court}
            facts = FACTS.get(code, {}) | (target if code == "T20" else {})
            force(case, code, day, actor=cast.handler, **facts)
            assert case.state in model()[before]
            changes += 1
            day += timedelta(days=rng.randint(0, 12))
        return case, changes

    return walk


# What the records behind some steps cannot do without.
NUMBER = {"judgment_number": "（2026）民1号", "outcome": "changed"}
FACTS = {code: NUMBER for code in ("T36", "T39", "T57")} | {
    "T20": {"transfer_ground": "管辖"},
    "T31": {"document_number": "1"},
}


@pytest.mark.django_db
@pytest.mark.slow
def test_every_change_has_its_event_and_its_audit_and_no_clock_is_without_an_owner(moved):
    rng = random.Random(20260303)
    with on(2027, 1, 4):
        for _walk in range(WRITTEN):
            case, changes = moved(rng)
            events = Event.objects.filter(machine="case", object_id=case.pk).exclude(to_state="")
            assert events.count() == changes + 1
            keys = [str(pk) for pk in events.values_list("pk", flat=True)]
            audited = AuditEvent.objects.filter(object_type="event", object_id__in=keys)
            assert audited.count() == len(keys)
            clocks = Deadline.objects.filter(case=case, state=DeadlineState.OPEN)
            assert not clocks.filter(duty_holder__isnull=True).exists()
            assert list(faults_of(case)) == []
        out = StringIO()
        call_command("verify_cases", stdout=out)
        assert out.getvalue() == f"Clean. {WRITTEN} leads and cases checked.\n"
