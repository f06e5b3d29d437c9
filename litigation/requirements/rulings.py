"""Appeals against rulings on jurisdiction, and applications for retrial that wait (CPL 157, 171, 215)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from audit.errors import Verdict
from cases.guards import TEAM_CURES, day_of, either, guard
from cases.models import Case
from cases.selectors.events import corrected
from litigation import selectors


@guard(
    "管辖权裁定上诉未逾期",
    "The appeal against the ruling on jurisdiction is in time",
    "CPL 157, 171",
    reads="facts, Deadline P-31, Event jurisdiction_ruling_appealed",
    cure=TEAM_CURES,
)
def jurisdiction_appeal_in_time(matter: Case, facts: dict[str, Any]) -> Verdict:
    """Ten days from the service of the ruling on the very party that appeals, once."""
    reference = facts.get("ruling")
    period = selectors.period_to_appeal_ruling(matter, reference) if reference else None
    if period is None or not facts.get("appealed_on"):
        return Verdict(False, _("Choose the ruling, and enter the day of the appeal."))
    if reference in selectors.rulings_appealed(matter):
        return Verdict(False, _("The appeal against this ruling is entered already."))
    return either(
        date.fromisoformat(facts["appealed_on"]) <= period.effective_day,
        _("Possible until %(day)s.") % {"day": period.effective_day},
        _("It was possible until %(day)s (CPL 171): the ruling has taken effect.")
        % {"day": period.effective_day},
    )


@guard(
    "再审申请尚待审查",
    "The application for retrial waits",
    "CPL 215",
    reads="facts, Event retrial_applied, Event retrial_application_refused, Event retrial_ordered",
    cure=TEAM_CURES,
)
def retrial_application_waits(matter: Case, facts: dict[str, Any]) -> Verdict:
    """What the court refuses is an application it received and has not answered."""
    waiting = selectors.applications_waiting(matter)
    if "application" in facts:
        waiting = {key: row for key, row in waiting.items() if key == facts["application"]}
    if not waiting:
        return Verdict(False, _("No application for retrial waits. Enter the application (S26)."))
    applied = min(corrected(event)[0] for event in waiting.values())
    return either(
        applied <= day_of(facts),
        _("An application waits for the court."),
        _("The court received the application on %(day)s: its ruling comes after that.")
        % {"day": applied},
    )
