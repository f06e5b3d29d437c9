"""What a matter holds at all, asked for every kind of row at once.

The page of a matter is put together by a dozen rooms, and most of them have nothing of it: asking each for
nothing took longer than what there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, QuerySet

from accounts.reading import is_reading, once
from audit.prepared import prepared
from cases.models import Case, Lead
from cases.registries import kept_rows
from cases.selectors.keys import keys_of

if TYPE_CHECKING:
    Matter = Lead | Case

# Before the code of a kind, so that no field of a matter bears the same name.
_NAMED = "has_"


def holds(matter: Matter, kind: str) -> bool:
    """Say whether a matter has a row of a kind of the registry `kept_rows`, its case's lead included.

    Whoever writes is told that there may be one, and asks for it under the lock.
    """
    if not is_reading():
        return True
    return kind in kinds_held(matter)


def kinds_held(matter: Matter) -> frozenset[str]:
    """Return the kinds of which a matter has rows, the case's lead included; read once while only reading."""
    return once(("kept rows", type(matter), matter.pk), lambda: _held(matter))


def _held(matter: Matter) -> frozenset[str]:
    ask = _of_lead if isinstance(matter, Lead) else _of_case
    # A matter that is being imported is not there yet, and has nothing.
    row = ask.one(*keys_of(matter)) or {}
    return frozenset(kind for kind in kept_rows if row.get(f"{_NAMED}{kind}"))


@prepared(int, int)
def _of_case(case: int, lead: int) -> QuerySet[Case, Any]:
    return Case.objects.filter(pk=case).order_by().values(**_asked(case, lead))


@prepared(int, int)
def _of_lead(case: int, lead: int) -> QuerySet[Lead, Any]:
    return Lead.objects.filter(pk=lead).order_by().values(**_asked(case, lead))


def _asked(case: int, lead: int) -> dict[str, Exists]:
    return {f"{_NAMED}{kind}": Exists(rows(case, lead)) for kind, rows in kept_rows.items()}
