"""Whether the obligations of a case stand as their events say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cases.models import Case, Event, Lead
from cases.registries import verifiers
from cases.together import by_owner, primary_keys, rows_of
from enforcement.models import Obligation


def obligations_follow(matter: Lead | Case) -> Iterator[str]:
    """Each obligation stands where its last event left it, and has one event that entered it."""
    if not isinstance(matter, Case):
        return
    for row in rows_of(matter, _obligations):
        states = _moves(row)
        if states[:1] != [("", "pending")]:
            yield f"obligation {row.number} was not entered by an event"
        elif states[-1][1] != row.state:
            yield f"obligation {row.number} is {row.state}, its last event says {states[-1][1]}"
        if (row.text, row.amount) != (row.item.text, row.item.amount):
            yield f"obligation {row.number} does not say what its paragraph says"


def _obligations(cases: Sequence[Case]) -> dict[int, list[Obligation]]:
    rows = Obligation.objects.filter(case__in=primary_keys(cases)).select_related("item")
    return by_owner((row.case_id, row) for row in rows)


def _moves(row: Obligation) -> list[tuple[str, str]]:
    events = Event.objects.filter(machine="obligation", object_id=row.pk).order_by("id")
    return list(events.values_list("from_state", "to_state"))


def register() -> None:
    """Hand the question to the registry."""
    verifiers.register("obligations", obligations_follow)
