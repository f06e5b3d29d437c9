"""The list of deadlines, for page, export and API alike: narrowing, counting, what a row says of its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from audit import clock
from deadlines.calendar import Calendar
from deadlines.models import RUNNING, Deadline, DeadlineState
from deadlines.owed import of_others

# What "within seven days" means, in calendar days.
SEVEN = timedelta(days=7)
# A day this many working days away, or nearer, is shown as pressing.
PRESSING = 3


class When(models.TextChoices):
    """How near the last day is, so that a kept filter moves with the calendar."""

    OVERDUE = "overdue", gettext_lazy("Overdue")
    TODAY = "today", gettext_lazy("Today")
    WEEK = "week", gettext_lazy("This week")
    SEVEN_DAYS = "seven_days", gettext_lazy("Next seven days")


def overdue() -> Q:
    """Say of deadlines that a duty has not been done in time and is still to be done.

    While an excluded interval is open the last day is not known, so nothing is late.
    """
    late = Q(state=DeadlineState.LAPSED) | Q(
        state=DeadlineState.OPEN, effective_day__lt=clock.today()
    )
    return late & Q(at_least=False) & ~of_others()


def _between(first: date, last: date) -> Q:
    return Q(state=DeadlineState.OPEN, effective_day__range=(first, last))


def due(when: str) -> Q:
    """Say of deadlines that their last day is as near as `when` (of `When`) says."""
    today = clock.today()
    if when == When.OVERDUE:
        return overdue()
    sunday = today + timedelta(days=6 - today.weekday())
    ends = {When.TODAY: today, When.WEEK: sunday, When.SEVEN_DAYS: today + SEVEN}
    return _between(today, ends[When(when)])


def narrowed(
    rows: QuerySet[Deadline], actor: User, chosen: Mapping[str, Any]
) -> QuerySet[Deadline]:
    """Return `rows` narrowed by the cleaned filter form; without a state the running ones."""
    state = chosen.get("state")
    conditions = Q(state=state) if state else Q(state__in=RUNNING)
    if when := chosen.get("when"):
        conditions &= due(when)
    if first := chosen.get("from_day"):
        conditions &= Q(effective_day__gte=first)
    if last := chosen.get("until"):
        conditions &= Q(effective_day__lte=last)
    return by_place(rows.filter(conditions), actor, chosen)


def by_place(
    rows: QuerySet[Deadline], actor: User, chosen: Mapping[str, Any]
) -> QuerySet[Deadline]:
    """Return `rows` narrowed by whose, where and what; the day and the state are left to others."""
    plain = {
        "duty_holder": chosen.get("person"),
        "kind": chosen.get("kind"),
        "rule": chosen.get("rule"),
        "provisional": chosen.get("provisional"),
    }
    conditions = Q(**{name: value for name, value in plain.items() if value})
    if chosen.get("mine"):
        conditions &= Q(duty_holder=actor)
    if chosen.get("others"):
        conditions &= of_others()
    for name in ("office", "department"):
        if value := chosen.get(name):
            conditions &= Q(**{f"case__{name}": value}) | Q(**{f"lead__{name}": value})
    return rows.filter(conditions)


def counts(rows: QuerySet[Deadline]) -> dict[str, int]:
    """Return how many of `rows` each quick link leads to: the values of `When`, and `others`."""
    asked = {when.value: Count("pk", filter=due(when)) for when in When}
    waiting = Count("pk", filter=of_others() & Q(state__in=RUNNING))
    running = rows.filter(state__in=RUNNING).order_by()
    found: dict[str, int] = running.aggregate(**asked, others=waiting)
    return found


# --- what a row says of its day -----------------------------------------------------------------


def day_in_words(deadline: Deadline, calendar: Calendar) -> tuple[str, str]:
    """Return what the last day means and in which tone; empty where calendar days say it better."""
    late = deadline.effective_day < clock.today()
    if deadline.state not in RUNNING or deadline.period_over:
        return deadline.state_title, ""
    if late and deadline.at_least:
        return _("At least until"), ""
    if late and deadline.of_others:
        return _("Ended"), ""
    return distance(deadline.effective_day, calendar)


def distance(day: date, calendar: Calendar) -> tuple[str, str]:
    """Return how many working days are left until `day`, or it is overdue, and the tone.

    Empty where that is none, as from Friday to Saturday: the pages then count calendar days.
    """
    today = clock.today()
    if day < today:
        count = calendar.working_days_after(day, today)
        words = ngettext("%(days)d working day overdue", "%(days)d working days overdue", count)
        return (words % {"days": count}, "bad") if count else ("", "")
    count = calendar.working_days_after(today, day)
    words = ngettext("%(days)d working day left", "%(days)d working days left", count)
    tone = "warn" if count <= PRESSING else ""
    return (words % {"days": count}, tone) if count else ("", "")
