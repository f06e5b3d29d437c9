"""The stage track of a case: what was with its days, what is, the usual way to the archive, the other ways out."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from cases.models import Case
from cases.registries import machines
from cases.selectors.events import standing_events
from cases.states import CaseState, Stage
from cases.track import AHEAD, DONE, NOW, exits_of, stages_of, track_of
from tests.cases.test_graph import whole_machine
from tests.support.days import on
from tests.support.matters import announced_case, force, make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(monkeypatch):
    """Let the case have every transition of law 3.2, those still to come too."""
    entries = dict(machines.items()) | {"case": whole_machine()}
    monkeypatch.setattr(machines, "_entries", entries)


def track(case: Case):
    return track_of(case, standing_events(case))


def test_from_filing_on_the_track_leads_through_all_three_stages_to_the_archive(cast, whole):
    steps = track(make_case(cast))
    assert [step.place for step in steps] == [NOW] + [AHEAD] * (len(steps) - 1)
    assert [step.law_code for step in steps] == (
        [
            "P1",
            "P2",
            "P3",
            "P4",
            "P5",
            "P6",
            "C1",
            "C2",
            "C3",
            "C4",
            "C7",
            "C9",
            "E1",
            "E6",
            "E7",
            "E8",
            "E9",
        ]
    )
    assert [(part.stage, part.place) for part in stages_of(steps)] == [
        (Stage.PRE_LITIGATION, NOW),
        (Stage.LITIGATION, AHEAD),
        (Stage.POST_LITIGATION, AHEAD),
    ]


@pytest.mark.parametrize("state", CaseState.values)
def test_from_every_state_the_track_goes_on_to_the_archive(cast, whole, state):
    case = make_case(cast)
    vars(case)["state"] = state
    steps = track(case)
    assert (steps[0].state, steps[-1].state) == (state, CaseState.ARCHIVED)
    assert all(one.target == other.state for one, other in _declared(steps))
    assert {way.state for way in exits_of(case)} == (
        set(machines["case"].moves(state)) - {machines["case"].usual.get(state)}
    )


def _declared(steps):
    for one, other in itertools.pairwise(steps):
        items = machines["case"].moves(one.state)[other.state]
        yield items[0], other


def test_visited_states_tell_their_days_and_the_present_one_counts_to_today(cast):
    with on(2026, 2, 10):
        case = make_case(cast)
        force(case, "T08", date(2026, 1, 8), actor=cast.handler)
        force(case, "T10", date(2026, 2, 1), actor=cast.handler, proposal="announce")
        passed = [step for step in track(case) if step.place != AHEAD]
    assert [(step.state, step.place, step.since, step.days) for step in passed] == [
        ("investigating", DONE, date(2026, 1, 8), 24),
        ("investigation_closed", NOW, date(2026, 2, 1), 9),
    ]


def test_in_a_state_nothing_can_follow_no_days_count_on(cast, whole):
    case = make_case(cast)
    vars(case)["state"] = CaseState.ARCHIVED
    steps = track(case)
    assert [(step.state, step.days) for step in steps] == [(CaseState.ARCHIVED, None)]
    assert exits_of(case) == []


def test_the_other_ways_out_stand_beside_the_track_and_not_on_it(client, cast):
    with on(2026, 2, 10):
        case = announced_case(cast, date(2026, 1, 20))
    with translation.override("en"):
        assert [(way.title, list(way.codes)) for way in exits_of(case)] == [
            ("Supporting prosecution", ["T14"]),
            ("Case terminated", ["T15"]),
        ]
        assert CaseState.TERMINATED not in [step.state for step in track(case)]
    client.force_login(cast.handler)
    page = client.get(case.get_absolute_url()).content.decode()
    readiness = reverse("case_readiness", args=[case.key])
    assert page.count(f'href="{readiness}?target={CaseState.TERMINATED}"') == 1
    assert page.count(f'href="{readiness}?target={CaseState.SUIT_DECIDED}"') == 1
    assert reverse("case_graph", args=[case.key]) in page
    assert page.count('aria-current="step"') == 1


def test_a_stage_the_case_went_back_to_is_shown_again(cast):
    from cases.track import Step

    steps = [
        Step("case", CaseState.SUIT_SUBMITTED, DONE, date(2026, 1, 1), 3),
        Step("case", CaseState.COURT_REJECTED, DONE, date(2026, 1, 4), 4),
        Step("case", CaseState.SUIT_DECIDED, NOW, date(2026, 1, 8), 2),
        Step("case", CaseState.SUIT_SUBMITTED, AHEAD),
    ]
    parts = stages_of(steps)
    assert [(part.stage, part.place, part.days) for part in parts] == [
        (Stage.LITIGATION, DONE, 7),
        (Stage.PRE_LITIGATION, NOW, 2),
        (Stage.LITIGATION, AHEAD, 0),
    ]
