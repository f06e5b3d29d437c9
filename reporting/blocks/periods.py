"""How long what a period of law asks for took, beside the length of the law."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from audit.articles import written
from audit.language import is_chinese
from cases.models import Event
from deadlines.explain import period_words
from deadlines.models import DeadlineKind, DeadlineState
from deadlines.rulebook import PeriodRule, rulebooks
from reporting.blocks.durations import HEADS, box_of
from reporting.charts.boxes import boxes
from reporting.days import VALUES, Days, Percentile, UncountedDays, spread, spread_cells
from reporting.figures import Block, BlockMaker, Cell, Figure, Row
from reporting.scope import Scope
from reporting.standing import corrected_events, stood_on
from reporting.wording import joined

CODE = "periods"
DEFINITION = gettext_lazy(
    "Periods of law that were met in the time: calendar days from their start to the act that met "
    "them, without days that do not count (Rules 48). The dashed line is the length of the law, as "
    "it came out on the calendar in the middle of these cases. Duties of the office and times of "
    "others stand side by side."
)
# Who binds whom by law; what an office set itself and what a person did has no line of the law.
OF_LAW = (DeadlineKind.MANDATORY, DeadlineKind.MAXIMUM, DeadlineKind.INTERNAL)


def _only_shown_over() -> Q:
    """Say of deadlines that what ended them only shows that the time is over."""
    conditions = [
        Q(rule=rule.id, ended_by__kind__in=rule.over_with)
        for book in rulebooks().values()
        for rule in book.periods.values()
        if rule.over_with
    ]
    return reduce(or_, conditions, Q(pk__in=[]))


def _done_on() -> Coalesce:
    """Return the day of the act that met a deadline, as corrected; of its posting where it went by post."""
    corrections = Event.objects.filter(corrects=OuterRef("ended_by"), facts__has_key="posted_on")
    last = corrections.order_by("-id").values(told=KeyTextTransform("posted_on", "facts"))[:1]
    told = Coalesce(Subquery(last), KeyTextTransform("posted_on", F("ended_by__facts")))
    posted = Cast(NullIf(told, Value("")), DateField())
    return Coalesce(posted, stood_on("ended_by"))


def _may_have_ended(scope: Scope) -> Q:
    """Say of deadlines that the act that met them lies in the time, or was corrected or posted before.

    It leaves few rows of which the very day is asked.
    """
    return (
        Q(ended_by__legal_day__range=(scope.first, scope.last))
        | Q(ended_by__in=corrected_events())
        | Q(ended_by__facts__has_key="posted_on")
    )


def _met(scope: Scope) -> QuerySet[Any]:
    """Return the periods met in the time, each with the `days` it took and those it was `allowed`.

    Days that did not count are in neither. What went by post was done on the day it was posted (CPL 85).
    """
    rows = scope.deadlines().filter(
        state=DeadlineState.MET,
        manual=False,
        kind__in=OF_LAW,
        backwards=False,
        effective_instant__isnull=True,
        start_day__isnull=False,
        ended_by__isnull=False,
    )
    rows = rows.filter(_may_have_ended(scope)).exclude(_only_shown_over()).order_by()
    return (
        rows.annotate(done=_done_on())
        .filter(done__range=(scope.first, scope.last))
        .annotate(
            days=Days(Days(F("done"), F("start_day")), UncountedDays(F("terms"), F("done"))),
            allowed=Days(
                Days(F("effective_day"), F("start_day")),
                UncountedDays(F("terms"), F("effective_day")),
            ),
        )
    )


def build(scope: Scope) -> Block:
    """Let the database sort the days by period, in one query."""
    found = spread(_met(scope), "rule").annotate(
        allowed=Percentile(0.5, "allowed"),
        late=Count("pk", filter=Q(done__gt=F("effective_day"))),
    )
    return Block(
        code=CODE,
        title=str(MAKER.title),
        definition=str(MAKER.definition),
        first_head=_("Period"),
        heads=(
            pgettext("statistics", "Met"),
            _("of them late"),
            *(str(head) for head in HEADS),
            _("Length of the law"),
            _("Days allowed, median"),
        ),
        rows=tuple(_row(row) for row in found),
        chart=draw,
        note_head=_("Article"),
    )


def _rule(code: str) -> PeriodRule | None:
    """Return the period of the newest rulebook that has it."""
    books = sorted(rulebooks().values(), key=lambda book: book.version, reverse=True)
    return next((book.periods[code] for book in books if code in book.periods), None)


def _row(found: dict[str, Any]) -> Row:
    code = found["rule"]
    rule = _rule(code)
    length = period_words(rule.length) if rule and rule.length else "—"
    cells = (
        Cell(found["number"], f"{CODE}.{code}.met"),
        Cell(found["late"], f"{CODE}.{code}.late"),
        *spread_cells(found),
        Cell(text=length),
        Cell(round(found["allowed"])),
    )
    return Row(code, _title(code, rule), cells, note=written(rule.article) if rule else "")


def _title(code: str, rule: PeriodRule | None) -> str:
    if rule is None:
        return code
    return f"{code} {rule.title_zh if is_chinese() else rule.title_en}"


def figure(scope: Scope, code: str) -> Figure | None:
    """Return the deadlines of a period that were met, or those of them that were met late."""
    rule_code, _point, which = code.rpartition(".")
    rule = _rule(rule_code)
    if rule is None or which not in ("met", "late"):
        return None
    rows = _met(scope).filter(rule=rule_code)
    head = pgettext("statistics", "Met")
    if which == "late":
        rows, head = rows.filter(done__gt=F("effective_day")), _("Met late")
    return Figure(joined(_title(rule_code, rule), head), rows)


def draw(block: Block, scope: Scope) -> SafeString:
    """Draw a box a period, the length of the law as a dashed line."""
    first = 2
    rows = [
        box_of(row, row.cells[first : first + VALUES], scope, float(row.cells[-1].value or 0))
        for row in block.rows
    ]
    return boxes(block.title, rows)


MAKER = BlockMaker(
    CODE, gettext_lazy("Periods of law and what was needed"), DEFINITION, build, figure
)
