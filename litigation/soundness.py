"""Whether claims, judgments, items, loans, co-plaintiffs and track of a case are what its events say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from cases.models import Case, Lead, StaffLoan
from cases.registries import verifiers
from litigation.models import Claim, Judgment, OperativeItem
from litigation.services import criminal, joining, loans
from litigation.services.records import synchronise


def records_follow(matter: Lead | Case) -> Iterator[str]:
    """Writing the rows anew from the events changes none of them."""
    if not isinstance(matter, Case):
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
