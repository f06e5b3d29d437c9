"""Each guard up to the announcement: a scene in which every guard holds, and one in which it alone does not."""

from __future__ import annotations

import pytest

from audit import clock
from cases.lifecycle.leads import LeadLifecycle
from cases.lifecycle.pre_litigation import PreLitigation
from cases.machine import Declaration, declarations_of
from cases.registries import machines
from cases.services import checklists
from tests.cases.scenes import SCENES
from tests.support.documents import final
from tests.support.guards import broken, codes_of, undone, unmet

pytestmark = pytest.mark.django_db
PAPERS = [(code, paper) for code, scene in SCENES.items() for paper in scene.documents]
# An issued announcement cannot be taken back, so its guard has a test of its own below.
APART = {"T12": {"announcement_issued"}}
# Its scene stands in tests/administrative, with the track it begins.
ELSEWHERE = {"A-1"}
# Without the announcement itself its contents and its number are missing too.
WITH_IT = {("T12", "D-41"): ["announcement_five_items", "announcement_issued"]}


def declared(code: str) -> Declaration:
    for machine in ("lead", "case"):
        if code in machines[machine].declarations:
            return machines[machine].declarations[code]
    raise KeyError(code)


def test_every_guard_of_these_transitions_has_its_scene():
    for part in (LeadLifecycle, PreLitigation):
        for code, declaration in declarations_of(part).items():
            guards = codes_of(declaration)
            if not guards or code in ELSEWHERE:
                continue
            scene = SCENES[code]
            shown = set(scene.breaks) | APART.get(code, set())
            shown |= {f"{checklists.DOCUMENT}{name}" for name in scene.documents}
            assert shown == guards, code


@pytest.mark.parametrize("code", SCENES)
def test_a_step_is_possible_in_its_scene_and_each_guard_alone_refuses_it(cast, code, subtests):
    scene, step = SCENES[code], declared(code)
    with clock.frozen(scene.at):
        made = scene.prepare(cast)
        with subtests.test("every guard holds"), undone(cast, made) as (_people, matter):
            assert matter.state in step.sources
            assert unmet(step, matter, scene.facts_of(matter)) == []
        for guard, breach in scene.breaks.items():
            with subtests.test(alone=guard), undone(cast, made) as (people, matter):
                facts = broken(breach, people, matter, scene.facts_of(matter))
                assert unmet(step, matter, facts) == [guard]


@pytest.mark.parametrize(("code", "paper"), PAPERS)
def test_without_its_document_the_step_is_refused(cast, code, paper):
    scene = SCENES[code]
    with clock.frozen(scene.at):
        matter = scene.prepare(cast, without=paper)
        found = unmet(declared(code), matter, scene.facts_of(matter))
        assert found == [*WITH_IT.get((code, paper), []), f"{checklists.DOCUMENT}{paper}"]


def test_an_announcement_that_is_final_and_not_issued_is_the_only_thing_unmet(cast):
    scene = SCENES["T12"]
    with clock.frozen(scene.at):
        case = scene.prepare(cast, without="D-41")
        final(case, "D-41", cast.handler)
        assert unmet(declared("T12"), case, scene.facts_of(case)) == ["announcement_issued"]
