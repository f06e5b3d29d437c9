"""Calendar feeds on the pages, as single files and for programs (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from deadlines import services
from deadlines.models import CalendarFeed, Deadline, FeedScope
from deadlines.services.feeds import (
    fetch_feed,
    make_feed,
)
from tests.deadlines.feeds import entries, entry, feed_of, fetch
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import stand_aside

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    """The day of the announcement: its thirty days end on 7 April."""
    with on(2026, 3, 5):
        yield


def test_a_person_makes_a_feed_sees_its_address_once_and_revokes_it(case, cast, as_user):
    client, page = as_user(cast.handler), reverse("feed_list")
    made = client.post(page, {"scope": "own", "case": ""})
    address = made.context["address"]
    assert made.status_code == 200
    assert address in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert entry(fetch(urlsplit(address).path))
    listed = client.get(page).content.decode()
    assert address not in listed
    assert address.rpartition("/")[2].removesuffix(".ics") not in listed
    feed = CalendarFeed.objects.get()
    client.post(reverse("feed_revoke", args=[feed.pk]))
    assert fetch(urlsplit(address).path).status_code == 404


def test_the_page_of_a_case_leads_to_a_feed_of_it(case, cast, as_user):
    client = as_user(cast.handler)
    link = f"{reverse('feed_list')}?case={case.key}"
    assert link in client.get(reverse("deadline_matter_list", args=[case.key])).content.decode()
    assert f'value="{case.key}"' in client.get(link).content.decode()
    made = client.post(reverse("feed_list"), {"scope": "case", "case": case.key})
    assert entry(fetch(urlsplit(made.context["address"]).path))


@pytest.mark.parametrize(
    ("person", "given", "status"),
    [
        ("handler", {"scope": "case", "case": ""}, 400),
        ("handler", {"scope": "everything"}, 400),
        ("head", {"scope": "case"}, 409),
        ("stranger", {"scope": "case"}, 404),
    ],
)
def test_a_feed_that_cannot_be_made_is_refused_with_a_reason(
    case, cast, as_user, person, given, status
):
    answer = as_user(getattr(cast, person)).post(reverse("feed_list"), {"case": case.key} | given)
    assert answer.status_code == status
    assert not CalendarFeed.objects.exists()


def test_the_list_of_feeds_asks_the_database_as_often_for_one_as_for_many(
    case, cast, as_user, django_assert_num_queries
):
    client, page = as_user(cast.handler), reverse("feed_list")
    make_feed(actor=cast.handler, scope=FeedScope.CASE, case=case)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for _ in range(4):
        make_feed(actor=cast.handler, scope=FeedScope.CASE, case=case)
    with django_assert_num_queries(len(few)):
        client.get(page)


def test_a_closed_deadline_as_a_file_cancels_what_was_imported_before(running, cast, as_user):
    client, path = as_user(cast.handler), reverse("deadline_file", args=[running.pk])
    before = client.get(path)
    assert 'filename="deadline-' in before["Content-Disposition"]
    assert entry(before)["status"] == "CONFIRMED"
    Deadline.objects.filter(pk=running.pk).update(state="cancelled")
    after = entry(client.get(path))
    assert after["status"] == "CANCELLED"
    assert after["uid"] == entry(before)["uid"]
    assert after["sequence"] > entry(before)["sequence"]
    assert not after.walk("VALARM")


def test_the_deadlines_of_a_matter_are_a_file_for_whoever_sees_it(case, running, cast, as_user):
    paths = [
        reverse("deadline_matter_file", args=[case.key]),
        reverse("deadline_file", args=[running.pk]),
    ]
    stand_aside(cast, case, cast.colleague)
    for path in paths:
        assert entries(as_user(cast.head).get(path))
        for person in (cast.stranger, cast.colleague, cast.auditor):
            assert as_user(person).get(path).status_code == 404
        assert Client().get(path).status_code == 302


def test_a_calendar_that_is_too_long_says_what_it_leaves_out(case, cast, monkeypatch):
    monkeypatch.setattr("deadlines.feeds.MOST_ENTRIES", 1)
    services.set_manual(actor=cast.handler, matter=case, title="核对", day=date(2026, 3, 20))
    answer = fetch(feed_of(cast.handler))
    assert entry(answer).decoded("dtstart") == date(2026, 3, 20)
    assert "1" in Calendar.from_ical(answer.content)["description"]


def test_a_program_makes_lists_and_revokes_its_feeds(case, cast):
    program = program_of(cast.handler)
    made = program.send("calendar-feeds/", {"scope": "case", "case": case.key})
    assert made.status_code == 201
    assert made["Cache-Control"] == "no-store"
    told = made.json()
    assert entry(fetch(urlsplit(told.pop("address")).path))
    [listed] = program.ask("calendar-feeds/")
    assert {**told, "last_fetched_at": listed["last_fetched_at"]} == listed
    assert (
        program_of(cast.colleague).send(f"calendar-feeds/{told['id']}/revoke/").status_code == 404
    )
    assert program.send(f"calendar-feeds/{told['id']}/revoke/").status_code == 204
    assert program.ask("calendar-feeds/") == []
    wrong = program.send("calendar-feeds/", {"scope": "case"})
    assert wrong.status_code == 400
    hostile = {"scope": "own", "owner": cast.stranger.pk, "digest": "0" * 64, "revoked_at": None}
    program.send("calendar-feeds/", hostile)
    assert CalendarFeed.objects.latest("pk").owner == cast.handler
    assert fetch_feed("0" * 64) is None
