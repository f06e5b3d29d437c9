"""Figures that follow from events: what is counted, grouped by what, for whom, and what is never said."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from administrative.figures import Figures, Grouping, figures_of
from administrative.models import Body
from audit.models import AuditEvent
from tests.administrative import board_rows as rows
from tests.support.api import program_of
from tests.support.days import on

pytestmark = pytest.mark.django_db
PAGE = reverse("administrative_figures")
EXPORT = reverse("administrative_figures_export")
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def today():
    with on(2026, 7, 15), translation.override("en"):
        yield


@pytest.fixture
def office(cast) -> Body:
    return rows.make_body("云山区网信办", region="330106")


@pytest.fixture
def school(cast) -> Body:
    return rows.make_body("安河区教育局", kind="education", region="330108")


def opened(client, person, page=PAGE, **chosen):
    person.language = "en"
    person.save(update_fields=["language"])
    client.force_login(person)
    return client.get(page, chosen)


def served(cast, body, day=rows.SERVED):
    case = rows.against(cast, body)
    rows.wait(case, day)
    return case


def found(person, by=Grouping.BODY) -> dict[str, Figures]:
    table, total = figures_of(person, *YEAR, by)
    return {row.name: row.figures for row in table} | {"": total}


# --- what is counted ---------------------------------------------------------------------------------


def test_a_reply_is_in_time_on_the_last_day_late_after_it_and_missing_when_the_time_is_over(
    cast, office
):
    rows.reply(served(cast, office), rows.DUE)
    rows.reply(served(cast, office), date(2026, 7, 9))
    served(cast, office)
    served(cast, office, date(2026, 6, 1))  # answers until 3 August
    total = found(cast.handler)[""]
    assert (total.sent, total.in_time, total.late, total.unanswered, total.open) == (4, 1, 1, 1, 1)


def test_the_first_answer_counts_and_not_the_last(cast, office):
    case = served(cast, office)
    rows.reply(case, date(2026, 6, 1))
    rows.reply(case, date(2026, 7, 13))
    total = found(cast.handler)[""]
    assert (total.in_time, total.late) == (1, 0)


def test_measures_count_by_what_was_found_last(cast, office):
    case = served(cast, office)
    rows.assess(case, 1, "done", date(2026, 6, 2))
    rows.assess(case, 2, "done", date(2026, 6, 2))
    rows.assess(case, 2, "fallen_away", date(2026, 6, 3))
    served(cast, office)
    total = found(cast.handler)[""]
    assert (total.measures, total.done, total.verified) == (4, 1, 2)


def test_suits_and_escalations_are_counted(cast, office):
    case = served(cast, office)
    for day in (13, 14):
        rows.escalate(case, date(2026, 7, day))
    rows.follow_up(case, date(2026, 7, 14))
    rows.review(case, date(2026, 7, 14))
    rows.sue(case, date(2026, 7, 14))
    served(cast, office)
    total = found(cast.handler)[""]
    assert (total.suits, total.escalations) == (1, 2)


def test_only_what_was_served_in_the_time_is_counted(cast, office):
    served(cast, office, date(2026, 5, 8))
    rows.decide(rows.against(cast, office))
    assert figures_of(cast.handler, date(2026, 5, 8), date(2026, 5, 8), Grouping.BODY)[1].sent == 1
    assert figures_of(cast.handler, date(2026, 5, 9), date(2026, 7, 1), Grouping.BODY)[1].sent == 0


# --- by what -----------------------------------------------------------------------------------------


def test_the_rows_stand_by_name_and_never_by_number(cast, office, school):
    for _number in range(3):
        served(cast, office)
    served(cast, school)
    table, _total = figures_of(cast.handler, *YEAR, Grouping.BODY)
    assert [(row.name, row.figures.sent) for row in table] == [
        ("云山区网信办", 3),
        ("安河区教育局", 1),
    ]
    table, _total = figures_of(cast.handler, *YEAR, Grouping.FIELD)
    assert [row.name for row in table] == ["Cyberspace administration", "Education"]
    table, _total = figures_of(cast.handler, *YEAR, Grouping.REGION)
    assert [(row.name, row.figures.sent) for row in table] == [
        ("浙江省杭州市滨江区", 1),
        ("浙江省杭州市西湖区", 3),
    ]


def test_two_bodies_of_one_name_are_two_rows_and_a_merged_entry_counts_for_its_heir(cast, office):
    served(cast, office)
    double = rows.make_body("云山区网信办", region="330110")
    served(cast, double)
    table, _total = figures_of(cast.handler, *YEAR, Grouping.BODY)
    assert [row.figures.sent for row in table] == [1, 1]
    Body.objects.filter(pk=double.pk).update(merged_into=office)
    table, _total = figures_of(cast.handler, *YEAR, Grouping.BODY)
    assert [row.figures.sent for row in table] == [2]


def test_nothing_is_said_by_person_or_office(client, cast, office):
    served(cast, office)
    page = opened(client, cast.head).content.decode()
    table = page[page.index("<table") : page.index("</table>")]
    assert cast.handler.name not in table
    assert cast.office.name not in table
    assert opened(client, cast.head, by="person").status_code == 400
    assert {"person", "handler", "office"}.isdisjoint(Grouping.values)


# --- page, programs, workbook ------------------------------------------------------------------------


def test_the_page_shows_this_year_unless_told_otherwise(client, cast, office):
    served(cast, office)
    answer = opened(client, cast.handler)
    assert (answer.context["first"], answer.context["last"]) == (
        date(2026, 1, 1),
        date(2026, 7, 15),
    )
    assert [name for name, _numbers in answer.context["rows"]] == ["云山区网信办"]
    none = opened(client, cast.handler, first="2026-06-01", last="2026-06-30")
    assert none.context["rows"] == []
    assert "No recommendation was served in this time." in none.content.decode()


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"first": "2026-07-01", "last": "2026-06-01"}, "last"),
        ({"first": "soon"}, "first"),
        ({"by": "office"}, "by"),
    ],
)
def test_a_wrong_time_or_grouping_is_refused_with_a_sentence(client, cast, chosen, field):
    answer = opened(client, cast.handler, **chosen)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert "rows" not in answer.context
    reply = program_of(cast.handler).get("/api/v1/recommendation-figures/", chosen)
    assert reply.status_code == 400
    assert list(reply.json()["errors"]) == [field]
    assert opened(client, cast.handler, EXPORT, **chosen)["Location"].startswith(PAGE)


def test_who_does_not_see_the_cases_counts_nothing(client, cast, office):
    served(cast, office)
    for person in (cast.stranger, cast.colleague, cast.auditor):
        assert found(person) == {"": Figures()}
        assert "云山区网信办" not in opened(client, person).content.decode()
    assert found(cast.chief)[""].sent == 1


def test_nobody_logged_in_is_sent_to_the_login(client, db):
    for page in (PAGE, EXPORT):
        assert client.get(page).status_code == 302


def test_the_figures_cost_the_same_for_one_recommendation_and_for_many(
    client, cast, office, school
):
    served(cast, office)
    counts = []
    for more in (0, 4):
        for _number in range(more):
            rows.reply(served(cast, school), date(2026, 6, 1))
        opened(client, cast.handler)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_programs_read_the_same_figures(cast, office):
    rows.reply(served(cast, office), date(2026, 6, 1))
    answer = program_of(cast.handler).ask("recommendation-figures/", by="field")
    assert (answer["first"], answer["last"], answer["by"]) == ("2026-01-01", "2026-07-15", "field")
    [row] = answer["rows"]
    assert (row["name"], row["figures"]["in_time"]) == ("Cyberspace administration", 1)
    assert answer["total"]["sent"] == 1


def test_the_figures_leave_as_a_workbook_and_that_is_recorded(client, cast, office):
    served(cast, office)
    for answer in (
        opened(client, cast.handler, EXPORT, by="region"),
        program_of(cast.handler).get("/api/v1/recommendation-figures/export/", {"by": "region"}),
    ):
        content = BytesIO(b"".join(answer.streaming_content))
        lines = [list(line) for line in openpyxl.load_workbook(content).active.values]
        assert lines[0][:2] == ["Region", "Sent"]
        assert lines[2][:2] == ["All", 1]
    kinds = AuditEvent.objects.filter(action="recommendation_figures.exported")
    assert kinds.count() == 2
