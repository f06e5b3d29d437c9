"""What became of the recommendations to a body: received, answered, assessed. Told, never ranked.

An actor reads of the cases he may see and of no other, whatever office they are of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from administrative.models import Assessment, Body, Measure, Recommendation, Reply
from audit import clock
from audit.errors import Text
from cases.models import Case, Event
from cases.selectors.events import corrected
from cases.selectors.matters import cases_visible_to
from deadlines.models import Deadline, DeadlineState

# The periods in which an authority answers a recommendation, the plain and the urgent one (JI 21).
REPLY_PERIODS = ("P-53", "P-54")
RECEIVED = "recommendation_received"
STANDS = Q(annulled_by__isnull=True, corrects__isnull=True, annuls__isnull=True)
ORDER = ("-decision__legal_day", "-id")


def recommendations_to(actor: User, body: Body) -> QuerySet[Recommendation]:
    """Return the decided recommendations to a body the actor may see, those of merged entries included."""
    to_it = Q(body=body) | Q(body__merged_into=body)
    return (
        Recommendation.objects.filter(
            to_it,
            case__in=cases_visible_to(actor),
            decision__isnull=False,
            decision__annulled_by__isnull=True,
        )
        .select_related("body", "decision", "case__office")
        .prefetch_related(
            Prefetch("case__events", _standing().filter(kind=RECEIVED), to_attr="receipts"),
            Prefetch("case__deadlines", _running(), to_attr="reply_periods"),
            "decision__corrections",
            Prefetch("replies", _standing_rows(Reply), to_attr="standing_replies"),
            Prefetch("measures", Measure.objects.order_by("number")),
            Prefetch(
                "measures__assessments", _standing_rows(Assessment), to_attr="standing_assessments"
            ),
        )
    )


def _standing() -> QuerySet[Event]:
    return Event.objects.filter(STANDS).order_by("id").prefetch_related("corrections")


def _standing_rows(model: type[Reply] | type[Assessment]) -> QuerySet[Reply | Assessment]:
    """Return replies or assessments whose event was not annulled, in the order of recording."""
    rows = model._default_manager.filter(event__annulled_by__isnull=True)
    return rows.select_related("event").prefetch_related("event__corrections").order_by("id")


def _running() -> QuerySet[Deadline]:
    ended = (DeadlineState.CANCELLED, DeadlineState.SUPERSEDED)
    return Deadline.objects.filter(rule__in=REPLY_PERIODS).exclude(state__in=ended).order_by("id")


@dataclass(frozen=True)
class Told:
    """One recommendation as the history tells it.

    Attributes:
        received_on: None while no receipt is recorded.
        due_on: last day of the written reply (JI 21); None where no period runs.
        replied_on: day of the first reply; None without one.
        results: each measure with what the last assessment found.
    """

    recommendation: Recommendation
    case: Case
    decided_on: date
    received_on: date | None
    due_on: date | None
    replied_on: date | None
    results: list[tuple[Measure, Assessment | None]]

    @property
    def answer(self) -> tuple[Text, str]:
        """Whether it was answered in time, in words, and how serious that is."""
        if self.replied_on is None:
            if self.due_on is None:
                return _("Not answered"), ""
            if clock.today() <= self.due_on:
                return _("Not answered yet"), ""
            return _("Not answered in time"), "bad"
        if self.due_on is None:
            return _("Answered"), ""
        if self.replied_on <= self.due_on:
            return _("Answered in time"), "ok"
        return _("Answered late"), "warn"

    @property
    def words(self) -> Text:
        """`answer` without its tone."""
        return self.answer[0]

    @property
    def tone(self) -> str:
        """How serious `answer` is."""
        return self.answer[1]


def told_of(rows: Iterable[Recommendation]) -> list[Told]:
    """Return what the history tells of recommendations of `recommendations_to`."""
    return [_told(row) for row in rows]


def _told(row: Recommendation) -> Told:
    assert row.decision is not None  # only decided ones stand in the history
    case = row.case
    receipts, periods = case.receipts, case.reply_periods  # type: ignore[attr-defined]
    replies = row.standing_replies  # type: ignore[attr-defined]
    return Told(
        recommendation=row,
        case=case,
        decided_on=corrected(row.decision)[0],
        received_on=corrected(receipts[-1])[0] if receipts else None,
        due_on=periods[-1].effective_day if periods else None,
        replied_on=min((corrected(reply.event)[0] for reply in replies), default=None),
        results=[(measure, _last(measure)) for measure in row.measures.all()],
    )


def _last(measure: Measure) -> Assessment | None:
    found = measure.standing_assessments  # type: ignore[attr-defined]
    return found[-1] if found else None
