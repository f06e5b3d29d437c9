"""Each guard from T13 to T40 and S50 to S57: a scene in which every guard holds, and one in which it alone does not."""

from __future__ import annotations

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
from tests.support.guards import broken, codes_of, lines_of, unmet

pytestmark = pytest.mark.django_db
PARTS = (Review, Suit, Trial, Judging, Jurisdiction)
BREAKS = [(code, guard) for code, scene in SCENES.items() for guard in scene.breaks]
PAPERS = [(code, paper) for code, scene in SCENES.items() for paper in scene.documents]
WARNS = [(code, guard) for code, scene in SCENES.items() for guard in scene.warns]


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
def test_where_every_guard_holds_the_step_is_possible(cast, code):
    scene = SCENES[code]
    with clock.frozen(scene.at):
        matter = scene.prepare(cast)
        assert matter.state in declared(code).sources
        assert unmet(declared(code), matter, scene.facts_of(matter)) == []


@pytest.mark.parametrize(("code", "guard"), BREAKS)
def test_one_guard_alone_refuses_the_step_and_names_its_article_and_who_cures_it(cast, code, guard):
    scene = SCENES[code]
    with clock.frozen(scene.at):
        matter = scene.prepare(cast)
        facts = broken(scene.breaks[guard], cast, matter, scene.facts_of(matter))
        assert unmet(declared(code), matter, facts) == [guard]
        for line in lines_of(declared(code), matter, facts):
            assert line.code.startswith(checklists.DOCUMENT) or line.article
            assert line.cure
            assert str(line.verdict.why)


@pytest.mark.parametrize(("code", "paper"), PAPERS)
def test_without_its_document_the_step_is_refused_and_nothing_else_is_missing(cast, code, paper):
    scene = SCENES[code]
    with clock.frozen(scene.at):
        matter = scene.prepare(cast, without=paper)
        found = unmet(declared(code), matter, scene.facts_of(matter))
        assert found == [f"{checklists.DOCUMENT}{paper}"]


@pytest.mark.parametrize(("code", "guard"), WARNS)
def test_what_the_law_leaves_open_is_a_warning_and_no_refusal(cast, code, guard):
    scene = SCENES[code]
    with clock.frozen(scene.at):
        matter = scene.prepare(cast)
        facts = broken(scene.warns[guard], cast, matter, scene.facts_of(matter))
        assert unmet(declared(code), matter, facts) == []
        lines = {line.code: line for line in lines_of(declared(code), matter, facts)}
        assert lines[guard].verdict.warning
