"""Each guard of law 3.9: a scene in which every guard holds, and one in which it alone does not."""

from __future__ import annotations

from typing import Any

import pytest

from audit import clock
from cases.lifecycle.administrative import Administrative
from cases.lifecycle.administrative_suit import AdministrativeSuit
from cases.machine import Declaration, declarations_of
from cases.registries import machines
from cases.services import checklists
from tests.administrative.guard_scenes import SCENES
from tests.support.guards import Breach, broken, codes_of, lines_of, undone, unmet
from tests.support.people import Cast

pytestmark = pytest.mark.django_db
PAPERS = [(code, paper) for code, scene in SCENES.items() for paper in scene.documents]
# Guards whose scenes stand apart, in the tests named.
APART = {
    # test_recommending.py: a composed paper that says something else.
    "A-6": {"paper_says_the_recommendation"},
    # The guard of the document room; it asks more where the paper is composed here.
    "A-8-3": {"transfer_letter_issued"},
    "A-9-2": {"complaint_issued"},
    "A-10": {"withdrawal_issued"},
    # test_transfer.py: sent and not yet taken in.
    "A-11": {"transferred_case_is_taken_in"},
    # test_consultation.py: with the letter, with the minutes, with neither.
    "A-2-2": {"consultation_is_documented"},
}


def declared(code: str) -> Declaration:
    for machine in ("lead", "administrative"):
        if code in machines[machine].declarations:
            return machines[machine].declarations[code]
    raise KeyError(code)


def test_every_guard_of_these_transitions_has_its_scene():
    steps = declarations_of(Administrative) | declarations_of(AdministrativeSuit)
    for code, declaration in steps.items():
        guards = codes_of(declaration) - APART.get(code, set())
        if not guards:
            continue
        scene = SCENES[code]
        shown = {*scene.breaks, *scene.warns}
        shown |= {f"{checklists.DOCUMENT}{name}" for name in scene.documents}
        assert shown == guards, code


@pytest.mark.parametrize("code", SCENES)
def test_a_step_is_possible_in_its_scene_and_each_guard_alone_refuses_it(cast, code, subtests):
    scene = SCENES[code]
    with clock.frozen(scene.at):
        made = scene.prepare(cast)
        with subtests.test("every guard holds"), undone(cast, made) as (_people, matter):
            assert matter.state in declared(code).sources
            assert unmet(declared(code), matter, scene.facts_of(matter)) == []
        for guard, breach in scene.breaks.items():
            with subtests.test(alone=guard), undone(cast, made) as (people, matter):
                refuses_alone(declared(code), guard, breach, people, matter)
        for guard, breach in scene.warns.items():
            with subtests.test(warns=guard), undone(cast, made) as (people, matter):
                warns_only(declared(code), guard, breach, people, matter)


def refuses_alone(step: Declaration, guard: str, breach: Breach, cast: Cast, matter: Any) -> None:
    """One guard alone refuses the step and names its article and who cures it."""
    facts = broken(breach, cast, matter, SCENES[step.code].facts_of(matter))
    assert unmet(step, matter, facts) == [guard]
    for line in lines_of(step, matter, facts):
        assert line.code.startswith(checklists.DOCUMENT) or line.article
        assert line.cure
        assert str(line.verdict.why)


def warns_only(step: Declaration, guard: str, breach: Breach, cast: Cast, matter: Any) -> None:
    """What the law leaves open is a warning and no refusal."""
    facts = broken(breach, cast, matter, SCENES[step.code].facts_of(matter))
    assert unmet(step, matter, facts) == []
    lines = {line.code: line for line in lines_of(step, matter, facts)}
    assert lines[guard].verdict.warning


@pytest.mark.parametrize(("code", "paper"), PAPERS)
def test_without_its_document_the_step_is_refused(cast, code, paper):
    scene = SCENES[code]
    with clock.frozen(scene.at):
        matter = scene.prepare(cast, without=paper)
        found = unmet(declared(code), matter, scene.facts_of(matter))
        assert found == [f"{checklists.DOCUMENT}{paper}"]
