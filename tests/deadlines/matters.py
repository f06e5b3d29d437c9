"""Cases and events for the tests of deadlines.

A case stands in its first state; what happens in law is recorded through the kernel's `record_event`, so
that the signal reaches the deadlines as it does in an act.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import count

from django.db import transaction

from audit import clock
from cases.models import Case, Lead, TeamMember, TeamPosition
from cases.services.acts import announce_event, record_event
from tests.support.people import Cast

_serial = count(1)
RULEBOOK = "2021-07-01"


def make_case(cast: Cast, *, handler=None, title: str = "某科技公司侵害个人信息案") -> Case:
    """Make a case of the cast's department with one lead handler."""
    number = next(_serial)
    case = Case.objects.create(
        key=f"{cast.office.code}-2026-{number:05}",
        office=cast.office,
        department=cast.department,
        year=2026,
        serial=number,
        title=title,
        created_by=cast.handler,
        legal_bases=["PIPL 70"],
        filed_on=date(2026, 1, 5),
        summary="摘要",
        rulebook=RULEBOOK,
    )
    TeamMember.objects.create(case=case, user=handler or cast.handler, position=TeamPosition.LEAD)
    return case


def make_lead(cast: Cast) -> Lead:
    """Make a lead without a handler."""
    number = next(_serial)
    return Lead.objects.create(
        key=f"{cast.office.code}-2026-L{number:05}",
        office=cast.office,
        department=cast.department,
        year=2026,
        serial=number,
        title="线索",
        created_by=cast.intake,
        source="media",
        source_detail="报道",
        received_on=date(2026, 1, 5),
        summary="摘要",
    )


def happen(matter, kind: str, day: date, *, actor=None, facts=None, reason="", **rest):
    """Record one event of `matter` as an act does."""
    with transaction.atomic():
        event = record_event(
            actor=actor, matter=matter, kind=kind, legal_day=day, facts=facts, reason=reason, **rest
        )
        announce_event(event, actor=actor, matter=matter)
    return event


def announce(case: Case, day: date):
    return happen(case, "announcement_published", day)


def on(year: int, month: int, day: int, hour: int = 10, minute: int = 0):
    """Set the clock of the test (Beijing time)."""
    return clock.frozen(datetime(year, month, day, hour, minute))
