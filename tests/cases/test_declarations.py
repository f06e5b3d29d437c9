"""The declared machines name only states, guards and event kinds that exist."""

from __future__ import annotations

import pytest
from django.db import models

from cases.machine import STATE, Proposer, declarations_of, declared
from cases.models import AllowedEdge
from cases.registries import event_kinds, machines, requirements

WORDS = {
    "title_zh": "记录",
    "title_en": "Record",
    "article": "Rules 1",
    "event_kind": "case_opened",
    "proposer": Proposer.TEAM,
}


def declarations():
    return [item for machine in machines.values() for item in machine.declarations.values()]


def test_every_transition_leads_between_states_of_its_machine():
    for machine in machines.values():
        states = set(machine.states.values)
        for source, target in machine.edges():
            assert target in states
            assert source in states | {""}


def test_every_transition_records_a_declared_kind_of_event():
    assert {item.event_kind for item in declarations()} <= set(event_kinds)


def test_every_guard_is_registered():
    named = {code for item in declarations() for code in item.requirements + item.act_requirements}
    assert named <= set(requirements)


def test_the_database_holds_exactly_the_declared_edges(db):
    stored = set(AllowedEdge.objects.values_list("machine", "from_state", "to_state"))
    declared = {(m.code, source, to) for m in machines.values() for source, to in m.edges()}
    assert stored == declared


def test_two_steps_under_one_code_are_refused():
    class First(models.Model):
        class Meta:
            abstract = True

        @declared(STATE, code="S99", sources=("filed",), **WORDS)
        def one(self) -> None:
            """One step."""

    class Second(models.Model):
        class Meta:
            abstract = True

        @declared(STATE, code="S99", sources=("filed",), **WORDS)
        def other(self) -> None:
            """Another step under the same code."""

    class Both(Second, First):
        class Meta:
            abstract = True

    with pytest.raises(RuntimeError, match="one and other are both declared S99"):
        declarations_of(Both)
