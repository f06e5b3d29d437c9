"""The rows of a list of matters lead to the events that made each of them count."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Event
from reporting import lines, selectors
from tests.administrative import board_rows as rows
from tests.reporting.asking import scope_of
from tests.support.api import program_of
from tests.support.matters import announce, happen, make_case

pytestmark = pytest.mark.django_db
LATE = date(2026, 7, 20)


def page_of(client, person, figure) -> str:
    person.language = "en"
    person.save(update_fields=["language"])
    client.force_login(person)
    return client.get(reverse("statistics_figure", args=[figure])).content.decode()


def row_of(page: str, matter) -> str:
    """The row of the list that ends with the link to a matter."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    return next(row for row in body.split("<tr>") if matter.get_absolute_url() + '"' in row)


def line_of(person, figure, matter) -> lines.Line:
    found = selectors.listed(scope_of(person), figure)
    shown = lines.lines_of(list(lines.prepared(found.rows, found.grounds)))
    return next(line for line in shown if line.matter == matter)


def link_of(event: Event) -> str:
    return reverse("event_detail", args=[event.pk])


@pytest.fixture
def answered_late(cast):
    case = rows.against(cast)
    rows.wait(case)
    rows.reply(case, LATE)
    return case


def test_a_late_answer_shows_and_links_the_receipt_and_the_answer_with_their_days(
    client, cast, answered_late
):
    received, replied = (
        answered_late.events.get(kind=kind)
        for kind in ("recommendation_received", "authority_replied")
    )
    row = row_of(page_of(client, cast.chief, "replies.reply.late"), answered_late)
    for event, title, day in (
        (received, "Recommendation received", "Fri 8 May"),
        (replied, "Authority replied", "Mon 20 Jul"),
    ):
        assert f'href="{link_of(event)}"' in row
        assert title in row
        assert day in row
    assert "last day to reply 2026-07-08" in row


def test_who_has_not_answered_is_led_to_the_receipt_alone(cast):
    case = rows.against(cast)
    rows.wait(case)
    line = line_of(cast.chief, "replies.reply.none", case)
    received = case.events.get(kind="recommendation_received")
    assert (line.link, line.day, line.beside) == (link_of(received), rows.SERVED, ())


def test_a_measure_leads_to_its_last_assessment_and_to_the_receipt(cast, answered_late):
    rows.assess(answered_late, 1, "paper_only", LATE)
    seen = rows.assess(answered_late, 1, "done", date(2026, 7, 22))
    line = line_of(cast.chief, "replies.measure.done", answered_late)
    received = answered_late.events.get(kind="recommendation_received")
    assert line.day == date(2026, 7, 22)
    assert [each.link for each in line.beside] == [link_of(seen), link_of(received)]
    assert line.typed


def test_a_step_leads_to_its_event_on_the_day_as_corrected_and_to_the_filing(client, cast):
    case = make_case(cast, after=900)
    opened = happen(case, "case_opened", case.filed_on)
    wrong = announce(case, date(2026, 6, 3))
    happen(
        case, "event_corrected", date(2026, 6, 5), actor=cast.handler, corrects=wrong, reason="误录"
    )
    row = row_of(page_of(client, cast.chief, "funnel.pre_suit"), case)
    assert f'<a class="t" href="{link_of(wrong)}">Announcement published</a>' in row
    assert "Fri 5 Jun" in row
    assert f'href="{link_of(opened)}"' in row
    assert row_of(page_of(client, cast.chief, "funnel.filed"), case).count("/events/") == 1


def test_a_lead_that_was_filed_leads_to_the_decision_and_to_its_registration(cast):
    found = selectors.listed(scope_of(cast.chief), "funnel.leads_filed")
    shown = lines.lines_of(list(lines.prepared(found.rows, found.grounds)))
    assert len(shown) == found.counted > 2
    for line in shown:
        filed = Event.objects.get(pk=int(line.link.split("/")[2]))
        assert filed.kind in ("case_filed", "administrative_case_filed")
        assert (filed.lead, filed.legal_day) == (line.matter, line.day)
        assert [each.title for each in line.beside] == ["线索登记"]


def test_an_open_case_leads_to_its_filing_and_to_what_brought_it_where_it_stands(cast):
    found = selectors.listed(scope_of(cast.chief), "ageing.investigation.all")
    case = next(case for case in found.rows if case.state == "investigating")
    opened = case.events.get(kind="case_opened")
    begun = case.events.get(kind="investigation_started")
    line = line_of(cast.chief, "ageing.investigation.all", case)
    assert (line.link, line.day) == (link_of(opened), case.filed_on)
    assert [each.link for each in line.beside] == [link_of(begun)]
    (lead, *_more) = selectors.listed(scope_of(cast.chief), "ageing.leads.all").rows
    registered = lead.events.get(kind="lead_registered")
    assert line_of(cast.chief, "ageing.leads.all", lead).link == link_of(registered)


def test_a_case_that_was_received_counts_as_open_by_its_receipt_and_not_by_what_was_copied(cast):
    sent, received = make_case(cast, after=900), make_case(cast, after=901)
    opened = happen(sent, "case_opened", date(2026, 1, 10))
    happen(received, "case_opened", date(2026, 1, 10), copied_from=opened)
    receipt = happen(received, "case_received", date(2026, 3, 5))
    line = line_of(cast.chief, "trend.open.2026-03", received)
    assert (line.link, line.day, line.beside) == (link_of(receipt), receipt.legal_day, ())
    found = selectors.listed(scope_of(cast.chief), "trend.open.2026-02")
    assert received not in found.rows
    assert sent in found.rows


def test_a_program_gets_the_events_too(cast, answered_late):
    (row,) = program_of(cast.chief).ask("statistics-figures/replies.reply.late/")["results"]
    replied = answered_late.events.get(kind="authority_replied")
    received = answered_late.events.get(kind="recommendation_received")
    assert (row["link"], row["day"]) == (link_of(replied), "2026-07-20")
    (beside,) = row["beside"]
    assert (beside["link"], beside["day"]) == (link_of(received), "2026-05-08")


@pytest.mark.parametrize("figure", ["replies.reply.none", "funnel.pre_suit", "ageing.pre_suit.all"])
def test_a_list_asks_so_many_questions_however_many_events_its_rows_lead_to(client, cast, figure):
    page_of(client, cast.chief, figure)
    with CaptureQueriesContext(connection) as short:
        page_of(client, cast.chief, figure)
    for _time in range(3):
        rows.wait(rows.against(cast))
    with CaptureQueriesContext(connection) as long:
        longer = page_of(client, cast.chief, figure)
    assert longer.count("/events/") > 3
    assert len(long) <= len(short)
