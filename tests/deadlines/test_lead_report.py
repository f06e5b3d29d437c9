"""The month report of leads: no lead without outcome or open clock (norm C160)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Lead
from cases.states import LeadState
from deadlines import lead_report, services
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import FILING, assign, force, make_lead, upload

pytestmark = [pytest.mark.django_db, pytest.mark.norm("C160")]
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture(autouse=True)
def today():
    with on(2026, 6, 24):
        yield


@pytest.fixture
def leads(cast) -> dict[str, Lead]:
    """One lead of each outcome, one with a deadline and one with none, received in June."""
    made = {
        name: assign(cast, make_lead(cast, received_on=date(2026, 6, 5), title=f"线索{name}"))
        for name in ("transferred", "not_filed", "filed", "merged", "watched", "unwatched")
    }
    day = date(2026, 6, 20)
    force(made["filed"], "T06", day, actor=cast.chief, **FILING)
    force(made["not_filed"], "T07", day, actor=cast.chief, reason="不属于公益诉讼案件范围。")
    force(made["merged"], "M01", day, actor=cast.head, into=made["filed"].pk, reason="同一事实。")
    force(
        made["transferred"],
        "T02",
        day,
        actor=cast.chief,
        target_office=cast.other_office.pk,
        jurisdiction_ground="行为地不在本辖区。",
        materials="线索材料一册。",
    )
    set_clock(cast, made["watched"])
    return made


def set_clock(cast, lead, day=date(2026, 7, 1)):
    return services.set_manual(actor=cast.handler, matter=lead, title="完成评估", day=day)


def page(client, **parameters):
    return client.get(reverse("lead_report"), parameters)


def test_every_lead_of_the_month_stands_in_exactly_one_column(cast, leads):
    [june, may, *_rest] = lead_report.months_until(cast.head, JUNE)
    assert june == lead_report.Month(JUNE, 6, 1, 1, 1, 1, 1, 1)
    assert may == lead_report.Month(MAY, 0, 0, 0, 0, 0, 0, 0)
    assert {lead.state for lead in Lead.objects.filter(pk__in=[x.pk for x in leads.values()])} == {
        LeadState.LEAD_TRANSFERRED,
        LeadState.NOT_FILED,
        LeadState.FILED,
        LeadState.MERGED,
        LeadState.LEAD_ASSESSING,
    }


def test_only_the_open_lead_without_a_clock_is_named(cast, leads):
    assert list(lead_report.unwatched(cast.head, JUNE)) == [leads["unwatched"]]
    assert not lead_report.unwatched(cast.head, MAY).exists()


def test_a_deadline_that_is_closed_watches_no_lead_any_more(cast, leads):
    clock = set_clock(cast, leads["unwatched"])
    assert not lead_report.unwatched(cast.head, JUNE).exists()
    services.complete_manual(actor=cast.handler, deadline=clock, note="已联系", files=[upload()])
    assert list(lead_report.unwatched(cast.head, JUNE)) == [leads["unwatched"]]


def test_the_year_ends_with_the_month_asked_for(cast, leads):
    months = lead_report.months_until(cast.head, date(2027, 1, 1))
    assert [str(month.first)[:7] for month in months] == [
        "2027-01",
        *(f"2026-{number:02}" for number in range(12, 1, -1)),
    ]
    assert sum(month.received for month in months) == 6


def test_the_head_reads_the_report_and_finds_the_way_to_set_a_deadline(cast, leads, as_user):
    text = page(as_user(cast.head), month="2026-06").content.decode()
    assert leads["unwatched"].key in text
    assert leads["watched"].key not in text
    assert reverse("deadline_matter_list", args=[leads["unwatched"].key]) in text
    register = as_user(cast.head).get(reverse("lead_list")).content.decode()
    assert reverse("lead_report") in register


def test_a_lead_nobody_handles_is_named_with_the_way_to_assign_it(cast, as_user):
    lead = make_lead(cast, received_on=date(2026, 6, 5))
    text = page(as_user(cast.head)).content.decode()
    assert lead.get_absolute_url() in text
    assert reverse("deadline_matter_list", args=[lead.key]) not in text


def test_the_stranger_reads_an_empty_report(cast, leads, as_user):
    text = page(as_user(cast.stranger), month="2026-06").content.decode()
    assert not [lead for lead in leads.values() if lead.key in text]
    [june, *_rest] = lead_report.months_until(cast.stranger, JUNE)
    assert june.received == 0


@pytest.mark.parametrize("month", ["2026-13", "June", "0001-01", "<script>"])
def test_a_month_that_is_none_is_refused_with_a_sentence(cast, as_user, month):
    cast.head.language = "en"
    cast.head.save()
    answer = page(as_user(cast.head), month=month)
    assert answer.status_code == 400
    assert "<script>" not in answer.content.decode()
    told = program_of(cast.head).get("/api/v1/lead-report/", {"month": month})
    assert told.status_code == 400
    assert "month" in told.json()["errors"]


def test_programs_read_the_numbers_and_the_leads(cast, leads):
    program = program_of(cast.head)
    [june, *_rest] = program.ask("lead-report/months/", month="2026-06")
    assert june == {
        "month": "2026-06",
        "received": 6,
        "transferred": 1,
        "not_filed": 1,
        "filed": 1,
        "merged": 1,
        "with_clock": 1,
        "without_clock": 1,
    }
    found = program.ask("lead-report/", month="2026-06")["results"]
    assert [row["key"] for row in found] == [leads["unwatched"].key]
    assert not program_of(cast.stranger).ask("lead-report/")["results"]


def test_the_report_asks_the_database_a_fixed_number_of_questions(
    cast, leads, as_user, django_assert_max_num_queries
):
    for number in range(8):
        assign(cast, make_lead(cast, received_on=date(2026, 6, 6), title=f"更多线索{number}"))
    client = as_user(cast.head)
    page(client)
    with django_assert_max_num_queries(14):
        page(client)
