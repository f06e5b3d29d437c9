"""Which open matters sit idle: nobody has done anything for long, and no deadline will wake anybody.

No article says after how long; the number of days is the office's own. What moves a matter the rooms hand
to the registry `movements`. Days are counted from when a thing was entered, not from the day it bears: who
enters an old paper today has worked on the matter today.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case as Choice
from django.db.models import (
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Greatest

from accounts.models import Office, User
from audit import clock
from audit.clock import BEIJING
from cases.models import Event, TeamMember, TeamPosition
from cases.registries import Movement, movements
from cases.selectors.assignment import ENDED
from cases.selectors.matters import cases_visible_to, leads_visible_to
from cases.states import LEAD_OUTCOMES
from cases.workplace import title_of_kind
from deadlines.models import RUNNING, Deadline, DeadlineState, IdleDays
from deadlines.owed import of_others

LEADS, CASES = "leads", "cases"
# What an office uses until it sets a number of its own; a habit, no rule of law.
USUAL_DAYS = 30
# What a matter has been through when nothing else happened to it: it was entered.
ENTERED = ""
EVENTS = "events"


def days_of(office: Office) -> int:
    """Return after how many days without movement a matter of the office counts as idle."""
    days = IdleDays.objects.filter(office=office).values_list("days", flat=True).first()
    return days or USUAL_DAYS


def open_matters(actor: User, what: str) -> QuerySet[Any]:
    """Return the open leads or the open cases `actor` may see."""
    if what == LEADS:
        return leads_visible_to(actor).exclude(state__in=LEAD_OUTCOMES)
    return cases_visible_to(actor).exclude(state__in=ENDED)


def idle(actor: User, what: str, days: int, chosen: Mapping[str, Any]) -> QuerySet[Any]:
    """Return the open matters where nothing has moved for `days` days and that nothing watches.

    Annotations: `last_at`, `last_code` (of `movements`, `ENTERED` when there was nothing), `last_kind` (of
    the latest event), `handler_name`, `next_deadline` (day or None).
    """
    field = "lead" if what == LEADS else "case"
    rows = open_matters(actor, what).filter(~_watched(field))
    rows = rows.filter(_chosen(what, chosen)).annotate(**_lasts(field))
    found = [f"last_{code}" for code in _movements_of(field)]
    rows = rows.annotate(last_at=Greatest("created_at", *found))
    shown: QuerySet[Any] = rows.filter(last_at__lt=_before(days)).annotate(
        last_code=_which(field),
        last_kind=Subquery(_events(field).order_by("-id").values("kind")[:1]),
        handler_name=_handler(what),
        next_deadline=_next_deadline(field),
    )
    return shown


def _before(days: int) -> datetime:
    """Return the instant since which nothing has happened where `days` whole days went by."""
    day = clock.today() - timedelta(days=days - 1)
    return datetime.combine(day, time.min, tzinfo=BEIJING)


def _watched(field: str) -> Exists:
    """Say whether a deadline of the office runs, or has lapsed and so stands among the overdue."""
    running = Deadline.objects.filter(state__in=RUNNING, **{field: OuterRef("pk")})
    return Exists(running.exclude(of_others()))


def _movements_of(field: str) -> dict[str, Movement]:
    return {code: movement for code, movement in movements.items() if field in movement.of}


def _lasts(field: str) -> dict[str, Subquery]:
    return {
        f"last_{code}": Subquery(
            _own(movement.rows(), field).annotate(latest=Max(movement.at)).values("latest")
        )
        for code, movement in _movements_of(field).items()
    }


def _own(rows: QuerySet[Any], field: str) -> QuerySet[Any]:
    """Return the rows of the matter of the query around, as one group."""
    return rows.filter(**{field: OuterRef("pk")}).order_by().values(field)


def _events(field: str) -> QuerySet[Event]:
    return Event.objects.filter(**{field: OuterRef("pk")})


def _which(field: str) -> Choice:
    whens = [
        When(**{f"last_{code}": F("last_at")}, then=Value(code)) for code in _movements_of(field)
    ]
    return Choice(*whens, default=Value(ENTERED))


def _leads_case(handler: User | None = None) -> QuerySet[TeamMember]:
    places = TeamMember.objects.filter(
        case=OuterRef("pk"), position=TeamPosition.LEAD, until__isnull=True
    )
    return places.filter(user=handler) if handler else places


def _handler(what: str) -> Any:
    return F("handler__name") if what == LEADS else Subquery(_leads_case().values("user__name")[:1])


def _chosen(what: str, chosen: Mapping[str, Any]) -> Q:
    conditions = Q()
    if department := chosen.get("department"):
        conditions &= Q(department=department)
    if handler := chosen.get("person"):
        of_case = Q(Exists(_leads_case(handler)))
        conditions &= Q(handler=handler) if what == LEADS else of_case
    return conditions


def _next_deadline(field: str) -> Subquery:
    running = Deadline.objects.filter(state=DeadlineState.OPEN, **{field: OuterRef("pk")})
    return Subquery(running.order_by("effective_day", "id").values("effective_day")[:1])


# --- in words ----------------------------------------------------------------------------------


def last_day(matter: Any) -> date:
    """Return the day on which the last thing happened."""
    day: date = matter.last_at.astimezone(BEIJING).date()
    return day


def days_idle(matter: Any) -> int:
    """Return how many days have gone by since, in calendar days."""
    return (clock.today() - last_day(matter)).days


def last_thing(matter: Any) -> str:
    """Return what happened last; empty when the matter was entered and nothing followed."""
    if matter.last_code == EVENTS:
        return title_of_kind(matter.last_kind)
    return str(movements[matter.last_code].title) if matter.last_code else ""
