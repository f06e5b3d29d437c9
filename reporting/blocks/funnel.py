"""How far matters come: leads that became cases, and cases on their way through the procedure."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from audit.errors import Text
from cases.models import Case, Lead
from cases.services.filing import FILING, OPENING
from cases.states import LeadState
from reporting.charts.bars import Bar, bars
from reporting.figures import Block, BlockMaker, Cell, Figure, Row, percent
from reporting.grounds import earliest, of_case, of_lead
from reporting.marks import mark_of
from reporting.scope import Scope, Tracks
from reporting.standing import standing_events

CODE = "funnel"
DEFINITION = gettext_lazy(
    "Leads registered in the time, and how many of them are filed today; cases filed in the time, "
    "and how many of them have reached each step by today, whether they passed the step before or "
    "not. The share is that of the step before. Cases handed to another office are counted there."
)


@dataclass(frozen=True)
class Step:
    """One step of the procedure, reached by an event of one of the kinds, or of those of a later step."""

    code: str
    title: Text
    kinds: tuple[str, ...]


STEPS = (
    Step("filed", gettext_lazy("Cases filed"), ()),
    Step(
        "pre_suit",
        gettext_lazy("Pre-suit procedure"),
        ("announcement_published", "recommendation_decided"),
    ),
    Step(
        "sued",
        gettext_lazy("Suit brought"),
        ("complaint_delivered", "administrative_suit_submitted"),
    ),
    Step(
        "decided",
        gettext_lazy("Judgment or mediation"),
        ("judged", "mediation_effective", "administrative_suit_judged"),
    ),
    Step(
        "performed",
        gettext_lazy("Performed or enforced"),
        ("performance_completed", "enforcement_completed"),
    ),
)
# A case handed to another office goes on there, and is counted there.
HANDED_ON = ("case_transferred", "administrative_case_transferred")


def handed_on() -> Exists:
    """Say of cases that they were handed to another office."""
    return Exists(standing_events().filter(case=OuterRef("pk"), kind__in=HANDED_ON))


def steps_of(scope: Scope) -> tuple[Step, ...]:
    """Return the steps of the track: a suit against an authority ends with its decision."""
    return STEPS[:-1] if scope.track == Tracks.ADMINISTRATIVE else STEPS


def _leads(scope: Scope) -> QuerySet[Lead]:
    registered = scope.events_in_time("lead_registered").values("lead")
    return scope.leads().filter(pk__in=registered)


def _cases(scope: Scope) -> QuerySet[Case]:
    return scope.cases().filter(~handed_on(), filed_on__range=(scope.first, scope.last))


def _reached(at: int, scope: Scope) -> Q:
    """Say of cases that they reached the step at a place, or one after it."""
    if at == 0:
        return Q()
    return Q(Exists(of_case(*_kinds_from(at, scope))))


def _kinds_from(at: int, scope: Scope) -> list[str]:
    """Return the kinds of events that show that a case reached the step at a place, or one after it."""
    return [kind for step in steps_of(scope)[at:] for kind in step.kinds]


def _grounds(at: int, scope: Scope) -> tuple[Subquery, ...]:
    """Return the events that brought a case to the step at a place, and into the figures at all."""
    begun = earliest(of_case(*OPENING))
    return (earliest(of_case(*_kinds_from(at, scope))), begun) if at else (begun,)


def build(scope: Scope) -> Block:
    """Count leads and cases by how far they have come, in two queries."""
    steps = steps_of(scope)
    asked = {step.code: Count("pk", filter=_reached(at, scope)) for at, step in enumerate(steps)}
    numbers = _cases(scope).order_by().aggregate(**asked)
    rows = [_of_step(steps, at, numbers) for at in range(len(steps))]
    if not scope.track:
        rows = [*_of_leads(scope), *rows]
    return Block(
        code=CODE,
        title=str(MAKER.title),
        definition=str(MAKER.definition),
        first_head=_("Step"),
        heads=(pgettext("statistics", "Number"), _("Of the step before")),
        rows=tuple(rows),
        chart=draw,
    )


def _of_leads(scope: Scope) -> list[Row]:
    filed = Count("pk", filter=Q(state=LeadState.FILED))
    found = _leads(scope).order_by().aggregate(registered=Count("pk"), filed=filed)
    share = percent(found["filed"], found["registered"])
    return [
        Row("leads", _("Leads registered"), (Cell(found["registered"], f"{CODE}.leads"), Cell())),
        Row(
            "leads_filed", _("of them filed"), (Cell(found["filed"], f"{CODE}.leads_filed"), share)
        ),
    ]


def _of_step(steps: tuple[Step, ...], at: int, numbers: dict[str, int]) -> Row:
    step = steps[at]
    share = percent(numbers[step.code], numbers[steps[at - 1].code]) if at else Cell()
    return Row(step.code, str(step.title), (Cell(numbers[step.code], f"{CODE}.{step.code}"), share))


def figure(scope: Scope, code: str) -> Figure | None:
    """Return the leads or cases that have come as far as a step."""
    registered = earliest(of_lead("lead_registered"))
    if code == "leads":
        return Figure(_("Leads registered"), _leads(scope), grounds=(registered,))
    if code == "leads_filed":
        rows, filed = _leads(scope).filter(state=LeadState.FILED), earliest(of_lead(*FILING))
        return Figure(_("Leads registered, of them filed"), rows, grounds=(filed, registered))
    for at, step in enumerate(steps_of(scope)):
        if step.code == code:
            cases = _cases(scope).filter(_reached(at, scope))
            return Figure(str(step.title), cases, grounds=_grounds(at, scope))
    return None


def draw(block: Block, scope: Scope) -> SafeString:
    """Draw a bar a step with its share of the step before."""
    rows = [
        Bar(
            row.title,
            mark_of(row, row.cells[0], scope),
            row.cells[1].shown if row.cells[1].value is not None else "",
        )
        for row in block.rows
    ]
    return bars(block.title, rows)


MAKER = BlockMaker(CODE, gettext_lazy("Stages and conversion"), DEFINITION, build, figure)
