"""What each prosecutor of the office has in hand, for whoever assigns work; by name, never by number."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import selectors as accounts
from accounts.models import Role, User
from cases.models import TeamMember, TeamPosition
from cases.selectors import assignment
from cases.states import LEAD_OUTCOMES
from deadlines.listing import overdue
from reporting.charts.bars import Stack, stacks
from reporting.figures import Block, BlockMaker, Cell, Figure, Row
from reporting.marks import mark_of
from reporting.phases import CLOSED
from reporting.scope import Scope

CODE = "load"
LED, ASSISTED, LEADS, OVERDUE = "led", "assisted", "leads", "overdue"
# What an open matter weighs, so that a case led and a lead looked at are not the same.
WEIGHTS = {LED: 4, ASSISTED: 2, LEADS: 1}


def people_of(scope: Scope) -> QuerySet[User]:
    """Return the prosecutors of the office by name; the order is no order of their work."""
    return (
        accounts.caseworkers((Role.PROSECUTOR,)).filter(office=scope.office).order_by("name", "pk")
    )


def _places(scope: Scope, led: bool) -> QuerySet[TeamMember]:
    lead = Q(position=TeamPosition.LEAD)
    open_cases = scope.cases().exclude(state__in=CLOSED).values("pk")
    rows = TeamMember.objects.filter(lead if led else ~lead, until__isnull=True)
    return rows.filter(case__in=open_cases).order_by()


def _leads(scope: Scope) -> QuerySet[Any]:
    return scope.leads().exclude(state__in=LEAD_OUTCOMES).order_by()


def _late(scope: Scope) -> QuerySet[Any]:
    return scope.deadlines().filter(overdue()).order_by()


def _numbers(scope: Scope) -> dict[str, dict[int, int]]:
    """Return what each person has in hand, by kind and person, in four queries."""
    counted: dict[str, QuerySet[Any, Any]] = {
        LED: _places(scope, led=True).values_list("user").annotate(Count("case", distinct=True)),
        ASSISTED: _places(scope, led=False)
        .values_list("user")
        .annotate(Count("case", distinct=True)),
        LEADS: _leads(scope).values_list("handler").annotate(Count("pk")),
        OVERDUE: _late(scope).values_list("duty_holder").annotate(Count("pk")),
    }
    return {name: defaultdict(int, dict(rows)) for name, rows in counted.items()}


def build(scope: Scope) -> Block:
    """Count what each prosecutor has in hand, in five queries."""
    numbers = _numbers(scope)
    return Block(
        code=CODE,
        title=str(MAKER.title),
        definition=_(
            "Open cases a prosecutor leads or assists in, open leads he handles and overdue duties of his, "
            "as they stand today, for the assignment of work. Points: 4 for a case led, 2 for one "
            "assisted, 1 for a lead. By name; no measure of anybody's work."
        ),
        first_head=_("Prosecutor"),
        heads=(_("Cases led"), _("Cases assisted"), _("Leads"), _("Overdue"), _("Points")),
        rows=tuple(_row(person, numbers) for person in people_of(scope)),
        chart=draw,
        as_it_stands=True,
    )


def _row(person: User, numbers: dict[str, dict[int, int]]) -> Row:
    cells = [
        Cell(numbers[name][person.pk], f"{CODE}.{name}.{person.pk}")
        for name in (LED, ASSISTED, LEADS, OVERDUE)
    ]
    points = sum(numbers[name][person.pk] * weight for name, weight in WEIGHTS.items())
    return Row(str(person.pk), person.name, (*cells, Cell(points)), personal=True)


def figure(scope: Scope, code: str) -> Figure | None:
    """Return the open cases, leads or overdue duties of a prosecutor of the office."""
    what, _point, number = code.partition(".")
    person = people_of(scope).filter(pk=number).first() if number.isdecimal() else None
    if person is None:
        return None
    rows: dict[str, QuerySet[Any]] = {
        LED: _cases_of(scope, person, led=True),
        ASSISTED: _cases_of(scope, person, led=False),
        LEADS: _leads(scope).filter(handler=person),
        OVERDUE: _late(scope).filter(duty_holder=person),
    }
    titles = {
        LED: _("Cases led"),
        ASSISTED: _("Cases assisted"),
        LEADS: _("Leads"),
        OVERDUE: _("Overdue"),
    }
    return Figure(f"{person.name}, {titles[what]}", rows[what]) if what in rows else None


def _cases_of(scope: Scope, person: User, *, led: bool) -> QuerySet[Any]:
    places = _places(scope, led).filter(user=person)
    return scope.cases().filter(pk__in=places.values("case"))


def draw(block: Block, scope: Scope) -> SafeString:
    """Draw a line a person: the cases he leads, those he assists in, his leads."""
    rows = [
        Stack(
            row.title,
            tuple(
                mark_of(row, cell, scope, head)
                for cell, head in zip(row.cells[:3], block.heads, strict=False)
            ),
        )
        for row in block.rows
    ]
    return stacks(block.title, rows, block.heads[:3], tones=("m1", "m2", "m3"))


MAKER = BlockMaker(
    CODE, gettext_lazy("Work in hand"), build, figure, allowed=assignment.may_distribute
)
