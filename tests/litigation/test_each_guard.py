"""Each guard from T13 to T40 and S50 to S57: a scene in which every guard holds, and one in which it alone does not."""

from __future__ import annotations

from typing import Any

import pytest

from audit import clock
from cases.lifecycle.judgment import Judging
from cases.lifecycle.jurisdiction import Jurisdiction
from cases.lifecycle.review import Review
from cases.lifecycle.suit import Suit
from cases.lifecycle.trial import Trial
from cases.machine import Declaration, declarations_of
from cases.registries import machines
from cases.services import checklists
from tests.litigation.scenes import SCENES
from tests.support.guards import Breach, broken, codes_of, lines_of, undone, unmet
from tests.support.people import Cast

pytestmark = pytest.mark.django_db
PARTS = (Review, Suit, Trial, Judging, Jurisdiction)
PAPERS = [(code, paper) for code, scene in SCENES.items() for paper in scene.documents]


def declared(code: str) -> Declaration:
    return machines["case"].declarations[code]


def test_every_guard_of_these_transitions_has_its_scene():
    for part in PARTS:
        for code, declaration in declarations_of(part).items():
            guards = codes_of(declaration)
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
def test_without_its_document_the_step_is_refused_and_nothing_else_is_missing(cast, code, paper):
    scene = SCENES[code]
    with clock.frozen(scene.at):
        matter = scene.prepare(cast, without=paper)
        found = unmet(declared(code), matter, scene.facts_of(matter))
        assert found == [f"{checklists.DOCUMENT}{paper}"]
