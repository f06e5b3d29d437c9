"""More time for the trial: until when it may be given, and by whom (CPL 152; CPLI 243; norm C139)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from audit.errors import Verdict
from cases.guards import TEAM_CURES, guard
from cases.models import Case
from cases.selectors import back_entry
from litigation import selectors

BY_PRESIDENT = "president"


@guard(
    "新的审理期限晚于原期限",
    "The new end of the trial period is later",
    "CPL 152",
    reads="facts, Deadline P-27",
    cure=TEAM_CURES,
)
def trial_end_is_later(matter: Case, facts: dict[str, Any]) -> Verdict:
    """An approval lengthens: it names a day after the present end of the trial period."""
    period = selectors.period(matter, "P-27")
    if not facts.get("until") or period is None:
        return Verdict(False, _("Enter the new last day, as the approval names it."))
    day = period.effective_day
    if date.fromisoformat(facts["until"]) > day:
        return Verdict(True, _("The trial period runs until %(day)s.") % {"day": day})
    sentence = _("The trial period runs until %(day)s already (CPL 152): name a later day.")
    return Verdict(False, sentence % {"day": day})


@guard(
    "院长批准延长不超过六个月",
    "The president gives at most six months",
    "CPL 152; CPLI 243",
    reads="facts, Deadline P-27",
    cure=TEAM_CURES,
)
def president_gives_six_months(matter: Case, facts: dict[str, Any]) -> Verdict:
    """More than six months beyond the length of the law is for the superior court.

    An old paper that says otherwise is entered with a warning.
    """
    if facts.get("by") != BY_PRESIDENT or not facts.get("until"):
        return Verdict(True, _("The superior court names the day itself."))
    limit = selectors.end_of_presidents_time(matter)
    if limit is None or date.fromisoformat(facts["until"]) <= limit:
        return Verdict(True, _("Within the six months of the president (CPL 152)."))
    sentence = _(
        "The president of the court can approve until %(day)s (CPL 152). More is for the superior court: "
        "choose it, or correct the day."
    )
    entered = back_entry.is_running(matter)
    return Verdict(entered, sentence % {"day": limit}, warning=entered)
