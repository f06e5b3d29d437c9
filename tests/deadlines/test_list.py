"""The list of deadlines: who sees which, every filter, the quick links, what a row says, the way out."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation

from audit.models import AuditEvent
from cases.models import SavedFilter
from deadlines import services
from deadlines.calendar import official
from deadlines.listing import distance
from deadlines.models import Deadline, DeadlineState
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import assign, make_case, make_lead

pytestmark = pytest.mark.django_db
LIST = reverse("deadline_list")
EXPORT = reverse("deadline_export")
# A Tuesday; the Tomb-sweeping holiday of 2026 is from 4 to 6 April.
TODAY = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def today():
    with on(TODAY.year, TODAY.month, TODAY.day):
        yield


def by_hand(cast, matter, title, day, **rest):
    return services.set_manual(actor=cast.handler, matter=matter, title=title, day=day, **rest)


@pytest.fixture
def rows(cast, case) -> dict[str, Deadline]:
    """Deadlines set by hand around today, and the one of law."""
    days = {"late": 27, "now": 31, "soon": 33, "next": 37, "far": 60}
    made = {
        name: by_hand(cast, case, name, date(2026, 3, 1) + timedelta(days=day - 1))
        for name, day in days.items()
        if name != "late"
    }
    with on(2026, 3, 20):
        made["late"] = by_hand(cast, case, "late", date(2026, 3, 27))
    return made | {"law": Deadline.objects.get(rule="P-01")}


def open_list(client, reader, **chosen):
    reader.language = "en"
    reader.save()
    client.force_login(reader)
    return client.get(LIST, chosen)


def titles(answer) -> list[str]:
    return [row.rule or row.title_zh for row in answer.context["page"].items]


# --- who sees what -----------------------------------------------------------------------------


def test_each_sees_the_deadlines_of_the_matters_he_sees_and_nobody_else_any(client, cast, rows):
    for person in (cast.handler, cast.head, cast.chief):
        assert len(titles(open_list(client, person))) == 6
    for person in (cast.stranger, cast.colleague, cast.auditor, cast.system_administrator):
        assert titles(open_list(client, person)) == []


def test_the_earliest_day_stands_first_and_what_is_over_latest_first(client, cast, rows):
    assert titles(open_list(client, cast.handler)) == [
        *("late", "now", "soon", "next", "P-01", "far"),
    ]
    Deadline.objects.filter(manual=True).update(state=DeadlineState.CANCELLED)
    assert titles(open_list(client, cast.handler, state="cancelled"))[0] == "far"
    sorted_down = open_list(client, cast.handler, state="cancelled", sort="effective_day")
    assert titles(sorted_down)[0] == "late"


# --- filters -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"when": "overdue"}, ["late"]),
        ({"when": "today"}, ["now"]),
        ({"when": "week"}, ["now", "soon"]),
        ({"when": "seven_days"}, ["now", "soon", "next", "P-01"]),
        ({"others": "on"}, ["P-01"]),
        ({"kind": "mandatory"}, ["P-01"]),
        ({"kind": "manual", "until": "2026-03-31"}, ["late", "now"]),
        ({"from_day": "2026-04-07"}, ["P-01", "far"]),
        ({"rule": "P-01"}, ["P-01"]),
        ({"provisional": "on"}, []),
        ({"state": "lapsed"}, []),
    ],
)
def test_each_filter_leaves_what_it_says(client, cast, rows, chosen, found):
    rows["next"].effective_day = rows["next"].nominal_day = date(2026, 4, 6)
    rows["next"].save()
    assert titles(open_list(client, cast.handler, **chosen)) == found
    assert program_rows(cast.handler, **chosen) == found


def program_rows(person, **chosen) -> list[str]:
    given = {name: "true" if value == "on" else value for name, value in chosen.items()}
    found = program_of(person).ask("deadlines/", **given)["results"]
    return [row["rule"] or row["title_zh"] for row in found]


def test_a_lapsed_duty_is_overdue_and_a_time_of_others_that_is_over_is_not(client, cast, rows):
    Deadline.objects.update(state=DeadlineState.LAPSED)
    Deadline.objects.exclude(pk__in=[rows["late"].pk, rows["law"].pk]).update(
        state=DeadlineState.MET, closed_by=cast.handler, closed_at="2026-03-01T00:00:00Z"
    )
    assert titles(open_list(client, cast.handler, when="overdue")) == ["late"]


def test_while_the_end_is_not_known_nothing_is_overdue(client, cast, rows):
    Deadline.objects.filter(pk=rows["late"].pk).update(at_least=True)
    answer = open_list(client, cast.handler)
    assert titles(open_list(client, cast.handler, when="overdue")) == []
    assert "overdue</small>" not in answer.content.decode()


def test_the_duties_of_one_person_are_found_and_only_colleagues_are_offered(client, cast, rows):
    rows["soon"].duty_holder = cast.head
    rows["soon"].save()
    assert titles(open_list(client, cast.chief, person=cast.head.pk)) == ["soon"]
    assert "soon" not in titles(open_list(client, cast.handler, mine="on"))
    refused = open_list(client, cast.chief, person=cast.stranger.pk)
    assert refused.status_code == 400
    assert cast.stranger.name not in refused.content.decode()


def test_the_deadlines_of_a_department_are_those_of_its_cases_and_leads(client, cast, rows):
    lead = assign(cast, make_lead(cast, received_on=TODAY))
    by_hand(cast, lead, "lead", date(2026, 4, 10))
    found = titles(open_list(client, cast.chief, department=cast.department.pk))
    assert len(found) == 7
    assert titles(open_list(client, cast.chief, office=cast.office.pk)) == found
    elsewhere = open_list(client, cast.chief, office=cast.other_office.pk)
    assert elsewhere.status_code == 400


def test_days_in_the_wrong_order_are_refused_at_the_last_one(client, cast, rows):
    answer = open_list(client, cast.handler, from_day="2026-04-02", until="2026-04-01")
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"until"}
    assert titles(answer) == []


def test_each_filter_that_is_set_can_be_taken_away_by_itself(client, cast, rows):
    answer = open_list(client, cast.handler, kind="manual", mine="on", sort="effective_day")
    chips = {chip["text"]: chip["address"] for chip in answer.context["chips"]}
    assert set(chips) == {"Kind: Set by hand", "Only mine"}
    assert chips["Only mine"] == f"{LIST}?kind=manual&sort=effective_day"


# --- quick links -------------------------------------------------------------------------------


def test_the_quick_links_count_what_they_lead_to(client, cast, rows):
    answer = open_list(client, cast.handler, kind="manual", state="met", until="2026-01-01")
    links = answer.context["links"]
    assert [link["number"] for link in links] == [1, 1, 2, 3, 0]
    for link in links:
        assert "kind=manual" in link["address"]
        assert "state" not in link["address"]
        assert len(titles(client.get(link["address"]))) == link["number"]


def test_a_kept_filter_moves_with_the_calendar(client, cast, rows):
    client.force_login(cast.handler)
    saving = {"name": "本周", "query": "when=week&after=x"}
    client.post(reverse("deadline_filter_save"), saving)
    kept = SavedFilter.objects.get()
    assert (kept.list_name, kept.query) == ("deadlines", "when=week")
    with on(2026, 5, 25):
        assert titles(client.get(f"{LIST}?{kept.query}")) == []
    with on(2026, 4, 27):
        assert titles(client.get(f"{LIST}?{kept.query}")) == ["far"]
    assert "本周" not in client.get(reverse("case_list")).content.decode()
    client.post(reverse("deadline_filter_delete", args=[kept.pk]))
    assert not SavedFilter.objects.exists()


# --- what a row says ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (date(2026, 3, 27), "2 working days overdue", "bad"),
        (date(2026, 4, 1), "1 working day left", "warn"),
        (date(2026, 4, 7), "4 working days left", ""),
        (date(2026, 3, 31), "", ""),
    ],
)
def test_working_days_are_counted_without_the_days_off(day, words, tone):
    with translation.override("en"):
        assert distance(day, official()) == (words, tone)


def test_the_day_shows_its_weekday_and_how_many_working_days_are_left(client, cast, rows):
    text = open_list(client, cast.handler).content.decode()
    assert "Fri 27 Mar" in text
    assert "2 working days overdue" in text
    assert "4 working days left" in text


def test_from_friday_to_saturday_calendar_days_are_counted(client, cast, case):
    with on(2026, 3, 27):
        by_hand(cast, case, "weekend", date(2026, 3, 28))
        assert "1 day left" in open_list(client, cast.handler).content.decode()


# --- pages and queries -------------------------------------------------------------------------


def test_the_list_is_paged_after_a_key_and_costs_the_same_however_many_rows(
    client, cast, case, monkeypatch, django_assert_max_num_queries
):
    by_hand(cast, case, "0", date(2026, 4, 1))
    open_list(client, cast.handler)
    counted = set()
    for number in range(1, 3):
        with django_assert_max_num_queries(17) as queries:
            client.get(LIST, {"kind": "manual", "mine": "on"})
        counted.add(len(queries))
        for more in range(3):
            by_hand(cast, make_case(cast), f"{number}{more}", date(2026, 4, 2))
    assert len(counted) == 1
    monkeypatch.setattr("audit.paging.SIZE", 4)
    first = open_list(client, cast.handler, kind="manual")
    second = client.get(LIST, {"kind": "manual", "after": first.context["page"].next})
    assert (len(titles(first)), len(titles(second))) == (4, 3)
    assert not set(titles(first)) & set(titles(second))


# --- the way out -------------------------------------------------------------------------------


def sheet_of(answer):
    return openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active


def test_what_the_filter_leaves_is_taken_out_and_recorded(client, cast, rows):
    open_list(client, cast.handler)
    sheet = sheet_of(client.get(EXPORT, {"when": "week", "kind": "manual"}))
    assert [row[3].value for row in sheet.iter_rows(min_row=2)] == ["now", "soon"]
    entry = AuditEvent.objects.get(action="deadline.exported")
    assert entry.actor_id == cast.handler.pk
    assert b'"filters":["kind","when"]' in bytes(entry.canonical)


def test_programs_take_it_out_too_and_a_wrong_filter_takes_nothing(cast, rows):
    program = program_of(cast.handler)
    reply = program.get("/api/v1/deadlines/export/", {"rule": "P-01"}, headers={"accept": "x/y"})
    [line] = sheet_of(reply).iter_rows(min_row=2, values_only=True)
    assert line[2] == "P-01"
    assert program.get("/api/v1/deadlines/export/", {"until": "soon"}).status_code == 400
    assert AuditEvent.objects.filter(action="deadline.exported").count() == 1


def test_who_sees_no_matter_takes_nothing_out(cast, rows):
    for person in (cast.stranger, cast.auditor):
        sheet = sheet_of(program_of(person).get("/api/v1/deadlines/export/"))
        assert list(sheet.iter_rows(min_row=2, values_only=True)) == []
