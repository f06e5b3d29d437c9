"""The ways from one state to another: found through the declarations, and through nothing else."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cases.registries import machines
from cases.states import CaseState, LeadState
from cases.ways import MOST, reachable, usual_path, ways

EVERYWHERE = [
    (machine.code, start) for machine in machines.values() for start in machine.states.values
]


@pytest.mark.parametrize(("code", "start"), EVERYWHERE)
def test_every_state_that_can_be_reached_has_a_way_of_declared_steps_and_no_other_state_has_one(
    code, start
):
    machine = machines[code]
    there = reachable(machine, start)
    for target in machine.states.values:
        found = ways(machine, start, target)
        assert bool(found) == (target in there), target
        for way in found:
            assert way.legs[0].source == start
            assert way.states[-1] == target
            assert len({start, *way.states}) == len(way.legs) + 1
            for leg in way.legs:
                assert leg.declarations
                for item in leg.declarations:
                    assert leg.source in item.sources
                    assert (item.target, machine.declarations[item.code]) == (leg.target, item)
            assert all(one.target == other.source for one, other in pairwise(way.legs))


@pytest.mark.parametrize(("code", "start"), EVERYWHERE)
def test_what_can_be_reached_is_what_the_edges_reach(code, start):
    machine = machines[code]
    edges = {edge for edge in machine.edges() if edge[0]}
    there: set[str] = {start}
    for _ in machine.states.values:
        there |= {target for source, target in edges if source in there}
    assert reachable(machine, start) == there - {start}


@pytest.mark.parametrize(("code", "start"), EVERYWHERE)
def test_direct_steps_come_first_then_the_usual_way_then_the_shorter(code, start):
    machine = machines[code]
    for target in machine.states.values:
        found = ways(machine, start, target)
        assert len(found) <= MOST
        assert [way.direct for way in found] == sorted((w.direct for w in found), reverse=True)
        further = [way for way in found if not way.direct]
        assert [way.usual for way in further] == sorted((w.usual for w in further), reverse=True)
        lengths = [len(way.legs) for way in further if not way.usual]
        assert lengths == sorted(lengths)
        if target in machine.moves(start):
            assert found[0].direct
            assert found[0].legs[0].declarations == machine.moves(start)[target]


def test_of_two_steps_that_make_one_change_both_stand_on_the_way():
    found = ways(machines["case"], CaseState.REVIEW_FOR_PROSECUTION, CaseState.TERMINATED)
    assert [item.code for item in found[0].legs[0].declarations] == ["T15", "T19"]


def test_a_way_back_over_a_state_already_passed_is_named_only_where_there_is_no_other():
    machine, start = machines["case"], CaseState.ANNOUNCING
    passed = [CaseState.FILED, CaseState.INVESTIGATING, CaseState.INVESTIGATION_CLOSED]
    every = ways(machine, start, CaseState.TERMINATED)
    ahead = ways(machine, start, CaseState.TERMINATED, passed=passed)
    assert [way for way in every if not set(way.states) & set(passed)] == ahead
    assert len(every) > len(ahead) > 1
    # From the support of another's suit there is no way on but over a new filing.
    start = CaseState.SUPPORTING_PROSECUTION
    assert ways(machine, start, CaseState.ANNOUNCING, passed=passed)


def test_a_lead_is_filed_by_way_of_its_assessment():
    found = ways(machines["lead"], LeadState.LEAD_REGISTERED, LeadState.FILED)
    assert [leg.declarations[0].code for leg in found[0].legs] == ["T03", "T06"]
    assert found[0].usual
    assert not ways(machines["lead"], LeadState.MERGED, LeadState.FILED)


@pytest.mark.parametrize("machine", machines.values(), ids=lambda machine: machine.code)
def test_the_usual_way_goes_through_declared_changes_and_never_in_a_circle(machine):
    entered = {item.target for item in machine.declarations.values()}
    for state, following in machine.usual.items():
        if following in entered:  # a state that no step leads to is still to be declared
            assert following in machine.moves(state), state
    for start in machine.states.values:
        path = usual_path(machine, start)
        assert len(set(path)) == len(path)
        assert all(item in machine.moves(before) for before, item in pairwise(path))


@pytest.mark.parametrize(
    ("code", "ends"),
    [("case", {CaseState.ARCHIVED}), ("lead", {"lead_transferred", "filed", "merged"})],
)
def test_the_usual_way_from_every_state_ends_where_a_matter_ends(code, ends):
    usual = machines[code].usual
    for start in machines[code].states.values:
        state, seen = start, {start}
        while following := usual.get(state):
            assert following not in seen, start
            seen.add(following)
            state = following
        assert state in ends, start
