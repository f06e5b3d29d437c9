"""A deadline as a calendar file names the event it runs from, whichever kind of event that was."""

from __future__ import annotations

import pytest
from django.urls import reverse
from icalendar import Calendar

from cases.registries import event_kinds
from tests.support.days import on

pytestmark = pytest.mark.django_db
KIND = "announcement_published"


def description(client, deadline) -> str:
    with on(2026, 3, 6):
        answer = client.get(reverse("deadline_file", args=[deadline.pk]))
    assert answer.status_code == 200
    [event] = Calendar.from_ical(answer.content).events
    return str(event["description"])


def test_a_calendar_file_is_made_where_no_room_knows_the_kind_of_the_event_any_more(
    case, cast, as_user, monkeypatch
):
    deadline, client = case.deadlines.get(), as_user(cast.handler)
    assert KIND not in description(client, deadline)
    rest = {code: kind for code, kind in event_kinds.items() if code != KIND}
    monkeypatch.setattr(event_kinds, "_entries", rest)
    assert KIND in description(client, deadline)
