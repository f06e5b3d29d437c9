"""One table of who was served with what and when: over all matters the reader sees, and of each of them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.services.corrections import correct_event
from notices.views import base
from tests.notices.matters import filed_case, issue
from tests.notices.serving import SENT, confirm, end, party_of, send, try_it
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import stand_aside

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(cast, decision):
    return issue(cast, decision)


@pytest.fixture
def mail(cast, case, issued):
    party = party_of(cast, case)
    confirm(cast, party)
    return send(cast, issued, method="postal", party=party)


@pytest.fixture
def elsewhere(cast, june):
    """A service in another case of the same team."""
    return send(cast, issue(cast, filed_case(cast).documents.get(code="D-06")), name="某市网信办")


def enter(client, person):
    person.language = "en"
    person.save()
    client.force_login(person)
    return client


def rows(client, query=None, *key):
    answer = client.get(reverse("service_list", args=key), query or {})
    assert answer.status_code == 200
    return list(answer.context["page"].items)


def test_a_line_tells_document_addressee_tries_day_receiver_proof_and_the_clocks_it_began(
    client, cast, case, mail
):
    try_it(cast, mail, 2026, 6, 24, 9)
    end(cast, mail)
    enter(client, cast.clerk)
    for page in (reverse("service_list"), reverse("service_list", args=[case.key])):
        shown = client.get(page).content.decode()
        for told in (
            mail.document.number,
            "某科技有限公司",
            "Procuratorial express mail",
            "前台李某",
            reverse("attachment_download", args=[mail.outcome.proof_id]),
        ):
            assert told in shown
        (clock,) = mail.outcome.event.deadlines_started.all()
        assert reverse("deadline_detail", args=[clock.pk]) in shown
    assert reverse("service_list") in client.get(reverse("document_list")).content.decode()
    of_case = client.get(reverse("document_list", args=[case.key])).content.decode()
    assert reverse("service_list", args=[case.key]) in of_case


def test_the_table_of_all_matters_holds_each_and_that_of_a_case_its_own(
    client, cast, case, mail, elsewhere
):
    enter(client, cast.clerk)
    assert rows(client) == [elsewhere, mail]
    assert rows(client, {}, case.key) == [mail]


def test_it_is_narrowed_by_state_method_words_and_day_as_corrected(client, cast, mail, elsewhere):
    enter(client, cast.clerk)
    with on(2026, 6, 26):
        outcome = end(cast, mail, day=date(2026, 6, 26))
        correct_event(
            actor=cast.handler,
            event=outcome.event,
            data={"legal_day": "2026-06-25"},
            reason="回执日期看错。",
        )
    for query, expected in (
        ({"state": "under_way"}, [elsewhere]),
        ({"method": "postal"}, [mail]),
        ({"text": "市网信"}, [elsewhere]),
        ({"text": mail.document.number}, [mail]),
        ({"served_from": "2026-06-25", "served_until": "2026-06-25"}, [mail]),
        ({"served_from": "2026-06-26"}, []),
        ({"served_until": "2026-06-24"}, []),
    ):
        assert rows(client, query) == expected, query
        told = program_of(cast.clerk).ask("services/", **query)["results"]
        assert [row["id"] for row in told] == [row.pk for row in expected], query
    for wrong in ({"state": "lost"}, {"served_from": "never"}):
        assert client.get(reverse("service_list"), wrong).status_code == 400
        assert program_of(cast.clerk).get("/api/v1/services/", wrong).status_code == 400


def test_the_table_turns_its_pages_by_the_last_line_and_keeps_its_filter(
    client, cast, mail, elsewhere, monkeypatch
):
    monkeypatch.setattr(base, "SIZE", 1)
    enter(client, cast.clerk)
    answer = client.get(reverse("service_list"), {"state": "under_way"})
    page = answer.context["page"]
    assert list(page.items) == [elsewhere]
    assert "state=under_way" in answer.content.decode()
    assert rows(client, {"state": "under_way", "after": page.next}) == [mail]


def test_who_sees_no_matter_finds_an_empty_table(client, cast, case, mail):
    stand_aside(cast, case, cast.assistant)
    for person in (cast.stranger, cast.assistant, cast.auditor):
        enter(client, person)
        assert rows(client) == []
        assert client.get(reverse("service_list", args=[case.key])).status_code == 404
        assert program_of(person).ask("services/")["results"] == []


def test_more_lines_cost_no_more_queries(client, cast, issued):
    enter(client, cast.clerk)
    page = reverse("service_list")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    def serve(name: str) -> None:
        party = party_of(cast, issued.case, name=name)
        confirm(cast, party)
        end(cast, send(cast, issued, method="postal", party=party), day=SENT)

    serve("甲公司")
    queries()  # what is loaded once
    before = queries()
    serve("乙公司")
    serve("丙公司")
    assert queries() == before


def test_a_program_reads_which_clocks_began(cast, mail):
    end(cast, mail)
    (row,) = program_of(cast.clerk).ask("services/")["results"]
    (clock,) = row["clocks"]
    assert (clock["rule"], clock["effective_day"]) == ("P-72", "2026-06-29")
