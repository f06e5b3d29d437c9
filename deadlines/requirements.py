"""The guards of S62 and S62-2: the office lengthens a period of its own, first the chief, then one above."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from audit.errors import Verdict
from cases.guards import day_of, either, guard, register_all
from cases.models import Case
from cases.selectors import back_entry
from deadlines import extending
from deadlines.models import Deadline


def _row(matter: Case, facts: dict[str, Any]) -> Deadline | None:
    return extending.chosen(matter, str(facts.get("clock") or ""))


@guard(
    "本院可以延长的期间正在计算",
    "A period the office lengthens runs",
    "Rules 47",
    reads="Deadline P-55",
)
def extendable_clock_runs(matter: Case, facts: dict[str, Any]) -> Verdict:
    """More time is asked for, and granted, before the period lapses (Rules 47; law 14.2)."""
    row = _row(matter, facts)
    if row is None:
        return Verdict(
            False, _("No period runs that is lengthened by this step. The review has T17.")
        )
    values = {"id": row.rule, "day": row.effective_day}
    if row.runs_on(day_of(facts)):
        return Verdict(True, _("%(id)s runs until %(day)s.") % values)
    if back_entry.is_running(matter):
        sentence = _("%(id)s lapsed on %(day)s; the paper says otherwise.")
        return Verdict(True, sentence % values, warning=True)
    return Verdict(False, _("%(id)s lapsed on %(day)s: an extension comes too late.") % values)


@guard(
    "该期间未曾延长",
    "The period was not extended before",
    "Rules 47",
    reads="Event period_extension_granted",
)
def clock_not_extended_before(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The chief grants more time once for a clock; more is for the next-higher office."""
    row = _row(matter, facts)
    return either(
        row is None or not extending.is_extended_by_chief(matter, row),
        _("The period has not been extended."),
        _("The chief has extended once. More is for the next-higher office (S62-2)."),
    )


@guard(
    "该期间已由检察长延长",
    "The chief extended the period before",
    "Rules 47",
    reads="Event period_extension_granted",
)
def clock_extended_before(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The next-higher office is asked after the extension of the chief."""
    row = _row(matter, facts)
    return either(
        row is not None and extending.is_extended_by_chief(matter, row),
        _("The chief has extended the period."),
        _("The chief grants the first extension (S62)."),
    )


@guard(
    "该期间的新期限已载明",
    "The new end of the period is named",
    "Rules 47; law 6.2",
    reads="Deadline P-55, facts",
)
def new_end_of_clock_named(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The approval names a day after the present end (law 6.2 point 6)."""
    return later_end(_row(matter, facts), facts)


def later_end(row: Deadline | None, facts: dict[str, Any]) -> Verdict:
    """Say whether an approval names a day, and one after the present end."""
    if not facts.get("until") or row is None:
        return Verdict(False, _("Enter the new last day, as the approval names it."))
    until = date.fromisoformat(facts["until"])
    return either(
        until > row.effective_day,
        _("Until %(day)s.") % {"day": until},
        _("The new end must be later than %(day)s.") % {"day": row.effective_day},
    )


def register() -> None:
    """Hand the guards to the registry."""
    register_all()
