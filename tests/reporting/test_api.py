"""Figures, their lists and the items for programs: the same as the pages show."""

from __future__ import annotations

import pytest

from cases.registries import event_kinds, statistical_items
from reporting import selectors
from tests.reporting.asking import figures, scope_of
from tests.support.api import program_of

pytestmark = pytest.mark.django_db


def test_a_program_gets_the_figures_of_the_page_with_their_scope_and_definitions(cast):
    answer = program_of(cast.chief).ask("statistics/", first="2026-03-01", track="civil")
    assert (answer["whose"], answer["whole"]) == (cast.office.name, True)
    assert (answer["first"], answer["last"], answer["track"]) == (
        "2026-03-01",
        "2026-08-03",
        "civil",
    )
    assert all(block["definition"] for block in answer["blocks"])
    told = {
        cell["figure"]: float(cell["value"])
        for block in answer["blocks"]
        for row in block["rows"]
        for cell in row["cells"]
        if cell["figure"]
    }
    assert told == figures(scope_of(cast.chief, first="2026-03-01", track="civil"))


@pytest.mark.parametrize("person", ["chief", "handler", "auditor"])
def test_the_list_behind_a_figure_holds_what_the_caller_may_see(cast, person):
    actor = getattr(cast, person)
    for code in ("funnel.filed", "items.leads_registered", "money.paid"):
        rows = program_of(actor).ask(f"statistics-figures/{code}/")["results"]
        assert len(rows) == selectors.listed(scope_of(actor), code).rows.count()
        assert (person == "auditor") == (not rows)
        assert all(row["link"].startswith("/") and row["matter"] for row in rows)


def test_the_list_behind_a_figure_says_of_what_it_is_and_how_it_is_counted(cast):
    program = program_of(cast.chief)
    block = next(
        block for block in program.ask("statistics/")["blocks"] if block["code"] == "money"
    )
    answer = program.ask("statistics-figures/money.paid/", first="2026-03-01", size=1)
    found = selectors.listed(scope_of(cast.chief, first="2026-03-01"), "money.paid")
    assert (answer["whose"], answer["whole"]) == (cast.office.name, True)
    assert (answer["first"], answer["last"], answer["track"]) == ("2026-03-01", "2026-08-03", "")
    assert answer["title"] == found.title
    assert answer["definition"] == list(found.definition)
    assert answer["definition"][-1] == block["definition"]
    assert (answer["counted"], answer["hidden"]) == (found.counted, 0)
    assert float(answer["amount"]) == float(found.amount) > 0
    told = program_of(cast.auditor).ask("statistics-figures/money.paid/", first="2026-03-01")
    assert (told["results"], told["hidden"]) == ([], found.counted)


def test_the_list_behind_a_figure_is_paged_with_what_was_asked_for(cast):
    asked = {"first": "2026-03-01", "size": 1}
    answer = program_of(cast.chief).ask("statistics-figures/funnel.leads/", **asked)
    assert answer["counted"] > 1
    assert len(answer["results"]) == 1
    assert "first=2026-03-01" in answer["next"]
    following = program_of(cast.chief).get(answer["next"]).json()
    assert following["previous"]
    assert following["title"] == answer["title"]
    assert following["results"] != answer["results"]


def test_the_items_are_told_with_their_definitions_and_the_kinds_that_feed_them(cast):
    told = {item["code"]: item for item in program_of(cast.handler).ask("statistics-items/")}
    assert set(told) == set(statistical_items)
    for kind in event_kinds.values():
        for code in kind.statistics:
            assert kind.code in told[code]["kinds"]
    assert all(item["definition_zh"] and item["definition_en"] for item in told.values())


def test_a_program_of_an_administrator_finds_no_figures_and_a_wrong_time_is_a_problem(cast):
    program = program_of(cast.system_administrator)
    for path in ("statistics/", "statistics/export/", "statistics-figures/funnel.filed/"):
        assert program.get(f"/api/v1/{path}").status_code == 404
    answer = program_of(cast.chief).get("/api/v1/statistics/", {"first": "gestern"})
    assert answer.status_code == 400
    assert answer["content-type"] == "application/problem+json"
    assert "first" in answer.json()["errors"]
    assert program_of(cast.chief).get("/api/v1/statistics-figures/items.x/").status_code == 404
