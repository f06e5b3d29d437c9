"""Making a feed and reading it as a calendar program does."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.test import Client
from icalendar import Calendar

from deadlines.feed_address import address_of
from deadlines.models import FeedScope
from deadlines.services.feeds import make_feed


def feed_of(person, scope=FeedScope.VISIBLE, case=None) -> str:
    """Make a feed; returns its path."""
    return path_of(make_feed(actor=person, scope=scope, case=case)[1])


def path_of(token: str) -> str:
    return urlsplit(address_of(token)).path


def fetch(path: str, **headers: str):
    """Fetch as a calendar program does: without a session and without a cookie."""
    return Client().get(path, headers=headers)


def entries(answer) -> dict[str, object]:
    assert answer.status_code == 200, answer.content
    return {str(event["summary"]): event for event in Calendar.from_ical(answer.content).events}


def entry(answer):
    [found] = entries(answer).values()
    return found
