"""What programs read of the load of people, and set."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.utils import translation

from cases.models import LoadWeights
from cases.states import CaseState
from tests.support import matters
from tests.support.api import program_of
from tests.support.days import on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with on(2026, 6, 24), translation.override("en"):
        yield


def test_a_program_reads_the_candidates_with_their_reasons(cast):
    lead = matters.make_lead(cast)
    matters.stand_aside(cast, lead, cast.recused)
    rows = program_of(cast.head).ask(f"leads/{lead.key}/handlers/")
    assert [row["person"]["name"] for row in rows] == sorted(row["person"]["name"] for row in rows)
    [marked] = [row for row in rows if row["suggested"]]
    assert (marked["bars"], marked["figures"]["points"]) == ([], 0)
    [out] = [row for row in rows if row["person"]["id"] == cast.recused.pk]
    [bar] = out["bars"]
    assert (bar["code"], out["why"]) == ("recused", "")
    assert bar["law"]


def test_a_program_reads_and_sets_the_points(cast):
    program = program_of(cast.head)
    assert program.ask("load-weights/office/") == LoadWeights().values() | {"own": False}
    changed = program.send("load-weights/office/", {"minors": 3}, method="patch")
    assert (changed.status_code, changed.json()["minors"], changed.json()["own"]) == (200, 3, True)
    refused = program.send("load-weights/office/", {"minors": 101}, method="patch")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["minors"])
    assert program_of(cast.handler).get("/api/v1/load-weights/office/").status_code == 404


def test_a_program_narrows_the_lists_as_the_page_does(cast):
    first, other = matters.make_case(cast), matters.make_case(cast, handler=cast.colleague)
    other.team.create(user=cast.handler, position="handler")
    matters.bring(matters.make_case(cast), CaseState.CLOSED)
    program = program_of(cast.head)

    def keys(path: str, **asked) -> Sequence[str]:
        return [row["key"] for row in program.ask(path, **asked)["results"]]

    assert keys("cases/", handler=cast.handler.pk, open="true") == [first.key]
    assert keys("cases/", member=cast.handler.pk) == [other.key]
    lead = matters.assign(cast, matters.make_lead(cast))
    assert keys("leads/", handler=cast.handler.pk, open="true") == [lead.key]
    assert keys("leads/", handler=cast.handler.pk, open="false") == []
