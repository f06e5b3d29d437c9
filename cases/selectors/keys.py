"""The primary keys of a matter and its rows, for questions that are written once (`audit.prepared`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cases.models import Case, Lead

if TYPE_CHECKING:
    Matter = Lead | Case


def keys_of(matter: Matter) -> tuple[int, int]:
    """Return the primary keys of a case and its lead, 0 for what there is not; see `of_keys`."""
    return (0, matter.pk) if isinstance(matter, Lead) else (matter.pk, matter.lead_id or 0)


def own_keys(matter: Matter) -> tuple[int, int]:
    """Return the primary keys of a case without its lead, or of a lead; 0 for what there is not."""
    return (0, matter.pk) if isinstance(matter, Lead) else (matter.pk, 0)


def is_of(row: Any, keys: tuple[int, int]) -> bool:
    """Say whether a row belongs to a case or its lead, whose keys may be 0 for none."""
    case, lead = keys
    return (row.case_id or 0, row.lead_id or 0) in ((case, 0), (0, lead))


def of_keys(case: int, lead: int) -> Q:
    """Return the condition of belonging to a case or its lead, whose keys may be 0 for none."""
    return Q(case=case) | Q(lead=lead)
