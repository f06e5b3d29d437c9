"""The heat calendar of twelve weeks: numbers, days off, links, filters."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from deadlines import services
from deadlines.heat import LEVELS, Scale
from deadlines.models import Deadline, DeadlineState
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import announce, make_case

pytestmark = pytest.mark.django_db
WEEKS = reverse("deadline_weeks")
# Tuesday; 4 to 6 April are days off, 26 April (a Sunday) is a make-up working day for 1 May.
TODAY = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def today():
    with on(2026, 3, 31):
        yield


@pytest.fixture
def case(cast):
    """Two duties set by hand on 2 April, one overdue since 27 March, and the announcement (7 April)."""
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
        by_hand(cast, case, date(2026, 3, 27))
    by_hand(cast, case, date(2026, 4, 2))
    by_hand(cast, case, date(2026, 4, 2))
    return case


def by_hand(cast, matter, day):
    return services.set_manual(actor=cast.handler, matter=matter, title="回访", day=day)


def open_weeks(client, reader, **chosen):
    reader.language = "en"
    reader.save()
    client.force_login(reader)
    return client.get(WEEKS, chosen)


def numbers(answer) -> dict[date, int]:
    cells = [cell["at"] for line in answer.context["lines"] for cell in line]
    return {day.day: day.number for day in cells if day.number}


def test_twelve_weeks_begin_with_the_monday_of_the_present_one(client, cast, case):
    answer = open_weeks(client, cast.handler)
    assert [monday for monday, _provisional in answer.context["weeks"]] == [
        date(2026, 3, 30) + timedelta(weeks=number) for number in range(12)
    ]
    assert [len(line) for line in answer.context["lines"]] == [12] * 7
    assert numbers(answer) == {date(2026, 4, 2): 2, date(2026, 4, 7): 1}
    assert answer.context["total"] == 3


def test_any_day_of_a_week_names_it(client, cast, case):
    assert numbers(open_weeks(client, cast.handler, week="2026-04-12")) == {date(2026, 4, 7): 1}
    assert numbers(open_weeks(client, cast.handler, week="2026-04-13")) == {}


def test_what_is_overdue_is_told_above_with_the_way_to_it(client, cast, case):
    answer = open_weeks(client, cast.handler)
    assert "1 deadline is overdue" in answer.content.decode()
    found = client.get(answer.context["overdue_address"]).context["page"].items
    assert [row.effective_day for row in found] == [date(2026, 3, 27)]


def test_each_number_leads_to_the_deadlines_of_its_day(client, cast, case):
    answer = open_weeks(client, cast.handler, kind="manual", person=cast.handler.pk)
    [cell] = [c for line in answer.context["lines"] for c in line if c["at"].number]
    assert cell["address"] in answer.content.decode().replace("&amp;", "&")
    found = client.get(cell["address"]).context["page"].items
    assert len(found) == cell["at"].number == 2
    assert {row.effective_day for row in found} == {date(2026, 4, 2)}


def test_days_off_make_up_days_and_unknown_years_are_marked(client, cast, case):
    answer = open_weeks(client, cast.handler, week="2026-04-20")
    days = {c["at"].day: c["at"] for line in answer.context["lines"] for c in line}
    assert days[date(2026, 5, 1)].rest.name_en == "Labour Day"
    assert days[date(2026, 5, 9)].makeup
    assert days[date(2026, 5, 9)].rest is None
    assert not answer.context["provisional"]
    text = answer.content.decode()
    assert "Make-up working day" in text
    later = open_weeks(client, cast.handler, week="2026-11-30")
    assert later.context["provisional"]
    # From 29 December on the notice of 2027 may have moved days.
    assert [unsettled for _monday, unsettled in later.context["weeks"]] == [
        *[False] * 4,
        *[True] * 8,
    ]


def test_the_numbers_are_a_table_too_by_kind(client, cast, case):
    answer = open_weeks(client, cast.handler)
    assert answer.context["kinds"] == ["Mandatory period", "Set by hand"]
    assert [row[1] for row in answer.context["busy"]] == [[0, 2], [1, 0]]


def test_only_running_deadlines_of_visible_matters_count(client, cast, case):
    for person in (cast.stranger, cast.colleague, cast.auditor):
        assert numbers(open_weeks(client, person)) == {}
    Deadline.objects.filter(rule="P-01").update(state=DeadlineState.SUPERSEDED)
    assert numbers(open_weeks(client, cast.head)) == {date(2026, 4, 2): 2}


@pytest.mark.parametrize("chosen", [{"week": "1950-01-01"}, {"week": "2100-12-30"}, {"week": "x"}])
def test_a_week_the_calendar_does_not_hold_is_refused(client, cast, chosen):
    assert open_weeks(client, cast.handler, **chosen).status_code == 400
    told = program_of(cast.handler).get("/api/v1/deadline-days/", chosen)
    assert told.status_code == 400
    assert set(told.json()["errors"]) == {"week"}


def test_programs_read_the_numbers_of_each_day(cast, case):
    days = program_of(cast.handler).ask("deadline-days/", week="2026-04-01", kind="manual")
    assert len(days) == 84
    found = {day["day"]: day for day in days}
    assert found["2026-04-02"] == {
        "day": "2026-04-02",
        "number": 2,
        "kinds": {"manual": 2},
        "working": True,
        "makeup": False,
        "provisional": False,
    }
    assert found["2026-04-07"]["number"] == 0
    assert not found["2026-04-05"]["working"]
    assert not any(day["number"] for day in program_of(cast.stranger).ask("deadline-days/"))


@pytest.mark.parametrize("most", [0, 1, 8, 9, 31, 400])
def test_the_scale_has_a_colour_for_every_number_and_the_strongest_for_a_busy_day(most):
    scale = Scale(most)
    bounds = {level: (least, greatest) for level, least, greatest in scale.bounds()}
    assert list(bounds) == list(range(1, LEVELS + 1))
    for number in range(1, max(most, 8) + 1):
        least, greatest = bounds[scale.level(number)]
        assert least <= number <= greatest
    assert scale.level(0) == 0


def test_the_numbers_cost_the_same_however_many(client, cast, case, django_assert_max_num_queries):
    open_weeks(client, cast.handler)
    counted = set()
    for _time in range(2):
        with django_assert_max_num_queries(14) as queries:
            client.get(WEEKS)
        counted.add(len(queries))
        for number in range(4):
            by_hand(cast, make_case(cast), date(2026, 4, 8 + number))
    assert len(counted) == 1
