"""The rows of the list of cases, for the page and for the export alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from accounts.selectors import offices_in
from audit import clock
from audit.keyset import COUNTED
from audit.prepared import prepared
from cases.models import (
    BackEntry,
    Case,
    CaseDates,
    CaseTag,
    Party,
    PartyRole,
    TeamMember,
    TeamPosition,
    Track,
)
from cases.selectors.assignment import OPEN_CASE
from cases.selectors.back_entry import RUNNING, open_status
from cases.selectors.matters import cases_visible_to
from cases.selectors.tags import bears, tag_rows
from cases.selectors.words import case_says
from cases.states import CASE_STATE_LAW, stage_of

# One export holds so many cases; who needs more narrows the filter.
MOST_EXPORTED = 5000
# A deadline within so many calendar days counts as near.
NEAR_DAYS = 7

# Each order of the list is a walk along an index; addresses call it by this name. Without one the latest
# number comes first. A case without a running deadline stands last in both directions.
ORDERS = {
    "key": "key",
    "-key": "-key",
    "filed_on": "filed_on",
    "-filed_on": "-filed_on",
    "next_deadline": "dates__due_rising",
    "-next_deadline": "-dates__due_falling",
    "state_since": "dates__state_since",
    "-state_since": "-dates__state_since",
    "updated": "dates__updated_at",
    "-updated": "-dates__updated_at",
}
LATEST = "-id"
# What the rows of a list in such an order bear beside; every case has its row of days (triggers see to it),
# so it is never empty.
SORTED_BY = "sorted_by"
FILLED = (SORTED_BY,)


def case_rows(actor: User) -> QuerySet[Case]:
    """Return the cases `actor` sees, each with what the list shows (`with_shown`)."""
    return with_shown(cases_visible_to(actor))


def shown_cases(keys: Sequence[int]) -> list[Any]:
    """Return the cases with these primary keys in their order, each with what the list shows.

    Whoever asks has found the keys among what the reader sees.
    """
    found = {case.pk: case for case in _shown_cases(list(keys))}
    return [found[key] for key in keys if key in found]


@prepared(list)
def _shown_cases(keys: list[int]) -> QuerySet[Case]:
    return with_shown(Case.objects.filter(pk__any_of=keys))


def with_shown(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Return `rows` each with what the list shows.

    Annotations: `state_since` (day), `next_deadline` (day or None), `updated_at` (instant),
    `back_entry_status`, `handler_name`, `handler_pk`, `lead_key`, `respondents` (names), `tag_rows`
    (a mapping of id, name and use for each label).
    """
    leads = TeamMember.objects.filter(
        case=OuterRef("pk"), position=TeamPosition.LEAD, until__isnull=True
    )
    respondents = Party.objects.filter(
        Q(role=PartyRole.VIOLATOR) | Q(role=PartyRole.AUTHORITY, case__track=Track.ADMINISTRATIVE),
        case=OuterRef("pk"),
        removed_at__isnull=True,
    )
    return with_dates(rows).annotate(
        back_entry_status=open_status(),
        handler_name=Subquery(leads.values("user__name")[:1]),
        handler_pk=Subquery(leads.values("user_id")[:1]),
        lead_key=F("lead__key"),
        respondents=ArraySubquery(respondents.order_by("id").values("name")),
        tag_rows=tag_rows(CaseTag),
    )


def with_dates(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Return `rows` each with its days, looked up row by row: a join would be asked of all rows before."""
    dates = CaseDates.objects.filter(case=OuterRef("pk"))
    return rows.annotate(
        next_deadline=Subquery(dates.values("next_due")),
        state_since=Subquery(dates.values("state_since")),
        updated_at=Subquery(dates.values("updated_at")),
    )


def in_order(rows: QuerySet[Case], sort: str) -> tuple[QuerySet[Case], str]:
    """Return `rows` ready for an order, and the path that `audit.keyset.page` orders them by; see `FILLED`.

    Args:
        sort: one of `ORDERS`; anything else stands for the latest first.
    """
    path = ORDERS.get(sort, LATEST)
    name = path.removeprefix("-")
    if not name.startswith("dates__"):
        return rows, path
    # Said to be there, so that the database may begin with the index of the days.
    found = rows.filter(dates__isnull=False).annotate(**{SORTED_BY: F(name)})
    return found, f"-{SORTED_BY}" if path.startswith("-") else SORTED_BY


def keys_in(rows: QuerySet[Case], path: str) -> QuerySet[Case, dict[str, Any]]:
    """Return `rows` with nothing but what a page needs to be cut: primary key, value of the order, number."""
    names = {"pk", path.removeprefix("-"), *({COUNTED} & set(rows.query.annotations))}
    found: QuerySet[Case, dict[str, Any]] = rows.values(*sorted(names))
    return found


def next_deadline_of(case: Case) -> date | None:
    """Return the last day of the earliest running deadline of one case."""
    return CaseDates.objects.values_list("next_due", flat=True).get(case=case)


# What the list is narrowed by with one condition on the case itself.
_PLAIN = {
    "state": "state__in",
    "track": "track",
    "department": "department",
    "filed_from": "filed_on__gte",
    "filed_to": "filed_on__lte",
}


def narrowed(rows: QuerySet[Case], chosen: dict[str, Any]) -> QuerySet[Case]:
    """Return `rows` narrowed by the cleaned data of `CaseFilterForm`."""
    conditions = Q()
    for name, lookup in _PLAIN.items():
        if chosen.get(name):
            conditions &= Q(**{lookup: chosen[name]})
    if text := chosen.get("q"):
        conditions &= case_says(text)
    if stages := chosen.get("stage"):
        conditions &= in_stages(stages)
    if region := chosen.get("region"):
        conditions &= in_region(region)
    if basis := chosen.get("basis"):
        conditions &= Q(legal_bases__contains=[basis])
    for tag in chosen.get("tag") or ():
        conditions &= bears(CaseTag, tag)
    if mode := chosen.get("back_entry"):
        running = Q(Exists(BackEntry.objects.filter(RUNNING, case=OuterRef("pk"))))
        conditions &= running if mode == "yes" else ~running
    return rows.filter(conditions & _on_desk(chosen) & due(chosen.get("deadline", "")))


def _on_desk(chosen: dict[str, Any]) -> Q:
    """Whose case it is, and whether it still lies there."""
    conditions = OPEN_CASE if chosen.get("open") else Q()
    if handler := chosen.get("handler"):
        conditions &= Q(Exists(_led_by(handler)))
    if member := chosen.get("member"):
        conditions &= Q(Exists(_with_member(member)))
    return conditions


def in_stages(stages: Collection[str]) -> Q:
    """Return the condition that a case stands in one of these stages."""
    return Q(state__in=[code for code in CASE_STATE_LAW if stage_of(code) in stages])


def in_region(region: str) -> Q:
    """Return the condition that the office of a case lies in a region; offices are few, so they are named."""
    return Q(office__in=[office.pk for office in offices_in(region)])


def _led_by(handler: int) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(
        case=OuterRef("pk"), user=handler, position=TeamPosition.LEAD, until__isnull=True
    )


def _with_member(person: int) -> QuerySet[TeamMember]:
    """Return the places of a person who does not lead the case."""
    places = TeamMember.objects.filter(case=OuterRef("pk"), user=person, until__isnull=True)
    return places.exclude(position=TeamPosition.LEAD)


def due(state: str) -> Q:
    """Return the condition on the next deadline: "overdue", "near", "none" or "" for any."""
    today = clock.today()
    return {
        "": Q(),
        "overdue": Q(dates__next_due__lt=today),
        "near": Q(dates__next_due__range=(today, today + timedelta(days=NEAR_DAYS))),
        "none": Q(dates__next_due__isnull=True),
    }[state]
