"""What became of the recommendations on governance served in a time, as the figures ask for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from accounts.models import User
from administrative.governance.forms import Adoption
from administrative.governance.lifecycle import FINAL
from administrative.governance.selectors import REPLY, visible_to
from administrative.models import Body, GovernanceRecommendation
from cases.models import Event
from cases.selectors.events import corrected
from deadlines.models import Deadline, DeadlineState

ANSWERED, ASSESSED, ESCALATED = (
    "governance_answered",
    "governance_assessed",
    "governance_escalated",
)
Happened = Mapping[tuple[int, str], list[Event]]


def served(actor: User, first: date, last: date) -> Iterator[dict[str, Any]]:
    """Yield what the figures ask of each recommendation the unit received from `first` to `last`.

    A recommendation on governance has no measures: it counts as one thing recommended, assessed or not,
    adopted or not, ended or not. An entry that was merged counts for its heir.
    """
    seen = visible_to(actor).select_related("body__merged_into")
    rows = list(seen.filter(served_on__range=(first, last)).order_by("pk"))
    happened, due = _happened(rows), _last_days(rows)
    for row in rows:
        answered = happened.get((row.pk, ANSWERED), [])
        assessed = happened.get((row.pk, ASSESSED), [])
        yield {
            **_group(row.body.merged_into or row.body),
            "due": due.get(row.pk),
            "answered_on": next((corrected(event)[0] for event in answered), None),
            "asked": int(bool(assessed)),
            "found_done": int(bool(assessed) and _is_adopted(assessed[-1])),
            "made_final": int(row.state in FINAL),
            "sued": False,
            "escalations": len(happened.get((row.pk, ESCALATED), [])),
        }


def _group(body: Body) -> dict[str, Any]:
    return {
        "group_body": body.pk,
        "group_name": body.name,
        "group_kind": body.kind,
        "group_region": body.region,
    }


def _is_adopted(event: Event) -> bool:
    return bool(corrected(event)[1].get("adoption") == Adoption.ADOPTED)


def _happened(rows: Iterable[GovernanceRecommendation]) -> Happened:
    """Return the standing events of the recommendations by recommendation and kind, oldest first."""
    found: dict[tuple[int, str], list[Event]] = defaultdict(list)
    events = Event.objects.filter(
        kind__in=(ANSWERED, ASSESSED, ESCALATED),
        facts__recommendation__in=[row.pk for row in rows],
        annulled_by__isnull=True,
        annuls__isnull=True,
        copied_from__isnull=True,
    )
    for event in events.prefetch_related("corrections").order_by("id"):
        found[event.facts["recommendation"], event.kind].append(event)
    return found


def _last_days(rows: Iterable[GovernanceRecommendation]) -> dict[int, date]:
    """Return the last day of the time to answer (P-57) of each recommendation that has one."""
    by_document = {row.document_id: row.pk for row in rows if row.document_id}
    clocks = Deadline.objects.filter(
        Q(start_event__facts__recommendation__in=[row.pk for row in rows])
        | Q(start_event__facts__document__in=list(by_document)),
        rule=REPLY,
    ).exclude(state__in=(DeadlineState.CANCELLED, DeadlineState.SUPERSEDED))
    facts = clocks.order_by("id").values_list(
        "start_event__facts__recommendation", "start_event__facts__document", "effective_day"
    )
    return {pk or by_document[document]: day for pk, document, day in facts}
