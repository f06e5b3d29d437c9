"""Where each case against an authority stands: sent, answered, assessed, final, carried further (law 9).

Everything is read from the events and the rows that follow from them, so that a list costs the same
however long it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case as Choice
from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, RowNumber
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from administrative.models import Assessment, Measure
from administrative.models.assessment import FINAL_RESULTS
from administrative.selectors.clocks import REPLY_PERIODS, REVIEW_PERIODS
from administrative.selectors.recommendations import PAPER
from audit import clock
from cases.models import Case, Event, Proposal, TeamMember, TeamPosition
from cases.models.matter import Track
from cases.models.proposal import ProposalStatus
from cases.selectors.matters import cases_visible_to
from cases.selectors.people import belonging
from cases.states import RECOMMENDED, AdministrativeState
from deadlines.models import RUNNING, Deadline, DeadlineState
from notices.models import Document, DocumentStatus

# The rows carry annotations no model declares, so their type is `Any`; `shown` gives them one.
# A column of the board shows so many cases; the register shows all.
MOST_IN_COLUMN = 20


class BoardStage(models.TextChoices):
    """The columns of the board, in the order of the procedure; the last one stands in the register alone."""

    PREPARE = "prepare", _("To prepare")
    SENT = "sent", _("Decided, on its way")
    AWAITING = "awaiting", _("Waiting for the reply")
    OVERDUE = "overdue", _("Reply overdue")
    ANSWERED = "answered", _("Answered, to be assessed")
    FOLLOW_UP = "follow_up", _("Follow-up")
    SUSPENDED = "suspended", _("Suspended")
    REVIEW = "review", _("In review")
    SUIT = "suit", _("In suit")
    ENDED = "ended", _("Ended")


COLUMNS = tuple(stage for stage in BoardStage if stage is not BoardStage.ENDED)
_OF_STATE = {
    AdministrativeState.ADM_FILED: BoardStage.PREPARE,
    AdministrativeState.ADM_CONSULTING: BoardStage.PREPARE,
    AdministrativeState.ADM_INVESTIGATION_CLOSED: BoardStage.PREPARE,
    AdministrativeState.ADM_REC_ISSUED: BoardStage.SENT,
    AdministrativeState.ADM_FOLLOW_UP: BoardStage.FOLLOW_UP,
    AdministrativeState.ADM_SUSPENDED: BoardStage.SUSPENDED,
    AdministrativeState.ADM_REVIEW: BoardStage.REVIEW,
    AdministrativeState.ADM_SUIT: BoardStage.SUIT,
}


@dataclass(frozen=True)
class Followed:
    """One case against an authority as board, register, inbox and API show it.

    Attributes:
        paper, number: the recommendation (D-70) that stands, its id and its number.
        serve_until, record_until: last days of P-51 and P-52 while they run.
        review_until, review_period: last day of the review while it runs, and which of its periods runs.
        due: last day of the time to answer (P-53, P-54).
        rectify_until: end of the rectification period the recommendation names.
        consulted_on: the day the last consultation was recorded.
        proposes: what the closing report proposes: ``recommend`` or ``terminate``.
        asked, assessed, final: how many measures there are, were looked at, are final.
        retest_on: the earliest day on which a measure that is not final is tested again.
        mine: whether the reader belongs to the handling team; `led`: whether he leads it.
        proposal: the step that waits for a decision or is to be carried out; where `with_proposals` asked.
    """

    case: Case
    stage: BoardStage
    body: str
    number: str
    paper: int | None
    handler: str
    decided_on: date | None
    served_on: date | None
    recorded_on: date | None
    due: date | None
    answered_on: date | None
    escalated_on: date | None
    consulted_on: date | None
    serve_until: date | None
    record_until: date | None
    review_until: date | None
    review_period: str
    rectify_until: date | None
    retest_on: date | None
    proposes: str
    asked: int
    assessed: int
    final: int
    mine: bool
    led: bool
    proposal: Proposal | None

    @property
    def unassessed(self) -> int:
        """How many measures nobody has looked at."""
        return self.asked - self.assessed

    @property
    def all_final(self) -> bool:
        """Whether nothing more is asked of the authority."""
        return 0 < self.asked == self.final

    @property
    def reply_overdue(self) -> bool:
        """Whether the time to answer is over without an answer, while the recommendation is followed."""
        return (
            self.case.state in RECOMMENDED
            and self.answered_on is None
            and self.due is not None
            and self.due < clock.today()
        )

    @property
    def tone(self) -> str:
        """The colour of its stage on a page."""
        tones = {BoardStage.OVERDUE: "bad", BoardStage.SUIT: "warn", BoardStage.ENDED: "plain"}
        return tones.get(self.stage, "info")


# --- what a case is annotated with -------------------------------------------------------------------


def case_events(kind: str, **facts: Any) -> QuerySet[Event]:
    """Return the standing events of a kind of the case at hand."""
    return Event.objects.filter(
        case=OuterRef("pk"),
        kind=kind,
        annulled_by__isnull=True,
        corrects__isnull=True,
        annuls__isnull=True,
        **facts,
    )


def _day(events: QuerySet[Event], order: str) -> Subquery:
    """Return the day of the first of `events`, as it stands after its corrections."""
    corrections = Event.objects.filter(corrects=OuterRef("pk")).order_by("-id")
    standing = Coalesce(Subquery(corrections.values("legal_day")[:1]), "legal_day")
    return Subquery(events.annotate(day=standing).order_by(order).values("day")[:1])


def _fact(kind: str, name: str) -> Subquery:
    """Return what the last standing event of a kind says under a name."""
    return Subquery(case_events(kind).order_by("-id").values(said=KT(f"facts__{name}"))[:1])


def _clock(*rules: str, running: bool, told: str = "effective_day") -> Subquery:
    """Return the last day of a period of the case: the latest begun, or the one that still runs.

    Args:
        told: what is returned of it instead of its last day.
    """
    rows = Deadline.objects.filter(case=OuterRef("pk"), rule__in=rules)
    if running:
        rows = rows.filter(state__in=RUNNING)
    else:
        rows = rows.exclude(state__in=(DeadlineState.CANCELLED, DeadlineState.SUPERSEDED))
    return Subquery(rows.order_by("-effective_day", "-id").values(told)[:1])


def measures_of_case() -> QuerySet[Any]:
    """Return the measures of the case at hand, each with the result of its last standing assessment."""
    found = Assessment.objects.filter(measure=OuterRef("pk"), event__annulled_by__isnull=True)
    return Measure.objects.filter(recommendation__case=OuterRef("pk")).annotate(
        last=Subquery(found.order_by("-id").values("result")[:1])
    )


def count_measures(measures: QuerySet[Any]) -> Coalesce:
    number = measures.order_by().values("recommendation").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def _retest() -> Subquery:
    """Return the earliest next test of a measure that is not final."""
    rows = measures_of_case().filter(Q(last__isnull=True) | ~Q(last__in=FINAL_RESULTS))
    return Subquery(
        rows.filter(retest_on__isnull=False).order_by("retest_on").values("retest_on")[:1]
    )


def _paper(field: str) -> Subquery:
    """Return a value of the recommendation (D-70) that is neither void nor replaced, the newest."""
    replaced = Document.objects.filter(corrects=OuterRef("pk"), status=DocumentStatus.ISSUED)
    rows = Document.objects.filter(~Exists(replaced), case=OuterRef("pk"), code=PAPER)
    rows = rows.exclude(status=DocumentStatus.VOID)
    return Subquery(rows.order_by("-id").values(field)[:1])


def _place() -> Choice:
    """Return the stage of a case; while it waits the reply and its last day decide."""
    waiting = Q(state=AdministrativeState.ADM_AWAITING_REPLY)
    return Choice(
        *(When(state=state, then=Value(stage.value)) for state, stage in _OF_STATE.items()),
        When(waiting & Q(answered_on__isnull=False), then=Value(BoardStage.ANSWERED.value)),
        When(waiting & Q(due__lt=clock.today()), then=Value(BoardStage.OVERDUE.value)),
        When(waiting, then=Value(BoardStage.AWAITING.value)),
        default=Value(BoardStage.ENDED.value),
        output_field=models.CharField(),
    )


def _team(user: User | None = None) -> QuerySet[TeamMember]:
    """Return the open places in the team of the case at hand, of everybody or of one person."""
    rows = TeamMember.objects.filter(case=OuterRef("pk"))
    return rows.filter(belonging(), user=user) if user else rows.filter(until__isnull=True)


def followed(actor: User) -> QuerySet[Any]:
    """Return the cases against authorities that `actor` sees, annotated with what `shown` reads."""
    measures = measures_of_case()
    received = _day(case_events("recommendation_received"), "-id")
    served = _day(case_events("document_served", facts__code=PAPER), "id")
    lead = _team().filter(position=TeamPosition.LEAD)
    return (
        cases_visible_to(actor)
        .filter(track=Track.ADMINISTRATIVE)
        .select_related("office")
        .annotate(
            body_pk=F("authority_of__body"),
            body_name=F("authority_of__body__name"),
            paper_id=_paper("pk"),
            paper_number=_paper("number"),
            handler_name=Subquery(lead.values("user__name")[:1]),
            decided_on=_day(case_events("recommendation_decided"), "-id"),
            served_on=Coalesce(received, served),
            recorded_on=_day(case_events("recommendation_recorded"), "-id"),
            due=_clock(*REPLY_PERIODS, running=False),
            answered_on=_day(case_events("authority_replied"), "id"),
            escalated_on=_day(case_events("recommendation_escalated"), "-id"),
            consulted_on=_day(case_events("consultation_held"), "-id"),
            serve_until=_clock("P-51", running=True),
            record_until=_clock("P-52", running=True),
            review_until=_clock(*REVIEW_PERIODS, running=True),
            review_period=_clock(*REVIEW_PERIODS, running=True, told="rule"),
            rectify_until=_fact("recommendation_received", "rectification_ends"),
            retest_on=_retest(),
            proposes=_fact("administrative_investigation_closed", "proposal"),
            asked=count_measures(measures),
            assessed=count_measures(measures.filter(last__isnull=False)),
            made_final=count_measures(measures.filter(last__in=FINAL_RESULTS)),
            mine=Exists(_team(actor)),
            led=Exists(_team(actor).filter(position=TeamPosition.LEAD)),
        )
        .annotate(place=_place())
    )


def shown(row: Any) -> Followed:
    """Return a case of `followed` as pages, inbox and API show it."""
    until = row.rectify_until
    proposals: list[Proposal] = getattr(row, "waiting_proposals", [])
    return Followed(
        case=row,
        stage=BoardStage(row.place),
        body=row.body_name or "",
        number=row.paper_number or "",
        paper=row.paper_id,
        handler=row.handler_name or "",
        decided_on=row.decided_on,
        served_on=row.served_on,
        recorded_on=row.recorded_on,
        due=row.due,
        answered_on=row.answered_on,
        escalated_on=row.escalated_on,
        consulted_on=row.consulted_on,
        serve_until=row.serve_until,
        record_until=row.record_until,
        review_until=row.review_until,
        review_period=row.review_period or "",
        rectify_until=date.fromisoformat(until) if until else None,
        retest_on=row.retest_on,
        proposes=row.proposes or "",
        asked=row.asked,
        assessed=row.assessed,
        final=row.made_final,
        mine=row.mine,
        led=row.led,
        proposal=proposals[0] if proposals else None,
    )


# --- lists -------------------------------------------------------------------------------------------


def register_of(actor: User) -> QuerySet[Any]:
    """Return the cases of `followed` in which a recommendation is prepared or was decided."""
    return followed(actor).filter(recommendation__isnull=False)


def with_proposals(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows with the step that waits for a decision or is to be carried out, in one query more."""
    waiting = Proposal.objects.filter(
        subject="transition", status__in=(ProposalStatus.SUBMITTED, ProposalStatus.APPROVED)
    )
    return rows.prefetch_related(Prefetch("proposals", waiting, to_attr="waiting_proposals"))


def filtered(rows: QuerySet[Any], chosen: dict[str, Any]) -> QuerySet[Any]:
    """Narrow rows of `followed`; what is empty narrows nothing."""
    named = {"place": "stage", "authority_of__body": "body", "mine": "mine"}
    rows = rows.filter(**{path: chosen[name] for path, name in named.items() if chosen.get(name)})
    if handler := chosen.get("handler"):
        lead = TeamMember.objects.filter(
            case=OuterRef("pk"), user=handler, position=TeamPosition.LEAD, until__isnull=True
        )
        rows = rows.filter(Exists(lead))
    if chosen.get("overdue"):
        rows = rows.filter(state__in=RECOMMENDED, answered_on__isnull=True, due__lt=clock.today())
    if words := chosen.get("q", "").strip():
        rows = rows.filter(
            Q(title__icontains=words)
            | Q(key__icontains=words)
            | Q(body_name__icontains=words)
            | Q(paper_number__icontains=words)
        )
    return rows


@dataclass(frozen=True)
class Column:
    """One column of the board.

    Attributes:
        number: how many cases stand in it; `rows` are the most pressing of them.
    """

    stage: BoardStage
    number: int
    rows: list[Followed]

    @property
    def more(self) -> int:
        """How many of them the board does not show."""
        return self.number - len(self.rows)


def board(rows: QuerySet[Any]) -> list[Column]:
    """Return the columns with what stands in them, the earliest last day first, in three queries."""
    running = rows.exclude(place=BoardStage.ENDED)
    numbers = dict(
        running.order_by().values("place").annotate(n=Count("pk")).values_list("place", "n")
    )
    numbered = running.annotate(
        rank=Window(
            RowNumber(),
            partition_by=[F("place")],
            order_by=[F("due").asc(nulls_last=True), F("id").asc()],
        )
    )
    cards: dict[str, list[Followed]] = {stage.value: [] for stage in COLUMNS}
    chosen = numbered.filter(rank__lte=MOST_IN_COLUMN).order_by("rank")
    for row in with_proposals(chosen):
        card = shown(row)
        cards[card.stage].append(card)
    return [Column(stage, numbers.get(stage.value, 0), cards[stage.value]) for stage in COLUMNS]
