"""The graph of a machine: drawn from the declarations, marked by the events, told once more as a table."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from cases.graph.drawing import Words, defs, draw
from cases.graph.layout import WIDTH, edges_of, layout
from cases.machine import Declaration, Machine, Proposer
from cases.models import Case
from cases.registries import machines
from cases.selectors.machine_graph import machine_graph
from cases.services import corrections
from cases.states import CASE_STATE_LAW, CaseState, LeadState
from tests.support.days import on
from tests.support.matters import announced_case, assign, make_case, make_lead, stand_aside

LANGUAGES = ("en", "zh-hans")
ROOT = "<svg xmlns='http://www.w3.org/2000/svg'>{}</svg>"
# Law 3.2 and 14.1 from the first judgment on: code, from, to.
REST = """
T37 C7 C8|T38 C7 C9|T39 C8 C9|T40 C9,C6 C10|T41 C6,C9 E1|T42 E1 E6|T43 E1 E2|T44 E2 E3|T44-2 E3 E2
T45 E2 E4|T46 E2 E5|T47 E2 E6|T48 E6 E7|T50 E7,E6,PX1 E8|T51 E8 E9|T54 C8 C4|T55 C8 C5|T56 C8 C9
T57 C10 C9|T58 E4 E2|T61 CX2,CX4,E5,PX3,CX1 E8|T62 C9,C6 E8|T63 PX2 E8
"""


def whole_machine() -> Machine:
    """Return the machine of the case with every transition of law 3.2, those still to come added."""
    machine, states = machines["case"], {law[0]: state for state, law in CASE_STATE_LAW.items()}
    added = {}
    for line in REST.replace("\n", "|").strip("|").split("|"):
        code, sources, target = line.split()
        if code not in machine.declarations:
            added[code] = Declaration(
                code=code, method="", sources=tuple(states[name] for name in sources.split(",")),
                target=states[target], title_zh=code, title_en=code, article="", event_kind="",
                proposer=Proposer.TEAM,
            )  # fmt: skip
    return replace(machine, declarations=machine.declarations | added)


DRAWN = pytest.mark.parametrize(
    "machine",
    [*machines.values(), whole_machine()],
    ids=[*(machine.code for machine in machines.values()), "whole"],
)


def drawn(machine: Machine) -> ElementTree.Element:
    plain = Words(
        name=lambda state: str(machine.states(state).label),
        code=lambda state: state,
        note=lambda state: "",
        told=lambda state: state,
        step=lambda code: code,
    )
    return ElementTree.fromstring(ROOT.format("".join(draw(machine, plain).lines)))


def of_class(drawing: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [item for item in drawing.iter() if name in item.get("class", "").split()]


def title_in(element: ElementTree.Element) -> str:
    return next(item.text for item in element if item.tag.endswith("title"))


# --- where everything stands --------------------------------------------------------------------


@DRAWN
def test_no_two_states_lie_upon_one_another(machine):
    plan = layout(machine)
    for one, other in combinations(plan.states, 2):
        apart = abs(plan.x[one] - plan.x[other]) >= WIDTH or one.row != other.row
        assert apart, (one.state, other.state)
    assert all(-0.01 <= plan.x[spot] - WIDTH / 2 <= plan.width - WIDTH for spot in plan.states)


@DRAWN
def test_no_line_runs_through_a_state_it_does_not_lead_to(machine):
    plan = layout(machine)
    for row in plan.rows:
        lanes = [plan.x[spot] for spot in row if spot.lane]
        boxes = [plan.x[spot] for spot in row if not spot.lane]
        assert all(abs(lane - box) > WIDTH / 2 for lane in lanes for box in boxes)
    assert all(link.lower.row - link.upper.row == 1 for link in plan.links)


@DRAWN
def test_every_edge_is_a_line_from_its_state_to_its_target_in_the_right_direction(machine):
    plan = layout(machine)
    order = list(machine.states.values)
    for source, target in edges_of(machine):
        pieces = {link.first: link for link in plan.links if (source, target) in link.edges}
        spot = next(spot for spot in plan.states if spot.state == source)
        while spot in pieces:
            piece = pieces.pop(spot)
            assert piece.upwards == (order.index(target) < order.index(source))
            spot = piece.last
        assert (spot.state, spot.lane, pieces) == (target, "", {})


def test_the_picture_of_the_whole_machine_stays_readable():
    machine = whole_machine()
    plan = layout(machine)
    assert len(plan.states) == len(CaseState.values)
    assert len(machine.edges()) > 60
    assert plan.width < 1500  # a screen and a little; it was 6000 as one long row
    labels = of_class(drawn(machine), "label")
    places = [(float(label.get("x")), float(label.get("y")), label.text) for label in labels]
    for (x, y, text), (left, top, other) in combinations(places, 2):
        near = abs(x - left) < 3 * (len(text) + len(other)) and abs(y - top) < 10
        assert not near, (text, other)


@DRAWN
def test_the_same_declarations_give_the_same_picture(machine):
    assert draw_text(machine) == draw_text(machine)


def draw_text(machine: Machine) -> bytes:
    return ElementTree.tostring(drawn(machine))


@DRAWN
def test_every_state_and_every_change_of_state_is_there_once_with_its_title(machine):
    drawing = drawn(machine)
    used = {state for edge in machine.edges() for state in edge if state}
    assert {title_in(item) for item in of_class(drawing, "state")} == used
    assert len(of_class(drawing, "state")) == len(used)
    codes = Counter(label.text for label in of_class(drawing, "label"))
    assert codes == Counter(", ".join(codes) for codes in edges_of(machine).values())
    told = "\n".join(title_in(item) for item in of_class(drawing, "edge"))
    for item in machine.declarations.values():
        assert not item.target or f"{item.code} {item.code}: " in told


@DRAWN
def test_what_leaves_the_state_as_it_is_is_no_line(machine):
    told = "\n".join(title_in(item) for item in of_class(drawn(machine), "edge"))
    for item in machine.declarations.values():
        assert item.target or f"{item.code} " not in told


# --- the graph of one matter --------------------------------------------------------------------


@pytest.fixture
def case(cast) -> Case:
    with on(2026, 2, 1):
        return announced_case(cast, date(2026, 1, 20))


def page_of(client, person, matter, language="en") -> str:
    person.language = language
    person.save()
    client.force_login(person)
    answer = client.get(reverse(f"{matter.relation}_graph", args=[matter.key]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_the_present_state_the_way_gone_and_what_can_follow_are_marked(case):
    with on(2026, 2, 4), translation.override("en"):
        graph = machine_graph(case)
    marks = {row.state: row.mark for row in graph.rows}
    following = machines["case"].moves(CaseState.ANNOUNCING)
    assert {state for state, mark in marks.items() if mark == "now"} == {CaseState.ANNOUNCING}
    assert {state for state, mark in marks.items() if mark == "next"} == set(following)
    assert {state for state, mark in marks.items() if mark == "gone"} == {
        CaseState.INVESTIGATING,
        CaseState.INVESTIGATION_CLOSED,
    }
    drawing = ElementTree.fromstring(ROOT.format(graph.svg))
    boxes = [item for item in of_class(drawing, "state")]
    assert [title_in(item) for item in boxes if "now" in item.get("class").split()] == [
        "P4 · Pre-suit announcement · ▶ now · 15 days"
    ]
    gone = [item for item in of_class(drawing, "edge") if "gone" in item.get("class").split()]
    assert {title_in(item).split(" ")[0] for item in gone} == {"T08", "T10", "T12"}
    ahead = [item for item in of_class(drawing, "edge") if "next" in item.get("class").split()]
    assert {"T14", "T15", "T16"} <= {
        line.split(" ")[0] for item in ahead for line in title_in(item).split("\n")
    }


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_tells_what_the_picture_shows(client, cast, case, language):
    page = page_of(client, cast.handler, case, language)
    table = page[page.index("<table") : page.index("</table>")]
    with translation.override(language):
        graph = machine_graph(case)
        assert len(graph.rows) == table.count("<tr") - 1
        for row in graph.rows:
            assert row.title in table
            for target, items in row.moves:
                for item in items:
                    assert f"{item.code}</span> {escape(item.title)} → {escape(target)}" in table
            for item in row.entries:
                assert f"{item.code}</span> {escape(item.title)}" in table
        for item in graph.everywhere:
            assert f"{item.code}</span> {escape(item.title)}" in page


@pytest.mark.django_db
def test_the_drawing_has_no_style_no_script_and_no_word_that_is_not_escaped(client, cast, case):
    page = page_of(client, cast.handler, case)
    drawing = page[
        page.index('<svg class="graph"') : page.index("</svg>", page.index('<svg class="graph"'))
    ]
    assert "style=" not in drawing
    assert "<script" not in drawing
    words = Words(
        name=lambda state: "<b>&", code=lambda state: "<b>&", note=lambda state: "<b>&",
        told=lambda state: "<b>&", step=lambda code: "<b>&",
    )  # fmt: skip
    lines = [defs(), *draw(machines["lead"], words).lines]
    text = "".join(lines)
    assert "<b>" not in text
    ElementTree.fromstring(ROOT.format(text))


@pytest.mark.django_db
def test_a_lead_has_its_graph_too(client, cast):
    lead = assign(cast, make_lead(cast))
    page = page_of(client, cast.handler, lead)
    assert "▶ now" in page
    marks = {row.state: row.mark for row in machine_graph(lead).rows}
    assert marks[LeadState.LEAD_ASSESSING] == "now"
    assert marks[LeadState.LEAD_REGISTERED] == "gone"
    assert marks[LeadState.FILED] == "next"


@pytest.mark.django_db
def test_an_annulled_step_is_no_way_gone(cast, case):
    event = case.events.get(kind="announcement_published")
    with on(2026, 2, 4):
        corrections.annul_transition(actor=cast.chief, event=event, reason="误录")
        case.refresh_from_db()
        marks = {row.state: row.mark for row in machine_graph(case).rows}
    assert marks[CaseState.INVESTIGATION_CLOSED] == "now"
    assert marks[CaseState.ANNOUNCING] == "next"


@pytest.mark.django_db
@pytest.mark.norm("C018")
def test_whoever_does_not_see_the_case_finds_no_graph(client, cast):
    case = make_case(cast)
    case.team.create(user=cast.recused, position="handler")
    stand_aside(cast, case, cast.recused)
    for person in (cast.stranger, cast.recused):
        client.force_login(person)
        assert client.get(reverse("case_graph", args=[case.key])).status_code == 404


@pytest.mark.django_db
def test_the_graph_asks_the_events_once(case):
    with CaptureQueriesContext(connection) as queries:
        machine_graph(case)
    assert len(queries) <= 2  # the events and their corrections
