"""The rows of the list of cases, for the page and for the export alike."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from audit import clock
from cases.models import (
    BackEntry,
    Case,
    Event,
    Party,
    PartyRole,
    SavedFilter,
    TeamMember,
    TeamPosition,
)
from cases.registries import case_columns
from cases.selectors.assignment import OPEN_CASE
from cases.selectors.back_entry import RUNNING
from cases.selectors.matters import cases_visible_to
from cases.selectors.words import case_says
from cases.states import CASE_STATE_LAW, MACHINES_OF_CASES, stage_of

# One export holds so many cases; who needs more narrows the filter.
MOST_EXPORTED = 5000
# A deadline within so many calendar days counts as near.
NEAR_DAYS = 7


def case_rows(actor: User) -> QuerySet[Case]:
    """Return the cases `actor` sees, each with what the list shows.

    Annotations: `state_since` (day), `next_deadline` (day or None), `in_back_entry`, `handler_name`,
    `violators` (names).
    """
    changes = (
        Event.objects.filter(
            machine__in=MACHINES_OF_CASES,
            object_id=OuterRef("pk"),
            annuls__isnull=True,
            annulled_by__isnull=True,
        )
        .exclude(to_state="")
        .annotate(standing_day=Coalesce(Subquery(_last_correction()), "legal_day"))
    )
    leads = TeamMember.objects.filter(
        case=OuterRef("pk"), position=TeamPosition.LEAD, until__isnull=True
    )
    violators = Party.objects.filter(
        case=OuterRef("pk"), role=PartyRole.VIOLATOR, removed_at__isnull=True
    )
    return cases_visible_to(actor).annotate(
        state_since=Coalesce(
            Subquery(changes.order_by("-id").values("standing_day")[:1]), "filed_on"
        ),
        next_deadline=_next_deadline(),
        in_back_entry=Exists(BackEntry.objects.filter(RUNNING, case=OuterRef("pk"))),
        handler_name=Subquery(leads.values("user__name")[:1]),
        violators=ArraySubquery(violators.order_by("id").values("name")),
    )


def _last_correction() -> QuerySet[Event, Any]:
    corrections = Event.objects.filter(corrects=OuterRef("pk")).order_by("-id")
    return corrections.values("legal_day")[:1]


def _next_deadline() -> Any:
    column = case_columns.get("next_deadline")
    return column.expression() if column else Value(None, output_field=DateField())


def next_deadline_of(actor: User, case: Case) -> date | None:
    """Return the last day of the earliest running deadline of one case."""
    rows = cases_visible_to(actor).filter(pk=case.pk).annotate(next_deadline=_next_deadline())
    day: date | None = rows.values_list("next_deadline", flat=True).first()
    return day


def narrowed(rows: QuerySet[Case], chosen: dict[str, Any]) -> QuerySet[Case]:
    """Return `rows` narrowed by the cleaned data of `CaseFilterForm`."""
    conditions = Q()
    if text := chosen.get("q"):
        conditions &= case_says(text)
    if states := chosen.get("state"):
        conditions &= Q(state__in=states)
    if stage := chosen.get("stage"):
        conditions &= Q(state__in=[code for code in CASE_STATE_LAW if stage_of(code) == stage])
    if department := chosen.get("department"):
        conditions &= Q(department=department)
    if basis := chosen.get("basis"):
        conditions &= Q(legal_bases__contains=[basis])
    if mode := chosen.get("back_entry"):
        conditions &= Q(in_back_entry=mode == "yes")
    if filed_from := chosen.get("filed_from"):
        conditions &= Q(filed_on__gte=filed_from)
    if filed_to := chosen.get("filed_to"):
        conditions &= Q(filed_on__lte=filed_to)
    conditions &= _on_desk(chosen) & _deadline(chosen.get("deadline", ""))
    return rows.filter(conditions)


def _on_desk(chosen: dict[str, Any]) -> Q:
    """Whose case it is, and whether it still lies there."""
    conditions = OPEN_CASE if chosen.get("open") else Q()
    if handler := chosen.get("handler"):
        conditions &= Q(Exists(_led_by(handler)))
    if member := chosen.get("member"):
        conditions &= Q(Exists(_with_member(member)))
    return conditions


def _led_by(handler: User) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(
        case=OuterRef("pk"), user=handler, position=TeamPosition.LEAD, until__isnull=True
    )


def _with_member(person: User) -> QuerySet[TeamMember]:
    """Return the places of a person who does not lead the case."""
    places = TeamMember.objects.filter(case=OuterRef("pk"), user=person, until__isnull=True)
    return places.exclude(position=TeamPosition.LEAD)


def _deadline(state: str) -> Q:
    today = clock.today()
    return {
        "": Q(),
        "overdue": Q(next_deadline__lt=today),
        "near": Q(next_deadline__range=(today, today + timedelta(days=NEAR_DAYS))),
        "none": Q(next_deadline__isnull=True),
    }[state]


def saved_filters(actor: User, list_name: str) -> QuerySet[SavedFilter]:
    """Return the actor's own filters of a list and those of the office that are shared."""
    shared = Q(shared=True, user__office=actor.office_id)
    rows = SavedFilter.objects.filter(Q(user=actor) | shared, list_name=list_name)
    return rows.select_related("user")
