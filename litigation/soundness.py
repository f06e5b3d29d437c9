"""Whether claims, judgments, items, loans, co-plaintiffs and track of a case are what its events say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from cases.models import Case, Event, Lead, Party, StaffLoan
from cases.registries import verifiers
from cases.together import primary_keys, rows_of
from litigation.models import Claim, Judgment, OperativeItem
from litigation.services import criminal, joining, loans, records
from litigation.services.records import synchronise

# What a claim, a judgment, an item, a loan, a co-plaintiff or the track follows from.
KINDS = records.KINDS | {loans.KIND, joining.KIND} | criminal.TRACKS.keys()


def records_follow(matter: Lead | Case) -> Iterator[str]:
    """Writing the rows anew from the events changes none of them."""
    if not isinstance(matter, Case) or not rows_of(matter, _concerned):
        return
    before = _rows(matter)
    with transaction.atomic():
        synchronise(matter)
        loans.synchronise(matter)
        after = _rows(matter)
        transaction.set_rollback(True)
    for name, present in before.items():
        if present != after[name]:
            yield f"the {name} are not what the events say"
    if joining.entered(matter) != joining.told(matter):
        yield "the co-plaintiffs are not what the events say"
    told = criminal.track_told(matter)
    if told is not None and matter.track != told:
        yield "the track is not what the events say"


def _concerned(cases: Sequence[Case]) -> dict[int, list[bool]]:
    """Tell which cases have a row of these tables, or an event that one follows from.

    Annulled events and those of the lead count too: they may have left a row, and asking in vain costs no
    more than time.
    """
    keys, leads = primary_keys(cases), {case.lead_id: case.pk for case in cases if case.lead_id}
    told = Event.objects.filter(Q(case__in=keys) | Q(lead__in=leads), kind__in=KINDS).order_by()
    owners = {
        of
        for case, lead in told.values_list("case_id", "lead_id")
        for of in (case, leads.get(lead))
    }
    joined = Party.objects.filter(joined_by__isnull=False)
    tables = (Claim.objects, Judgment.objects, StaffLoan.objects, joined)
    for rows in tables:
        owners |= set(rows.filter(case__in=keys).order_by().values_list("case_id", flat=True))
    return {of: [True] for of in owners if of is not None}


def _rows(case: Case) -> dict[str, list[Any]]:
    return {
        "claims": list(Claim.objects.filter(case=case).order_by("pk").values()),
        "judgments": list(Judgment.objects.filter(case=case).order_by("pk").values()),
        "operative items": list(
            OperativeItem.objects.filter(judgment__case=case).order_by("pk").values()
        ),
        "loans of staff": list(StaffLoan.objects.filter(case=case).order_by("pk").values()),
    }


def register() -> None:
    """Hand the question to the registry."""
    verifiers.register("litigation", records_follow)
