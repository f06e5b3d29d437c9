"""How long cases stood in a state before they left it."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.states import EVERY_STATE_OF_CASES, MACHINES_OF_CASES, STATES_OF_CASES
from reporting.charts.boxes import Box, boxes
from reporting.days import Days, spread, spread_cells
from reporting.figures import Block, BlockMaker, Cell, Figure, Row
from reporting.scope import Scope
from reporting.standing import standing_events, stood_on
from reporting.wording import days_told

CODE = "durations"
DEFINITION = gettext_lazy(
    "Cases that left a state in the time: calendar days from the legal day on which they entered "
    "it to that on which they left it, as corrected. The law names no length for a state; for its "
    "periods see the next block."
)
HEADS = (
    gettext_lazy("Shortest"),
    gettext_lazy("A quarter within"),
    gettext_lazy("Median"),
    gettext_lazy("Three quarters within"),
    gettext_lazy("Longest"),
)


def _left(scope: Scope) -> QuerySet[Any]:
    """Return the events of the time by which a case left a state, each with the `days` it stood there."""
    entered = (
        standing_events()
        .filter(
            machine=OuterRef("machine"),
            object_id=OuterRef("object_id"),
            to_state=OuterRef("from_state"),
            pk__lt=OuterRef("pk"),
        )
        .exclude(from_state=F("to_state"))
        .annotate(day=stood_on())
        .order_by("-pk")
    )
    moved = scope.events_in_time().filter(machine__in=MACHINES_OF_CASES).exclude(to_state="")
    rows = moved.exclude(from_state="").exclude(from_state=F("to_state"))
    rows = rows.annotate(entered_on=Subquery(entered.values("day")[:1]))
    return rows.filter(entered_on__isnull=False).annotate(days=Days("day", "entered_on"))


def build(scope: Scope) -> Block:
    """Let the database sort the days by state, in one query."""
    found = {row["from_state"]: row for row in spread(_left(scope), "from_state")}
    states = [state for state in EVERY_STATE_OF_CASES if state in found]
    return Block(
        code=CODE,
        title=str(MAKER.title),
        definition=str(MAKER.definition),
        first_head=_("State"),
        heads=(_("Cases that left it"), *(str(head) for head in HEADS)),
        rows=tuple(_row(state, found[state]) for state in states),
        chart=draw,
    )


def _row(state: str, found: dict[str, Any]) -> Row:
    number = Cell(found["number"], f"{CODE}.{state}")
    return Row(state, _title(state), (number, *spread_cells(found)))


def _title(state: str) -> str:
    return str(dict(STATES_OF_CASES)[state])


def figure(scope: Scope, code: str) -> Figure | None:
    """Return the events by which cases left a state."""
    if code not in EVERY_STATE_OF_CASES:
        return None
    rows = _left(scope).filter(from_state=code)
    return Figure(_("Cases that left “%(state)s”") % {"state": _title(code)}, rows)


def draw(block: Block, scope: Scope) -> SafeString:
    """Draw a box a state."""
    return boxes(block.title, [box_of(row, row.cells[1:6], scope) for row in block.rows])


def box_of(row: Row, spread: tuple[Cell, ...], scope: Scope, limit: float | None = None) -> Box:
    """Return the box of a line; its first cell leads to the list."""
    days = tuple(float(cell.value or 0) for cell in spread)
    said = _("%(title)s: median %(median)s, longest %(longest)s") % {
        "title": row.title,
        "median": days_told(round(days[2])),
        "longest": days_told(round(days[4])),
    }
    return Box(
        row.title, (days[0], days[1], days[2], days[3], days[4]), said,
        scope.link(row.cells[0].figure), limit,
    )  # fmt: skip


MAKER = BlockMaker(CODE, gettext_lazy("Time in a state"), DEFINITION, build, figure)
