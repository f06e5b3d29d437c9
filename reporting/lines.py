"""The rows behind a figure as page, workbook and API show them: what happened, when, in which matter.

Every row leads to the event it rests on, a matter to those that made it count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from administrative.models import Measure
from audit.articles import written
from cases.models import Case, Event, Lead
from cases.workplace import title_of
from deadlines.models import Deadline
from enforcement.models import LedgerEntry
from litigation.models import Claim, OperativeItem
from reporting.wording import days_told, joined

# What the annotations of a row are called that hold the keys of the events which made it count.
GROUND = "ground_"


@dataclass(frozen=True)
class Happening:
    """An event beside a row."""

    title: str
    day: date
    link: str


@dataclass(frozen=True)
class Line:
    """One row.

    Attributes:
        day: the day it counts by; None where today's state counts.
        what: what was counted; typed text where it is `typed`.
        more: what is said of it beside, as how long it took.
        link: the event, deadline or matter it rests on.
        beside: further events that made it count.
    """

    day: date | None
    what: str
    more: str
    amount: Decimal | None
    matter: Lead | Case
    link: str
    typed: bool = False
    beside: tuple[Happening, ...] = ()


@dataclass(frozen=True)
class Shown:
    """How rows of one model become lines, and what they are read with.

    Attributes:
        by_event: whether the event that made a row count stands for it; alone it says only its state.
    """

    related: tuple[str, ...]
    line: Callable[[Any], Line]
    by_event: bool = False


def prepared(rows: QuerySet[Any], grounds: Sequence[Subquery] = ()) -> QuerySet[Any]:
    """Return the rows with what their lines show, the keys of the events that made them count included."""
    named = {f"{GROUND}{at}": ground for at, ground in enumerate(grounds)}
    found: QuerySet[Any] = rows.select_related(*SHOWN[rows.model].related).annotate(**named)
    return found.prefetch_related("corrections") if rows.model is Event else found


def lines_of(rows: Sequence[Any]) -> list[Line]:
    """Return prepared rows as they are shown; the events that made them count are read together."""
    keys = {key for row in rows for key in _grounds_of(row)}
    found = Event.objects.filter(pk__in=keys).prefetch_related("corrections") if keys else ()
    events = {event.pk: _happening(event) for event in found}
    return [_grounded(row, [events[key] for key in _grounds_of(row)]) for row in rows]


def _grounds_of(row: Any) -> list[int]:
    """Return the keys of the events that made a row count, each once, the one that decided it first."""
    named = sorted(name for name in vars(row) if name.startswith(GROUND))
    return [key for key in dict.fromkeys(getattr(row, name) for name in named) if key]


def _happening(event: Event) -> Happening:
    return Happening(title_of(event), _day_of(event), _event_page(event))


def _grounded(row: Any, events: list[Happening]) -> Line:
    line = line_of(row)
    if not events:
        return line
    first, *others = events
    if not SHOWN[type(row)].by_event:
        return replace(line, day=first.day, beside=tuple(events))
    more = joined(line.what, line.more)
    return Line(first.day, first.title, more, None, line.matter, first.link, beside=tuple(others))


def line_of(row: Any) -> Line:
    """Return a row as it is shown."""
    return SHOWN[type(row)].line(row)


def _took(row: Any) -> str:
    days = getattr(row, "days", None)
    return "" if days is None else days_told(days)


def _event_page(event: Event) -> str:
    return reverse("event_detail", args=[event.pk])


def _day_of(event: Event) -> date:
    corrections = list(event.corrections.all())
    return corrections[-1].legal_day if corrections else event.legal_day


def _of_event(event: Event) -> Line:
    day = _day_of(event)
    return Line(day, title_of(event), _took(event), None, event.matter, _event_page(event))


def _of_case(case: Case) -> Line:
    due: date | None = getattr(case, "due", None)
    more = _("last day to reply %(day)s") % {"day": due} if due else ""
    return Line(
        case.filed_on, str(case.get_state_display()), more, None, case, case.get_absolute_url()
    )


def _of_lead(lead: Lead) -> Line:
    more = _("received on %(day)s") % {"day": lead.received_on}
    return Line(
        lead.received_on, str(lead.get_state_display()), more, None, lead, lead.get_absolute_url()
    )


def _of_deadline(deadline: Deadline) -> Line:
    day = getattr(deadline, "done", None) or deadline.effective_day
    more = joined(_took(deadline), written(deadline.article))
    link = reverse("deadline_detail", args=[deadline.pk])
    what = f"{deadline.rule} {deadline.title}".strip()
    return Line(day, what, more, None, deadline.matter, link, typed=deadline.manual)


def _of_claim(claim: Claim) -> Line:
    day: date = claim.day  # type: ignore[attr-defined]
    link = _event_page(claim.event)
    return Line(day, claim.text, claim.get_kind_display(), claim.amount, claim.case, link, True)


def _of_item(item: OperativeItem) -> Line:
    judgment = item.judgment
    link, kind = _event_page(item.event), item.get_kind_display()
    return Line(judgment.pronounced_on, item.text, kind, item.amount, judgment.case, link, True)


def _of_entry(entry: LedgerEntry) -> Line:
    amount = -entry.amount if entry.takes_back_id else entry.amount
    kind = _("Taken back") if entry.takes_back_id else entry.get_kind_display()
    what, link = entry.obligation.text, _event_page(entry.event)
    return Line(entry.day, what, str(kind), amount, entry.case, link, True)


def _of_measure(measure: Measure) -> Line:
    case = measure.recommendation.case
    link = reverse("case_recommendation", args=[case.key])
    return Line(None, measure.text, "", None, case, link, True)


SHOWN: dict[type[Any], Shown] = {
    Event: Shown(("case", "lead"), _of_event),
    Case: Shown((), _of_case, by_event=True),
    Lead: Shown((), _of_lead, by_event=True),
    Deadline: Shown(("case", "lead"), _of_deadline),
    Claim: Shown(("case", "event"), _of_claim),
    OperativeItem: Shown(("judgment__case", "event"), _of_item),
    LedgerEntry: Shown(("case", "event", "obligation"), _of_entry),
    Measure: Shown(("recommendation__case",), _of_measure),
}
