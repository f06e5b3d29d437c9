"""Figures of the recommendations on governance: what became of them, and what never comes to them."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from administrative.bodies import services as bodies
from administrative.figures import Figures, Grouping, Kind, figures_of, heads
from audit import clock
from cases.models import Case
from tests.administrative.governance import scenes
from tests.administrative.governance.scenes import of
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import make_case, record, set_full_team

pytestmark = pytest.mark.django_db
PAGE = reverse("administrative_figures")
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def today():
    with clock.frozen(datetime(2026, 6, 24, 10)):
        yield


def another_case(cast) -> Case:
    case = make_case(cast)
    set_full_team(cast, case)
    return case


def total(person, *, by=Grouping.BODY, kind=Kind.GOVERNANCE) -> Figures:
    return figures_of(person, *YEAR, by, kind)[1]


def answered(figures: Figures) -> tuple[int, ...]:
    return (figures.sent, figures.in_time, figures.late, figures.unanswered, figures.open)


def test_an_answer_is_in_time_until_the_last_day_and_missing_after_it(cast, case, unit):
    row = scenes.served(cast, case, unit)
    assert answered(total(cast.handler)) == (1, 0, 0, 0, 1)
    with on(2026, 8, 24):
        assert answered(total(cast.handler)) == (1, 0, 0, 0, 1)
    with on(2026, 8, 25):
        assert answered(total(cast.handler)) == (1, 0, 0, 1, 0)
        scenes.answer(cast, row)
        assert answered(total(cast.handler)) == (1, 0, 1, 0, 0)
    other = scenes.served(cast, another_case(cast), unit)
    with on(2026, 8, 24):
        scenes.answer(cast, other)
        assert answered(total(cast.handler)) == (2, 1, 1, 0, 0)


def test_the_last_assessment_counts_and_the_end(cast, case, unit):
    row = scenes.answer(cast, scenes.served(cast, case, unit))
    row = scenes.assess(cast, row, "partly")
    found = total(cast.handler)
    assert (found.measures, found.done, found.verified) == (1, 0, 0)
    row = scenes.assess(cast, scenes.answer(cast, row), "adopted")
    assert total(cast.handler).done == 1
    record(cast.handler, case, "G-12", of(row, ending="adopted", result="已采纳。"))
    found = total(cast.handler)
    assert (found.measures, found.done, found.verified, found.suits) == (1, 1, 1, 0)


@pytest.mark.norm("C115")
def test_carrying_it_further_is_counted(cast, case, unit):
    row = scenes.served(cast, case, unit)
    with on(2026, 8, 25):
        facts = {"to": ["superior"], "names": "某区住建局", "findings": "逾期未整改。"}
        scenes.decide(cast, row, "G-11", **facts)
        assert total(cast.handler).escalations == 1


def test_what_was_not_received_is_not_counted_and_neither_kind_counts_the_other(cast, case, unit):
    scenes.issued(cast, case, unit)
    assert total(cast.handler) == Figures()
    row = scenes.served(cast, another_case(cast), unit)
    assert row.served_on == date(2026, 6, 24)
    assert total(cast.handler).sent == 1
    assert total(cast.handler, kind=Kind.AUTHORITY) == Figures()


def test_it_is_grouped_by_unit_field_and_region_and_a_merged_entry_counts_for_its_heir(
    cast, case, unit
):
    scenes.served(cast, case, unit)
    heir = scenes.body(cast, name="某物业集团有限公司", region="330106")
    bodies.merge_bodies(actor=cast.handler, body=unit, into=heir)
    for by, name in (
        (Grouping.BODY, heir.name),
        (Grouping.FIELD, heir.get_kind_display()),
    ):
        rows, _sum = figures_of(cast.handler, *YEAR, by, Kind.GOVERNANCE)
        assert [row.name for row in rows] == [name]
    rows, _sum = figures_of(cast.handler, *YEAR, Grouping.REGION, Kind.GOVERNANCE)
    assert "西湖区" in rows[0].name


def test_another_office_sees_none(cast, case, unit):
    scenes.served(cast, case, unit)
    assert total(cast.stranger) == Figures()


def test_the_page_and_the_workbook_name_what_is_counted(client, cast, case, unit):
    scenes.served(cast, case, unit)
    client.force_login(cast.handler)
    page = client.get(PAGE, {"kind": "governance"})
    assert page.status_code == 200
    words = page.content.decode()
    assert unit.name in words
    for head in heads(Kind.GOVERNANCE):
        assert head in words
    assert heads(Kind.AUTHORITY)[8] not in words
    file = client.get(reverse("administrative_figures_export"), {"kind": "governance"})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(file.streaming_content))).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0][1:] == heads(Kind.GOVERNANCE)
    assert [unit.name, 1, 0, 0, 0, 1, 0, 0, 0, 0] in cells


def test_a_program_asks_for_either_kind_and_is_told_of_a_wrong_one(cast, case, unit):
    scenes.served(cast, case, unit)
    program = program_of(cast.handler)
    told = program.ask("recommendation-figures/", kind="governance")
    assert (told["kind"], told["total"]["sent"]) == ("governance", 1)
    assert program.ask("recommendation-figures/")["kind"] == "authority"
    refused = program.send("recommendation-figures/?kind=all", {}, method="get")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["kind"])


def test_the_figures_cost_the_same_for_few_and_for_many(cast, case, unit):
    scenes.served(cast, case, unit)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            total(cast.handler)
        return len(queries)

    one = asked()
    scenes.served(cast, another_case(cast), unit)
    scenes.served(cast, another_case(cast), unit)
    with translation.override("en"):
        assert asked() == one
