"""A duty of the office that stays late goes up to the chief procurator: once, after some working days.

The department head is told, with a task, when the last day has passed (`lapses`). How long he has is a rule
of this application (`ESCALATION_WORKING_DAYS`), not of the law. A deadline set by hand stays with the head.
"""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from audit import clock
from audit import services as audit
from cases.selectors.back_entry import cases_in_back_entry, leads_in_back_entry
from cases.services.acts import audit_scope
from deadlines.duty import leaders_of
from deadlines.models import Channel, Deadline, DeadlineState, Escalation
from deadlines.owed import owed_by_office, watched
from deadlines.rulebook import named
from deadlines.services.fitness import CLOSED_CASES, CLOSED_LEADS
from deadlines.services.making import NewReminder, new_reminder, write
from deadlines.services.reminding import HOUR_OF_REMINDER, due_at
from deadlines.yearbook import calendar_under

logger = logging.getLogger(__name__)


def _late(today: date) -> QuerySet[Deadline]:
    """Return the late duties that have not gone up yet; so many working days are so many days at least."""
    raised = Escalation.objects.filter(deadline=OuterRef("pk"), for_day=OuterRef("effective_day"))
    rows = Deadline.objects.filter(
        owed_by_office(),
        state=DeadlineState.LAPSED,
        effective_day__lt=today - timedelta(days=settings.ESCALATION_WORKING_DAYS - 1),
    )
    rows = rows.exclude(case__in=cases_in_back_entry()).exclude(lead__in=leads_in_back_entry())
    return rows.exclude(Exists(raised)).exclude(_closed())


def _closed() -> Q:
    """Return the condition that a matter is closed; the periods of the office's watch run on."""
    closed = Q(case__state__in=CLOSED_CASES) | Q(lead__state__in=CLOSED_LEADS, case=None)
    return closed & ~watched()


def goes_up_on(deadline: Deadline) -> date:
    """Return the working day on which the chief is told, when so many whole working days have passed."""
    calendar = calendar_under(named(deadline.rulebook))
    return calendar.add_working_days(deadline.effective_day, settings.ESCALATION_WORKING_DAYS + 1)


def escalate_due(*, limit: int = 500) -> int:
    """Tell the chief of every duty that is late for long enough; returns of how many."""
    now = clock.of_database()
    done = 0
    rows = _late(now.date()).order_by("effective_day", "id")
    for pk in list(rows.values_list("pk", flat=True)[:limit]):
        try:
            done += _escalate(pk)
        except Exception:  # one faulty deadline must not keep the others waiting
            logger.exception("Deadline %s could not be escalated.", pk)
    return done


@transaction.atomic
def _escalate(pk: int) -> bool:
    now = clock.of_database()
    row = _late(now.date()).select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if row is None:
        return False
    day = goes_up_on(row)
    if (now.date(), now.time()) < (day, HOUR_OF_REMINDER):
        return False
    Escalation.objects.create(deadline=row, for_day=row.effective_day, raised_at=now)
    leaders = leaders_of(row.matter)
    write(reminder for leader in leaders for reminder in _reminders(row, leader, day))
    audit.record(
        actor=None,
        action="deadline.escalated",
        object_type="deadline",
        object_id=row.pk,
        details={"rule": row.rule, "told": [leader.pk for leader in leaders]},
        **audit_scope(row.matter),
    )
    return True


def _reminders(deadline: Deadline, leader: User, day: date) -> list[NewReminder]:
    """Return what the leader is sent: in the application and by e-mail, whatever his settings say."""
    offset = (deadline.effective_day - day).days
    return [
        new_reminder(
            deadline_id=deadline.pk,
            recipient_id=leader.pk,
            escalation=True,
            channel=channel,
            offset=offset,
            for_day=deadline.effective_day,
            due_at=due_at(deadline.effective_day, offset),
        )
        for channel in (Channel.IN_APP, Channel.EMAIL)
        if channel == Channel.IN_APP or leader.email
    ]
