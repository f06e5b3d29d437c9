"""What a body was asked to do and did, as each person may read it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from administrative.bodies import history, services
from tests.administrative.bodies.conftest import (
    DECIDED,
    DUE,
    RECEIVED,
    assess,
    enter,
    happened,
    recommend,
    reply,
)
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import make_case

pytestmark = pytest.mark.django_db


def told(actor, body):
    return history.told_of(history.recommendations_to(actor, body).order_by(*history.ORDER))


def answer(actor, body):
    (row,) = told(actor, body)
    return str(row.words), row.tone


def test_the_history_tells_decision_receipt_reply_and_results(cast, body):
    row = recommend(cast, body)
    reply(cast, row, date(2026, 4, 20))
    assess(cast, row, "partly", date(2026, 4, 25))
    last = assess(cast, row, "done", date(2026, 5, 20))
    (found,) = told(cast.handler, body)
    assert (found.case, found.decided_on, found.received_on) == (row.case, DECIDED, RECEIVED)
    assert (found.due_on, found.replied_on) == (DUE, date(2026, 4, 20))
    assert found.results == [(row.measures.get(), last)]


@pytest.mark.parametrize(
    ("replied", "today", "words", "tone"),
    [
        (None, date(2026, 5, 6), "Not answered yet", ""),
        (None, date(2026, 5, 7), "Not answered in time", "bad"),
        (DUE, date(2026, 6, 1), "Answered in time", "ok"),
        (date(2026, 5, 7), date(2026, 6, 1), "Answered late", "warn"),
    ],
)
def test_a_reply_is_in_time_by_the_period_of_the_law(cast, body, replied, today, words, tone):
    row = recommend(cast, body)
    if replied:
        reply(cast, row, replied)
    with on(today.year, today.month, today.day):
        assert answer(cast.handler, body)[1] == tone
        cast.handler.language = "en"
        (found,) = program_of(cast.handler).ask(f"bodies/{body.pk}/history/")["results"]
        assert found["answer"] == words


def test_where_no_receipt_is_recorded_nothing_is_late(cast, body):
    row = recommend(cast, body, received=None)
    (found,) = told(cast.handler, body)
    assert (found.received_on, found.due_on, found.tone) == (None, None, "")
    reply(cast, row, date(2026, 5, 30))
    (found,) = told(cast.handler, body)
    assert (found.replied_on, found.tone) == (date(2026, 5, 30), "")


def test_what_was_corrected_or_annulled_is_told_as_it_stands(cast, body):
    row = recommend(cast, body)
    late = reply(cast, row, date(2026, 5, 20))
    happened(
        row.case, "authority_replied", DUE, cast.handler, corrects=late.event, reason="日期录错"
    )
    found = assess(cast, row, "done", date(2026, 5, 21))
    happened(
        row.case, "measure_assessed", date(2026, 5, 22), cast.handler, annuls=found.event,
        reason="录错案件",
    )  # fmt: skip
    (one,) = told(cast.handler, body)
    assert (one.replied_on, one.tone) == (DUE, "ok")
    assert [result for _measure, result in one.results] == [None]
    happened(
        row.case, "recommendation_decided", DECIDED, cast.handler, annuls=row.decision,
        reason="录错案件",
    )  # fmt: skip
    assert told(cast.handler, body) == []


def test_a_draft_that_nobody_decided_is_no_history(cast, body):
    row = recommend(cast, body)
    undecided = type(row)(case=make_case(cast), body=body, created_by=cast.handler)
    undecided.save()
    assert [found.recommendation for found in told(cast.handler, body)] == [row]


def test_a_merge_keeps_the_history_and_shows_both(cast, body):
    first = recommend(cast, body)
    other = enter(cast.clerk, name="西湖区教育局")
    second = recommend(cast, other)
    services.merge_bodies(actor=cast.clerk, body=body, into=other)
    assert [found.recommendation for found in told(cast.handler, other)] == [second, first]
    assert [found.recommendation for found in told(cast.handler, body)] == [first]


@pytest.mark.parametrize("name", ["stranger", "superior_handler", "colleague", "intake"])
def test_of_a_case_somebody_does_not_see_the_history_says_nothing(cast, body, name):
    row, person = recommend(cast, body), getattr(cast, name)
    assert told(person, body) == []
    page = program_of(person).get(f"/bodies/{body.pk}/")
    assert row.case.title not in page.content.decode()


def test_the_stranger_sees_his_own_cases_in_the_shared_entry(cast, body):
    recommend(cast, body)
    case = make_case(cast, handler=cast.stranger, title="外区案")
    case.office, case.department = cast.other_office, None
    case.save()
    theirs = recommend(cast, body, case=case)
    assert [found.recommendation for found in told(cast.stranger, body)] == [theirs]


@pytest.mark.parametrize("path", ["/bodies/{}/", "/api/v1/bodies/{}/history/"])
def test_the_history_costs_the_same_for_one_and_for_many(cast, body, as_user, path):
    client, address = as_user(cast.handler), path.format(body.pk)
    row = recommend(cast, body)
    reply(cast, row, date(2026, 4, 20))
    assess(cast, row, "done", date(2026, 5, 20))
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _time in range(5):
        row = recommend(cast, body)
        reply(cast, row, date(2026, 4, 20))
        reply(cast, row, date(2026, 4, 21))
        assess(cast, row, "partly", date(2026, 5, 19))
        assess(cast, row, "done", date(2026, 5, 20))
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(one)


def test_the_history_goes_on_page_by_page(cast, body, as_user, monkeypatch):
    monkeypatch.setattr("administrative.bodies.views.HISTORY_SIZE", 2)
    rows = [recommend(cast, body) for _time in range(3)]
    client, address = as_user(cast.handler), f"/bodies/{body.pk}/"
    first = client.get(address).context["page"]
    second = client.get(address, {"after": first.next}).context["page"]
    assert [*first.items, *second.items] == rows[::-1]
    assert client.get(address, {"after": "spoilt"}).status_code == 400
