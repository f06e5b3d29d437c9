"""What falls due in the coming twelve weeks, day by day beside the working calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.language import is_chinese
from deadlines import heat
from deadlines.listing import overdue
from deadlines.models import RUNNING
from deadlines.yearbook import calendar
from reporting.charts.weeks import Field, weeks
from reporting.figures import Block, BlockMaker, Cell, Figure, Row
from reporting.scope import Scope
from reporting.wording import joined

CODE = "pressure"
DEFINITION = gettext_lazy(
    "Running deadlines by their last day, in the twelve weeks from this Monday on, whatever the "
    "time chosen; days off and make-up working days are those of the official calendar. Overdue "
    "are the duties of the office whose last day has passed."
)
OVERDUE = "overdue"


def _due(scope: Scope) -> QuerySet[Any]:
    return scope.deadlines().filter(state__in=RUNNING)


def _overdue(scope: Scope) -> QuerySet[Any]:
    return scope.deadlines().filter(overdue())


def build(scope: Scope) -> Block:
    """Count what is overdue and what falls due on each day, in two queries."""
    monday = heat.monday_of(scope.today)
    days = heat.days_of(_due(scope), monday, calendar())
    rows = [
        Row(OVERDUE, _("Overdue"), (Cell(_overdue(scope).count(), f"{CODE}.{OVERDUE}"), Cell()))
    ]
    rows += [_row(day) for day in days]
    return Block(
        code=CODE,
        title=str(MAKER.title),
        definition=str(MAKER.definition),
        first_head=_("Day"),
        heads=(_("Deadlines"), _("Calendar")),
        rows=tuple(rows),
        chart=draw,
        as_it_stands=True,
    )


def _row(day: heat.Day) -> Row:
    said = ""
    if day.rest is not None:
        said = day.rest.name if is_chinese() else day.rest.name_en
    elif day.makeup:
        said = _("Make-up working day")
    if day.provisional:
        said = joined(said, _("provisional"))
    code = day.day.isoformat()
    cells = (Cell(day.number, f"{CODE}.{code}"), Cell(text=said))
    return Row(code, f"{code} {date_format(day.day, 'D')}", cells)


def figure(scope: Scope, code: str) -> Figure | None:
    """Return the deadlines that are overdue, or those whose last day is the one named."""
    if code == OVERDUE:
        return Figure(_("Overdue deadlines"), _overdue(scope))
    try:
        day = date.fromisoformat(code)
    except ValueError:
        return None
    title = _("Deadlines that end on %(day)s") % {"day": code}
    return Figure(title, _due(scope).filter(effective_day=day))


def draw(block: Block, scope: Scope) -> SafeString:
    """Draw a field a day; the colour follows the number, and the number stands in it."""
    rows = block.rows[1:]
    scale = heat.Scale(max(int(row.cells[0].value or 0) for row in rows))
    of_calendar = calendar()
    fields = [_field(row, scope, scale, of_calendar) for row in rows]
    monday = fields[0].day
    weekdays = [date_format(monday + timedelta(days=at), "D") for at in range(7)]
    return weeks(block.title, fields, weekdays)


def _field(row: Row, scope: Scope, scale: heat.Scale, of_calendar: Any) -> Field:
    day, number = date.fromisoformat(row.code), int(row.cells[0].value or 0)
    count = ngettext("%(number)d deadline", "%(number)d deadlines", number) % {"number": number}
    said = (row.title, row.cells[1].text, count)
    return Field(
        day=day,
        number=number,
        level=scale.level(number),
        off=of_calendar.rest(day) is not None,
        makeup=of_calendar.is_makeup(day),
        today=day == scope.today,
        told=" · ".join(filter(None, said)),
        address=scope.link(row.cells[0].figure),
    )


MAKER = BlockMaker(
    CODE, gettext_lazy("Deadlines of the coming twelve weeks"), DEFINITION, build, figure
)
