"""What each prosecutor of the office has in hand, for whoever assigns work; by name, never by number.

People, points and counts are those of the page of assignment (`cases.selectors.load`): both say the same.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.models import TeamMember, TeamPosition
from cases.selectors import assignment, load
from cases.selectors.matters import cases_visible_to, leads_visible_to, of_visible_matters
from deadlines.listing import overdue
from deadlines.models import Deadline
from reporting.charts.bars import Stack, stacks
from reporting.figures import Block, BlockMaker, Cell, Figure, Row
from reporting.marks import mark_of
from reporting.scope import Scope
from reporting.wording import joined

CODE = "load"
DEFINITION = gettext_lazy(
    "Open cases a prosecutor leads or assists in, open leads he handles and overdue duties of his, "
    "as you see them today, of all tracks, for the assignment of work. Points by the weights of "
    "the office, as on the page of assignment. By name; no measure of anybody's work."
)
LED, ASSISTED, LEADS, OVERDUE = "led", "assisted", "leads", "overdue"


def _late(scope: Scope) -> QuerySet[Any]:
    return of_visible_matters(scope.actor, Deadline.objects.filter(overdue())).order_by()


def build(scope: Scope) -> Block:
    """Ask what each prosecutor has in hand; the statements are as many however many people there are."""
    people = load.prosecutors_of(scope.actor)
    loads = load.loads_of(scope.actor, people, load.weights_of(scope.actor.office_id))
    late = dict(_late(scope).values_list("duty_holder").annotate(Count("pk")))
    return Block(
        code=CODE,
        title=str(MAKER.title),
        definition=str(MAKER.definition),
        first_head=_("Prosecutor"),
        heads=(_("Cases led"), _("Cases assisted"), _("Leads"), _("Overdue"), _("Points")),
        rows=tuple(_row(loads[person.pk], late.get(person.pk, 0)) for person in people),
        chart=draw,
        as_it_stands=True,
    )


def _row(found: load.Load, late: int) -> Row:
    numbers = {LED: found.led, ASSISTED: found.member, LEADS: found.leads, OVERDUE: late}
    person = found.person
    cells = [Cell(number, f"{CODE}.{name}.{person.pk}") for name, number in numbers.items()]
    return Row(str(person.pk), person.name, (*cells, Cell(found.points)), personal=True)


def figure(scope: Scope, code: str) -> Figure | None:
    """Return the open cases, leads or overdue duties of a prosecutor."""
    what, _point, number = code.partition(".")
    people = {str(person.pk): person for person in load.prosecutors_of(scope.actor)}
    person = people.get(number)
    if person is None:
        return None
    leads = leads_visible_to(scope.actor).filter(assignment.OPEN_LEAD, handler=person)
    rows: dict[str, QuerySet[Any]] = {
        LED: _cases_of(scope, person, Q(position=TeamPosition.LEAD)),
        ASSISTED: _cases_of(scope, person, ~Q(position=TeamPosition.LEAD)),
        LEADS: leads,
        OVERDUE: _late(scope).filter(duty_holder=person),
    }
    titles = {
        LED: _("Cases led"),
        ASSISTED: _("Cases assisted"),
        LEADS: _("Leads"),
        OVERDUE: _("Overdue"),
    }
    return Figure(joined(person.name, titles[what]), rows[what]) if what in rows else None


def _cases_of(scope: Scope, person: User, place: Q) -> QuerySet[Any]:
    places = TeamMember.objects.filter(place, case=OuterRef("pk"), user=person, until__isnull=True)
    return cases_visible_to(scope.actor).filter(assignment.OPEN_CASE, Exists(places))


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
    CODE, gettext_lazy("Work in hand"), DEFINITION, build, figure, allowed=assignment.may_distribute
)
