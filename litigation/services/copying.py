"""A new case that takes over what another says of itself: after a transfer (T64) or a split (S57)."""

from __future__ import annotations

from typing import Any

from accounts.models import Department, Office, User
from cases.models import Case, Party
from cases.services.numbering import next_serial

# What the new case takes over word for word.
SAME = (
    "title",
    "confidential",
    "kind",
    "track",
    "legal_bases",
    "filed_on",
    "summary",
    "act_place",
    "harm_place",
    "persons_concerned",
    "items_concerned",
    "minors_concerned",
    "sensitive",
    "violator_unknown",
    "severe",
    "rulebook",
)


def open_copy(
    source: Case,
    *,
    created_by: User,
    office: Office,
    department: Department | None,
    year: int,
    state: str,
    **changes: Any,
) -> Case:
    """Make a case of `office` that says of itself what `source` does, but for `changes`.

    Runs inside the caller's transaction; the event of the new state is the caller's to record.
    """
    serial = next_serial(office=office, year=year, series="case")
    return Case.objects.create(
        key=f"{office.code}-{year}-{serial:05}",
        office=office,
        department=department,
        year=year,
        serial=serial,
        created_by=created_by,
        state=state,
        **{name: getattr(source, name) for name in SAME} | changes,
    )


def copy_parties(actor: User, source: Case, case: Case) -> None:
    """Enter the present parties of `source` in `case`; who joined the one suit has not joined another."""
    for party in Party.objects.filter(case=source, removed_at__isnull=True).order_by("pk"):
        party.pk, party._state.adding = None, True
        party.case, party.created_by, party.joined_by = case, actor, None
        party.save()
