"""Whether the record of a matter hangs together: what `manage.py verify_cases` asks (design 1, idea 2).

Each question is written for many matters (`cases.together`): read one by one, a million of them take days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import F, Func, Max, TextField
from django.db.models.functions import Cast

from audit.models import AuditEvent
from audit.words import Pairs
from cases.models import Case, CaseDates, CaseWords, Event, Lead
from cases.registries import machines, verifiers
from cases.selectors.events import corrected_together
from cases.states import MACHINES_OF_CASES
from cases.together import by_owner, owner_of, primary_keys, rows_of

if TYPE_CHECKING:
    Matter = Lead | Case


def faults_of(matter: Matter) -> Iterator[str]:
    """Yield every fault any room finds in the record of a matter, the kernel's own first."""
    for verify in verifiers.values():
        yield from verify(matter)


def state_follows(matter: Matter) -> Iterator[str]:
    """The state is that of the last change, and each change is declared and begins where the last ended."""
    edges = machines[matter.machine].edges()
    state = ""
    for event in rows_of(matter, _changes):
        if event.from_state != state:
            yield f"event {event.pk} leaves {event.from_state or 'nothing'} where {state or 'nothing'} stood"
        if event.annuls is not None:
            reverses = (event.annuls.to_state, event.annuls.from_state)
            if (event.from_state, event.to_state) != reverses:
                yield f"event {event.pk} does not reverse event {event.annuls.pk}, which it annuls"
        elif (event.from_state, event.to_state) not in edges:
            yield f"event {event.pk} goes from {event.from_state} to {event.to_state}, which is not declared"
        state = event.to_state
    if state != matter.state:
        yield f"the state is {matter.state}, the last event says {state or 'nothing'}"


def _changes(matters: Sequence[Matter]) -> dict[int, list[Event]]:
    machine_of = {matter.pk: matter.machine for matter in matters}
    # A copy in another office's case names what moved here (T64), but moved nothing.
    rows = Event.objects.filter(
        machine__in=set(machine_of.values()), object_id__in=machine_of, copied_from__isnull=True
    )
    rows = rows.exclude(to_state="").select_related("annuls").defer("facts").order_by("id")
    return by_owner(
        (row.object_id, row)
        for row in rows
        if row.object_id is not None and row.machine == machine_of[row.object_id]
    )


def events_are_audited(matter: Matter) -> Iterator[str]:
    """Every event recorded here has its audit entry; copies from another office have theirs there."""
    for pk in rows_of(matter, _unrecorded):
        yield f"event {pk} has no audit entry"


def _unrecorded(matters: Sequence[Matter]) -> dict[int, list[int]]:
    owner = owner_of(matters)
    recorded = Event.objects.filter(
        **{f"{owner}__in": primary_keys(matters)}, copied_from__isnull=True
    )
    owners = dict(recorded.order_by("id").values_list("pk", owner))
    named = AuditEvent.objects.filter(object_type="event", object_id__in=map(str, owners))
    audited = set(named.values_list("object_id", flat=True))
    return by_owner((of, pk) for pk, of in owners.items() if str(pk) not in audited)


def dates_are_kept(matter: Matter) -> Iterator[str]:
    """The days lists sort a case by follow from its record of events (migration 0020)."""
    if isinstance(matter, Lead):
        return
    dates = dates_of(matter)
    since = next(reversed(rows_of(matter, _days_of_changes)), matter.filed_on)
    if dates.state_since != since:
        yield f"lists say that the state holds since {dates.state_since}, not {since}"
    updated = max([*rows_of(matter, _latest_entry), matter.created_at])
    if dates.updated_at != updated:
        yield f"lists say that the latest entry is of {dates.updated_at}, not {updated}"


def words_are_kept(matter: Matter) -> Iterator[str]:
    """What the search looks for a case by is what it and its parties bear.

    The function `cases_words_of` says what that is; the numbers of courts came into it with migration 0009 of
    `litigation`, and whoever defines it anew has to keep them.
    """
    if isinstance(matter, Case) and not rows_of(matter, _words_that_hold):
        yield "the search looks for the case by other words than it bears"


def _words_that_hold(cases: Sequence[Case]) -> dict[int, list[int]]:
    """Return the cases whose kept words and pairs are those the database finds anew."""
    words = Func("case_id", function="cases_words_of", output_field=TextField())
    kept = CaseWords.objects.filter(case__in=primary_keys(cases), text=words)
    told = kept.annotate(kept=Cast("pairs", TextField()), anew=Cast(Pairs(F("text")), TextField()))
    holds = told.filter(kept=F("anew")).order_by().values_list("pk", flat=True)
    return by_owner((pk, pk) for pk in holds)


def dates_of(case: Case) -> CaseDates:
    """Return the days lists sort a case by."""
    found = rows_of(case, _dates)
    return found[0] if found else case.dates  # which says that there are none


def _dates(cases: Sequence[Case]) -> dict[int, list[CaseDates]]:
    return by_owner(
        (row.case_id, row) for row in CaseDates.objects.filter(case__in=primary_keys(cases))
    )


def _days_of_changes(cases: Sequence[Case]) -> dict[int, list[date]]:
    """Return the days of the standing changes of state of each case, in the order of recording."""
    known = {case.pk: case for case in cases}
    changes = Event.objects.filter(
        machine__in=MACHINES_OF_CASES,
        object_id__in=known,
        annulled_by__isnull=True,
        corrects__isnull=True,
        annuls__isnull=True,
    )
    told = corrected_together(changes.exclude(to_state="").order_by("id"))
    return by_owner(
        (row.object_id, day)
        for row, day, _facts in told
        if row.object_id is not None and _stands_in(known[row.object_id], row)
    )


def _stands_in(case: Case, event: Event) -> bool:
    of_lead = event.lead_id is not None and event.lead_id == case.lead_id
    return event.case_id == case.pk or of_lead


def _latest_entry(cases: Sequence[Case]) -> dict[int, list[datetime]]:
    rows = Event.objects.filter(case__in=primary_keys(cases)).order_by().values_list("case_id")
    return by_owner((of, at) for of, at in rows.annotate(at=Max("recorded_at")) if of is not None)


def register() -> None:
    """Hand the kernel's questions to the registry."""
    verifiers.register("state", state_follows)
    verifiers.register("audit", events_are_audited)
    verifiers.register("dates", dates_are_kept)
    verifiers.register("words", words_are_kept)
