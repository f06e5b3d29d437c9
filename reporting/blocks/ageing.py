"""How old open matters are, by the phase they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.errors import Text
from cases.services.filing import OPENING
from cases.states import LEAD_OUTCOMES, MACHINES_OF_CASES
from reporting.charts.bars import Stack, stacks
from reporting.figures import Block, BlockMaker, Cell, Figure, Row
from reporting.grounds import earliest, entered_state, of_case, of_lead
from reporting.marks import mark_of
from reporting.phases import CLOSED, PHASES, phase_of_state
from reporting.scope import Scope
from reporting.wording import joined

CODE = "ageing"
DEFINITION = gettext_lazy(
    "Leads without outcome and cases that are not closed, as they stand today, whatever the time "
    "chosen: days since the lead was received or the case was filed."
)
LEADS = "leads"


@dataclass(frozen=True)
class Age:
    """A range of days, both included; `most` None where it has no end."""

    code: str
    title: Text
    least: int
    most: int | None

    def of(self, field: str, scope: Scope) -> Q:
        """Say of rows that as many days have gone by since the day in `field`."""
        condition = Q(**{f"{field}__lte": scope.today - timedelta(days=self.least)})
        if self.least == 0:
            condition = Q()  # entered today for a day to come counts as new
        if self.most is not None:
            condition &= Q(**{f"{field}__gte": scope.today - timedelta(days=self.most)})
        return condition


AGES = (
    Age("30", gettext_lazy("up to 30 days"), 0, 30),
    Age("90", gettext_lazy("31–90 days"), 31, 90),
    Age("180", gettext_lazy("91–180 days"), 91, 180),
    Age("more", gettext_lazy("more than 180 days"), 181, None),
)


def _open_leads(scope: Scope) -> QuerySet[Any]:
    return scope.leads().exclude(state__in=LEAD_OUTCOMES)


def _open_cases(scope: Scope) -> QuerySet[Any]:
    return scope.cases().exclude(state__in=CLOSED)


def build(scope: Scope) -> Block:
    """Count the open matters by phase and age, in two queries."""
    cases = _open_cases(scope).order_by().annotate(phase=phase_of_state()).values("phase")
    counted = cases.annotate(**_counts("filed_on", scope))
    found = {row["phase"]: row for row in counted}
    rows = [_row(phase.code, str(phase.title), found.get(phase.code, {})) for phase in PHASES]
    if not scope.track:
        leads = _open_leads(scope).order_by().aggregate(**_counts("received_on", scope))
        rows.insert(0, _row(LEADS, _("Leads"), leads))
    return Block(
        code=CODE,
        title=str(MAKER.title),
        definition=str(MAKER.definition),
        first_head=_("Phase"),
        heads=(*(str(age.title) for age in AGES), _("All")),
        rows=tuple(rows),
        chart=draw,
        as_it_stands=True,
    )


def _counts(field: str, scope: Scope) -> dict[str, Count]:
    return {f"age_{age.code}": Count("pk", filter=age.of(field, scope)) for age in AGES}


def _row(code: str, title: str, found: dict[str, int]) -> Row:
    numbers = [found.get(f"age_{age.code}", 0) for age in AGES]
    cells = [
        Cell(number, f"{CODE}.{code}.{age.code}") for number, age in zip(numbers, AGES, strict=True)
    ]
    return Row(code, title, (*cells, Cell(sum(numbers), f"{CODE}.{code}.all")))


def figure(scope: Scope, code: str) -> Figure | None:
    """Return the open matters of a phase and an age, or of every age."""
    phase_code, _point, age_code = code.partition(".")
    age = next((age for age in AGES if age.code == age_code), None)
    if age is None and age_code != "all":
        return None
    of_age = str(age.title) if age else _("All")
    if phase_code == LEADS and not scope.track:
        rows = _open_leads(scope).filter(age.of("received_on", scope) if age else Q())
        registered = earliest(of_lead("lead_registered"))
        return Figure(joined(_("Leads"), of_age), rows, grounds=(registered,))
    phase = next((phase for phase in PHASES if phase.code == phase_code), None)
    if phase is None:
        return None
    cases = _open_cases(scope).filter(age.of("filed_on", scope) if age else Q())
    rows = cases.filter(state__in=phase.states)
    grounds = (earliest(of_case(*OPENING)), entered_state(MACHINES_OF_CASES))
    return Figure(joined(str(phase.title), of_age), rows, grounds=grounds)


def draw(block: Block, scope: Scope) -> SafeString:
    """Draw a line a phase, its ages one behind the other."""
    rows = [
        Stack(
            row.title,
            tuple(
                mark_of(row, cell, scope, head)
                for cell, head in zip(row.cells[:-1], block.heads, strict=False)
            ),
        )
        for row in block.rows
    ]
    legend = [str(age.title) for age in AGES]
    return stacks(block.title, rows, legend, tones=("m3", "m2", "mw", "mb"))


MAKER = BlockMaker(CODE, gettext_lazy("Age of open matters"), DEFINITION, build, figure)
