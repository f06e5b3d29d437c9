"""Every read of recommendations on governance: rows, what happened to them, their clocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Department, DepartmentKind, User
from administrative.governance.lifecycle import (
    ENTERED,
    IN_PREPARATION,
    MAY_BE_CHANGED,
    MAY_BE_CLOSED,
    MAY_BE_OBJECTED_TO,
    OUT,
    WITH_THE_UNIT,
    GovernanceState,
)
from administrative.models import GovernanceRecommendation
from audit import clock
from audit.errors import NotVisible
from audit.prepared import prepared
from cases.models import Attachment, Case, Event, TeamMember
from cases.selectors.events import corrected, standing_events
from cases.selectors.kept_rows import holds
from cases.selectors.matters import cases_visible_to
from cases.together import by_owner, primary_keys
from cases.workplace import title_of
from deadlines.derive import rulebook_of
from deadlines.models import RUNNING, Deadline
from deadlines.periods import Period, Unit, last_day
from deadlines.yearbook import calendar_under
from notices.services.recording import DEPARTMENTS

RECORD, REPLY, INVESTIGATION = "P-59", "P-57", "P-16"
# The events that tell the history of a recommendation; what follows from them is left out.
KINDS = (
    ENTERED,
    "governance_investigation_decided",
    "governance_investigated",
    "governance_drafted",
    "governance_reviewed",
    "governance_decided",
    "governance_sent_out",
    "governance_recorded",
    "governance_objected",
    "governance_objection_decided",
    "governance_change_decided",
    "governance_unit_told",
    "governance_answered",
    "governance_assessed",
    "governance_escalated",
    "governance_closed",
)


# --- rows ------------------------------------------------------------------------------------------


def visible_to(actor: User) -> QuerySet[GovernanceRecommendation]:
    """Return the recommendations of the cases `actor` sees, the newest first."""
    rows = GovernanceRecommendation.objects.filter(case__in=cases_visible_to(actor))
    return rows.select_related("case", "body", "document").order_by("-id")


def of_case(case: Case, states: Collection[str] = GovernanceState.values) -> QuerySet[Any]:
    """Return the recommendations of a case that stand in one of `states`, in their order."""
    rows = GovernanceRecommendation.objects.filter(case=case, state__in=states)
    return rows.select_related("body", "case").order_by("number")


def told_of_case(case: Case) -> list[GovernanceRecommendation]:
    """Return `of_case`, for the page of the case."""
    return _of_case(case.pk) if holds(case, "governance") else []


@prepared(int)
def _of_case(case: int) -> QuerySet[GovernanceRecommendation]:
    rows = GovernanceRecommendation.objects.filter(case=case)
    return rows.select_related("body", "case").order_by("number")


def of_cases(cases: Sequence[Case]) -> dict[int, list[GovernanceRecommendation]]:
    """Return the recommendations of several cases, in any state, by the key of each case."""
    rows = GovernanceRecommendation.objects.filter(case__in=primary_keys(cases))
    return by_owner((row.case_id, row) for row in rows.order_by("number"))


def get(actor: User, key: str, number: int) -> GovernanceRecommendation:
    """Return one recommendation.

    Raises:
        NotVisible: there is none for this actor.
    """
    row = visible_to(actor).filter(case__key=key, number=number).first()
    if row is None:
        raise NotVisible(_("There is no such recommendation."))
    return row


def named(matter: Any, facts: dict[str, Any]) -> GovernanceRecommendation | None:
    """Return the recommendation of this case that facts name."""
    pk = facts.get("recommendation")
    if not pk or not isinstance(matter, Case):
        return None
    return of_case(matter).filter(pk=pk).first()


def filtered(rows: QuerySet[Any], chosen: dict[str, Any]) -> QuerySet[Any]:
    """Narrow a list; what is empty narrows nothing."""
    if key := chosen.get("case"):
        rows = rows.filter(case__key=key)
    if state := chosen.get("state"):
        rows = rows.filter(state=state)
    if unit := (chosen.get("unit") or "").strip():
        rows = rows.filter(body__name__icontains=unit)
    if until := chosen.get("until"):
        rows = rows.filter(pk__in=_due(Q(effective_day__lte=until)))
    if chosen.get("overdue"):
        rows = rows.filter(pk__in=_due(Q(effective_day__lt=clock.today())))
    return rows


def _due(when: Q) -> list[int]:
    """Return the keys of the recommendations with a running clock of `when`."""
    rows = Deadline.objects.filter(when, rule__in=(RECORD, REPLY, INVESTIGATION), state__in=RUNNING)
    facts = rows.values_list("start_event__facts__recommendation", "start_event__facts__document")
    found = {pk for pk, _document in facts if pk}
    documents = {document for _pk, document in facts if document}
    served = GovernanceRecommendation.objects.filter(document__in=documents)
    return [*found, *served.values_list("pk", flat=True)]


# --- to whom ---------------------------------------------------------------------------------------


def has_legal_policy_department(case: Case) -> bool:
    """Say whether the office has a department of legal policy (PRR 17)."""
    return Department.objects.filter(
        office=case.office_id, kind=DepartmentKind.LEGAL_POLICY
    ).exists()


def reviewers(case: Case) -> QuerySet[User]:
    """Return who may review: people of the legal-policy department who do not handle the case."""
    team = TeamMember.objects.filter(case=case).values("user")
    rows = User.objects.filter(
        office=case.office_id, department__kind=DepartmentKind.LEGAL_POLICY, is_active=True
    )
    return rows.exclude(pk__in=team).order_by("name", "id")


# --- what happened ---------------------------------------------------------------------------------


def events_of(row: GovernanceRecommendation, *kinds: str) -> QuerySet[Event]:
    """Return the standing events of a recommendation, oldest first."""
    rows = standing_events(row.case).filter(kind__in=kinds or KINDS, facts__recommendation=row.pk)
    return rows.prefetch_related("corrections", "proofs")


def last(row: GovernanceRecommendation, kind: str) -> dict[str, Any]:
    """Return the facts of the last event of a kind as they stand; empty where there is none."""
    event = events_of(row, kind).order_by("-id").first()
    return corrected(event)[1] if event else {}


def review_of(row: GovernanceRecommendation) -> dict[str, Any]:
    """Return the review that covers the contents as they are; empty once they were changed."""
    drafted = events_of(row, "governance_drafted").order_by("-id").values_list("pk", flat=True)
    event = events_of(row, "governance_reviewed").order_by("-id").first()
    if event is None or (drafted and drafted[0] > event.pk):
        return {}
    return corrected(event)[1]


def departments_recorded(row: GovernanceRecommendation) -> set[str]:
    """Return the departments of the next-higher office that have the record (PRR 21)."""
    return {
        str(corrected(event)[1].get("department"))
        for event in events_of(row, "governance_recorded")
    }


def departments_missing(row: GovernanceRecommendation) -> list[str]:
    """Return the departments the record has not gone to."""
    done = departments_recorded(row)
    return [code for code, _title in DEPARTMENTS if code not in done]


def clocks_of(row: GovernanceRecommendation) -> list[Deadline]:
    """Return the clocks of a recommendation, the earliest last day first."""
    chosen = Q(start_event__facts__recommendation=row.pk)
    if row.document_id:
        chosen |= Q(start_event__facts__document=row.document_id, rule=REPLY)
    rows = Deadline.objects.filter(chosen, case=row.case_id).select_related("ended_by")
    return list(rows.order_by("effective_day", "id"))


def reply_clock(row: GovernanceRecommendation) -> Deadline | None:
    """Return the time to reply of the unit, None while it has not received anything."""
    return next((clock for clock in clocks_of(row) if clock.rule == REPLY), None)


def next_days(rows: Iterable[GovernanceRecommendation]) -> dict[int, date]:
    """Return the next last day of each recommendation that has a running clock, with one query for all."""
    shown = list(rows)
    by_document = {row.document_id: row.pk for row in shown if row.document_id}
    keys = [row.pk for row in shown]
    running = Deadline.objects.filter(
        Q(start_event__facts__recommendation__in=keys)
        | Q(start_event__facts__document__in=list(by_document), rule=REPLY),
        state__in=RUNNING,
    ).values_list(
        "start_event__facts__recommendation", "start_event__facts__document", "effective_day"
    )
    found: dict[int, date] = {}
    for pk, document, day in running:
        key = pk or by_document.get(document)
        if key is not None:
            found[key] = min(found.get(key, day), day)
    return found


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened to a recommendation."""

    event: Event
    day: date
    title: str
    person: str
    text: str
    files: list[Attachment]


# The facts of which the first that is stated is shown in a history; the event's own page shows all.
TOLD = ("text", "grounds", "reasons", "findings", "opinion", "result", "account", "reason")


def history_of(row: GovernanceRecommendation) -> list[HistoryLine]:
    """Return what happened to a recommendation, oldest first."""
    return [_line(event) for event in events_of(row)]


def _line(event: Event) -> HistoryLine:
    day, facts = corrected(event)
    return HistoryLine(
        event=event,
        day=day,
        title=title_of(event),
        person=event.recorded_by.name if event.recorded_by else "",
        text=next((str(facts[name]) for name in TOLD if facts.get(name)), ""),
        files=list(event.proofs.all()),
    )


def last_day_to_object(row: GovernanceRecommendation, served: date) -> date | None:
    """Return the last day of the period the recommendation names for objections (PRR 16(5); CPL 85)."""
    if row.objection_days is None:
        return None
    calendar = calendar_under(rulebook_of(row.case))
    return last_day(served, Period(row.objection_days, Unit.DAY), calendar).last_day


def last_day_to_reply(row: GovernanceRecommendation, served: date) -> date | None:
    """Return the day the recommendation itself names for the answer, where it is urgent (PRR 19)."""
    return served + timedelta(days=row.reply_days) if row.reply_days else None


# --- what can be recorded --------------------------------------------------------------------------

# In which states of the recommendation each step is offered on its page.
STEPS: dict[str, Collection[str]] = {
    "G-1-4": IN_PREPARATION,
    "G-1-2": IN_PREPARATION,
    "G-1-3": IN_PREPARATION,
    "G-2": IN_PREPARATION,
    "G-3": IN_PREPARATION,
    "G-4": (GovernanceState.DECIDED,),
    "G-5": OUT,
    "G-6": MAY_BE_OBJECTED_TO,
    "G-7": (GovernanceState.OBJECTED,),
    "G-8": MAY_BE_CHANGED,
    "G-8-2": (GovernanceState.CHANGED, GovernanceState.WITHDRAWN, *WITH_THE_UNIT),
    "G-9": WITH_THE_UNIT,
    "G-10": (GovernanceState.ANSWERED,),
    "G-11": WITH_THE_UNIT,
    "G-12": MAY_BE_CLOSED,
}


def is_offered(row: GovernanceRecommendation, code: str) -> bool:
    """Say whether a step fits the recommendation as it stands."""
    if row.state not in STEPS[code]:
        return False
    match code:
        case "G-5":
            return bool(departments_missing(row))
        case "G-8-2":
            return untold(row) is not None
        case "G-1-2":
            return not events_of(row, "governance_investigation_decided").exists()
        case "G-1-3":
            return investigation_runs(row)
    return True


def investigation_runs(row: GovernanceRecommendation) -> bool:
    """Say whether an investigation was decided that is not over (PRR 15)."""
    decided = events_of(row, "governance_investigation_decided").exists()
    return decided and not events_of(row, "governance_investigated").exists()


def untold(row: GovernanceRecommendation) -> Event | None:
    """Return the last decision on an objection or a change of which the unit was not told (PRR 22-23)."""
    kinds = ("governance_objection_decided", "governance_change_decided")
    decided = events_of(row, *kinds).order_by("-id").first()
    if decided is None or row.served_on is None:
        return None
    told = events_of(row, "governance_unit_told").filter(pk__gt=decided.pk)
    return None if told.exists() else decided
