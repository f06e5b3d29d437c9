"""The order of legal days: nothing happens in law before what it rests on (design 3)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audit import clock
from audit.errors import Invalid
from cases.machine import Declaration
from cases.models import Case, Event, Lead, Proposal
from cases.registries import document_slots
from cases.selectors.events import corrected, last_change_of, latest, neighbours
from cases.selectors.spending import spending_event

if TYPE_CHECKING:
    Matter = Lead | Case


def require_day(day: date, *, field: str = "legal_day") -> None:
    """Refuse a legal day in the future (design 3).

    Args:
        field: where the day was typed.

    Raises:
        Invalid: naming the day.
    """
    if day > clock.today():
        raise Invalid(
            _("%(day)s lies in the future. Enter the day on which it happened.")
            % {"day": day.isoformat()},
            errors={
                field: [
                    _("This day lies in the future. Enter the day on which it really happened.")
                ]
            },
            code="future_day",
        )


def first_day(matter: Matter) -> date:
    """Return the day on which a matter came to be: receipt of a lead, filing of a case."""
    return matter.received_on if isinstance(matter, Lead) else matter.filed_on


def require_within_matter(matter: Matter, day: date) -> None:
    """Refuse a day before the matter itself.

    Raises:
        Invalid: naming both days.
    """
    first = first_day(matter)
    if isinstance(matter, Lead):
        _require_not_before(day, first, _("The lead was received on %(first)s."))
    else:
        _require_not_before(day, first, _("The case was filed on %(first)s."))


def require_in_order(
    declaration: Declaration, matter: Matter, day: date, proposal: Proposal | None
) -> None:
    """Refuse a transition before the last change of state, its approval or a document it rests on.

    Raises:
        Invalid: naming what it would come before, and that day.
    """
    require_within_matter(matter, day)
    last = last_change_of(matter)
    if last is not None:
        _require_not_before(day, corrected(last)[0], _("The present state began on %(first)s."))
    if proposal is not None:
        steps = proposal.steps.filter(round=proposal.round).order_by("-legal_day")
        if approved := steps.values_list("legal_day", flat=True).first():
            _require_not_before(day, approved, _("It was approved on %(first)s."))
    slot = document_slots.get("documents")
    for code in declaration.needs_documents if slot else ():
        spent = spending_event(matter, code)
        since = spent.recorded_at if spent else None
        if ready := slot.ready_on(matter, code, since=since):  # type: ignore[union-attr]
            title = slot.titles(code)[0]  # type: ignore[union-attr]
            sentence = _("“%(title)s”, on which it rests, is of %(first)s.")
            _require_not_before(day, ready, sentence, title=title)


def require_between_neighbours(event: Event, matter: Matter, day: date) -> None:
    """Refuse a corrected day that would change the order of the changes of state.

    Raises:
        Invalid: naming the neighbour it would pass.
    """
    require_within_matter(matter, day)
    before, after = neighbours(event)
    if before is not None:
        _require_not_before(day, corrected(before)[0], _("The step before it is of %(first)s."))
    if after is not None and day > (limit := corrected(after)[0]):
        sentence = _("The step after it is of %(last)s. Correct that one first.")
        _refuse(day, sentence % {"last": limit.isoformat()})


def require_after_start(matter: Matter, day: date, *, field: str = "legal_day") -> None:
    """Refuse collecting evidence on a day before the investigation began (Rules 33; norm C020).

    Args:
        field: where the day was typed.

    Raises:
        Invalid: naming the day on which it began.
    """
    started = latest(matter, "investigation_started")
    if isinstance(matter, Case) and matter.is_administrative:
        # Its investigation begins with the filing (law 3.9, A1).
        first = matter.filed_on
    elif started is not None:
        first = corrected(started)[0]
    else:
        return
    if day >= first:
        return
    sentence = _("The investigation began on %(first)s; before it nothing is collected.") % {
        "first": first.isoformat()
    }
    raise Invalid(sentence, errors={field: [sentence]}, code="day_out_of_order", law="Rules 33")


def _require_not_before(day: date, first: date, sentence: str, **names: str) -> None:
    if day < first:
        _refuse(day, sentence % {"first": first.isoformat(), **names})


def _refuse(day: date, why: str) -> None:
    raise Invalid(
        _("%(day)s cannot be the day. %(why)s") % {"day": day.isoformat(), "why": why},
        errors={"legal_day": [why]},
        code="day_out_of_order",
    )
