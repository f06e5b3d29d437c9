"""What became of the recommendations to authorities: their replies, and the measures they were asked for."""

from __future__ import annotations

from typing import Any

from django.db.models import Case as Choice
from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from administrative.models import Assessment, AssessmentResult, Measure
from administrative.selectors.clocks import REPLY_PERIODS
from cases.models import Track
from deadlines.models import Deadline, DeadlineState
from reporting.blocks.funnel import handed_on
from reporting.charts.bars import Bar, bars
from reporting.figures import Block, BlockMaker, Cell, Figure, Row
from reporting.marks import mark_of
from reporting.scope import Scope
from reporting.standing import standing_events, stood_on
from reporting.wording import told

CODE = "replies"
DEFINITION = gettext_lazy(
    "Recommendations an authority received in the time, as they stand today: first answer until "
    "the last day of P-53 or P-54, after it, or none; and the measures they ask for, by their last "
    "assessment. The answers of all authorities together; no body is compared with another."
)
REPLIES = {
    "in_time": gettext_lazy("Answered in time"),
    "late": gettext_lazy("Answered late"),
    "none": gettext_lazy("Not answered, the time is over"),
    "open": gettext_lazy("Not answered, the time still runs"),
}
UNSEEN = "unseen"


def _received(case: str = "pk") -> QuerySet[Any]:
    """Return the receipts of the recommendation of a case, the last first, with their `day` as corrected."""
    return _events("recommendation_received", case).order_by("-pk")


def _answered(case: str = "pk") -> QuerySet[Any]:
    """Return the answers to it, the first first."""
    return _events("authority_replied", case).order_by("pk")


def _events(kind: str, case: str) -> QuerySet[Any]:
    events = standing_events(copies=True).filter(case=OuterRef(case), kind=kind)
    return events.annotate(day=stood_on())


def _served(scope: Scope) -> QuerySet[Any]:
    """Return the cases whose authority got its recommendation in the time, with what became of it."""
    ended = (DeadlineState.CANCELLED, DeadlineState.SUPERSEDED)
    clocks = Deadline.objects.filter(case=OuterRef("pk"), rule__in=REPLY_PERIODS)
    due = clocks.exclude(state__in=ended).order_by("-effective_day", "-pk")
    rows = scope.cases().filter(~handed_on(), track=Track.ADMINISTRATIVE).order_by()
    rows = rows.annotate(received=Subquery(_received().values("day")[:1]))
    return (
        rows.filter(received__range=(scope.first, scope.last))
        .annotate(
            answered=Subquery(_answered().values("day")[:1]),
            due=Subquery(due.values("effective_day")[:1]),
        )
        .annotate(reply=_reply(scope))
    )


def _reply(scope: Scope) -> Choice:
    answered = Q(answered__isnull=False)
    return Choice(
        When(answered & Q(answered__gt=F("due")), then=Value("late")),
        When(answered, then=Value("in_time")),
        When(due__lt=scope.today, then=Value("none")),
        default=Value("open"),
        output_field=CharField(),
    )


def _measures(scope: Scope) -> QuerySet[Any]:
    """Return the measures asked for in them, each with the `result` of its last standing assessment."""
    rows = Measure.objects.filter(recommendation__case__in=_served(scope).values("pk")).order_by()
    return rows.annotate(result=Subquery(_looks().values("result")[:1]))


def _looks() -> QuerySet[Assessment]:
    """Return the standing assessments of a measure, the last first."""
    looks = Assessment.objects.filter(measure=OuterRef("pk"), event__annulled_by__isnull=True)
    return looks.order_by("-pk")


def build(scope: Scope) -> Block:
    """Count replies and measures by what became of them, in two queries."""
    replies = _served(scope).values("reply").annotate(number=Count("pk"))
    measures = _measures(scope).values("result").annotate(number=Count("pk"))
    of_reply = dict(replies.values_list("reply", "number"))
    of_measure = dict(measures.values_list("result", "number"))
    rows = [
        _row(f"reply.{code}", str(title), of_reply.get(code, 0)) for code, title in REPLIES.items()
    ]
    rows += [
        _row(f"measure.{code or UNSEEN}", told(_("Measures"), title), of_measure.get(code, 0))
        for code, title in _results()
    ]
    return Block(
        code=CODE,
        title=str(MAKER.title),
        definition=str(MAKER.definition),
        first_head=_("What became of them"),
        heads=(pgettext("statistics", "Number"),),
        rows=tuple(rows),
        chart=draw,
    )


def _results() -> list[tuple[str | None, str]]:
    found = [(result.value, str(result.label)) for result in AssessmentResult]
    return [*found, (None, _("Not assessed yet"))]


def _row(code: str, title: str, number: int) -> Row:
    return Row(code, title, (Cell(number, f"{CODE}.{code}"),))


def figure(scope: Scope, code: str) -> Figure | None:
    """Return the cases whose reply, or the measures whose assessment, is the one named."""
    what, _point, result = code.partition(".")
    if what == "reply" and result in REPLIES:
        grounds = (Subquery(_answered().values("pk")[:1]), Subquery(_received().values("pk")[:1]))
        rows = _served(scope).filter(reply=result)
        return Figure(str(REPLIES[result]), rows, grounds=grounds)
    titles = {value or UNSEEN: title for value, title in _results()}
    if what != "measure" or result not in titles:
        return None
    chosen = Q(result__isnull=True) if result == UNSEEN else Q(result=result)
    received = Subquery(_received("recommendation__case").values("pk")[:1])
    grounds = (Subquery(_looks().values("event")[:1]), received)
    rows = _measures(scope).filter(chosen)
    return Figure(told(_("Measures"), titles[result]), rows, grounds=grounds)


def draw(block: Block, scope: Scope) -> SafeString:
    """Draw a bar for each answer and each result."""
    rows = [Bar(row.title, mark_of(row, row.cells[0], scope)) for row in block.rows]
    return bars(block.title, rows)


MAKER = BlockMaker(CODE, gettext_lazy("Replies of authorities"), DEFINITION, build, figure)
