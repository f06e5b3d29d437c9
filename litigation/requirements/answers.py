"""An answer follows what it answers: defence, answer to an appeal, notice of attending staff (law 3.7)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from audit.errors import Verdict
from cases.guards import TEAM_CURES, day_of, either, guard
from cases.models import Case
from cases.selectors.events import corrected
from litigation import selectors
from litigation.forms.court import notice_answered


def _after_service(day: date | None, facts: dict[str, Any], missing: str) -> Verdict:
    if day is None:
        return Verdict(False, missing)
    return either(
        day <= day_of(facts),
        _("Served on %(day)s.") % {"day": day},
        _("It was served on %(day)s only: an answer comes after that. Correct the day.")
        % {"day": day},
    )


@guard(
    "起诉状副本已送达该被告",
    "The complaint was served on this defendant",
    "CPL 128",
    reads="facts, Event complaint_served",
    cure=TEAM_CURES,
)
def complaint_reached_defendant(matter: Case, facts: dict[str, Any]) -> Verdict:
    """A defence answers the complaint; it comes from a defendant on whom that was served by then."""
    if not facts.get("defendant"):
        return Verdict(False, _("Choose the defendant."))
    day = selectors.served_with_complaint(matter).get(str(facts["defendant"]))
    missing = _("Enter first when the complaint was served on this defendant (S12).")
    return _after_service(day, facts, missing)


@guard(
    "上诉状副本已送达该当事人",
    "The appeal was served on this party",
    "CPL 174",
    reads="facts, Event appeal_served",
    cure=TEAM_CURES,
)
def appeal_reached_party(matter: Case, facts: dict[str, Any]) -> Verdict:
    """An answer comes from a party on whom a copy of the appeal was served by then."""
    if not facts.get("party"):
        return Verdict(False, _("Choose the party."))
    day = selectors.appeal_served_on(matter, str(facts["party"]))
    missing = _("Enter first when the copy of the appeal reached this party (S25).")
    return _after_service(day, facts, missing)


@guard(
    "已收到开庭通知",
    "The court's notice was received",
    "Rules 49; JI 8",
    reads="facts, Event hearing_noticed",
    cure=TEAM_CURES,
)
def attendance_follows_notice(matter: Case, facts: dict[str, Any]) -> Verdict:
    """The court is told who attends the hearing it has announced: not before its notice came."""
    notice = notice_answered(matter, day_of(facts))
    if notice is None:
        sentence = _(
            "No notice of a hearing had come from the court by that day. Enter the notice first, or correct "
            "the day."
        )
        return Verdict(False, sentence)
    day = corrected(notice)[0]
    return Verdict(True, _("The court's notice was received on %(day)s.") % {"day": day})
