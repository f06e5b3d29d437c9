"""Cases opened and closed month by month, and how many were open at the end of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Case, Event
from reporting.charts.months import Month, months
from reporting.figures import Block, BlockMaker, Cell, Figure, Row
from reporting.grounds import earliest, of_case
from reporting.marks import mark_of
from reporting.scope import Scope
from reporting.standing import standing_events, stood_on, stood_within
from reporting.wording import joined

CODE = "trend"
DEFINITION = gettext_lazy(
    "Cases opened by filing, split or receipt from another office and cases closed, by the legal "
    "day of the event, in the whole months the time touches, up to its last day; open are those "
    "opened and not closed by the end of the month."
)
# With which events a case begins, whatever way it comes into the office; and with which it is closed.
OPENING = ("case_opened", "case_split_off", "case_received", "administrative_case_received")
CLOSING = ("case_closed", "administrative_case_closed")
OPENED, CLOSED, OPEN = "opened", "closed", "open"


def months_of(scope: Scope) -> Iterator[date]:
    """Yield the first day of each month the time touches."""
    month = scope.first.replace(day=1)
    while month <= scope.last:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _of_cases(scope: Scope, kinds: tuple[str, ...]) -> QuerySet[Event]:
    return standing_events().filter(kind__in=kinds, case__in=scope.cases().values("pk"))


def _by_month(scope: Scope, kinds: tuple[str, ...]) -> dict[date, int]:
    """Return how many of the events fell into each month up to the end of the time."""
    rows = _of_cases(scope, kinds).annotate(day=stood_on()).filter(day__lte=scope.last)
    counted = rows.annotate(month=TruncMonth("day")).values("month").annotate(number=Count("pk"))
    return dict(counted.values_list("month", "number"))


def build(scope: Scope) -> Block:
    """Count what was opened and closed in each month so far, in two queries; the rest is adding up."""
    opened, closed = _by_month(scope, OPENING), _by_month(scope, CLOSING)
    rows = [_row(month, opened, closed) for month in months_of(scope)]
    return Block(
        code=CODE,
        title=str(MAKER.title),
        definition=str(MAKER.definition),
        first_head=_("Month"),
        heads=(_("Cases opened"), _("Cases closed"), _("Open at the end")),
        rows=tuple(rows),
        chart=draw,
    )


def _row(month: date, opened: Mapping[date, int], closed: Mapping[date, int]) -> Row:
    code = f"{month:%Y-%m}"
    stock = _until(month, opened) - _until(month, closed)
    numbers = {OPENED: opened.get(month, 0), CLOSED: closed.get(month, 0), OPEN: stock}
    cells = (Cell(number, f"{CODE}.{name}.{code}") for name, number in numbers.items())
    return Row(code, code, tuple(cells))


def _until(month: date, numbers: Mapping[date, int]) -> int:
    return sum(number for each, number in numbers.items() if each <= month)


def figure(scope: Scope, code: str) -> Figure | None:
    """Return what was opened or closed in a month, or the cases open at its end."""
    what, _point, written = code.partition(".")
    month = next((month for month in months_of(scope) if f"{month:%Y-%m}" == written), None)
    if month is None or what not in (OPENED, CLOSED, OPEN):
        return None
    end = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    last = min(end, scope.last)
    if what == OPEN:
        title = _("Cases open on %(day)s") % {"day": last}
        opened = earliest(of_case(*OPENING, copies=False))
        return Figure(title, _open_on(scope, last), grounds=(opened,))
    title = _("Cases opened") if what == OPENED else _("Cases closed")
    kinds = OPENING if what == OPENED else CLOSING
    return Figure(joined(title, written), stood_within(_of_cases(scope, kinds), month, last))


def _open_on(scope: Scope, day: date) -> QuerySet[Case]:
    def happened(kinds: tuple[str, ...]) -> Exists:
        events = standing_events().filter(case=OuterRef("pk"), kind__in=kinds)
        return Exists(events.annotate(day=stood_on()).filter(day__lte=day))

    return scope.cases().filter(happened(OPENING), ~happened(CLOSING))


def draw(block: Block, scope: Scope) -> SafeString:
    """Draw two columns a month and the line of what was open."""
    rows: list[Month] = []
    for row in block.rows:
        marks = (
            mark_of(row, cell, scope, head)
            for cell, head in zip(row.cells, block.heads, strict=True)
        )
        short = row.code if not rows or row.code.endswith("-01") else row.code[-2:]
        rows.append(Month(short, *marks))
    return months(block.title, rows, (block.heads[0], block.heads[1], block.heads[2]))


MAKER = BlockMaker(CODE, gettext_lazy("Cases opened, closed and open"), DEFINITION, build, figure)
