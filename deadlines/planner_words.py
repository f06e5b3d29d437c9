"""What the planner says: the verdict, each warning with its article, and the days in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from deadlines.planner import Plan, Warn


@dataclass(frozen=True)
class Said:
    """A sentence with its article and how grave it is (a tone of the tags)."""

    code: str
    text: str
    law: str
    tone: str


@dataclass(frozen=True)
class Mark:
    """One day of the timeline."""

    day: date
    title: str
    law: str
    tone: str = ""


def verdict(found: Plan) -> Said:
    """Say whether the measure holds until the suit."""
    values = {"lapse": found.lapse.last_day.isoformat()}
    if found.suit_on is None:
        text = _("Without an announcement no suit is possible; the measure lapses on %(lapse)s.")
        return Said("no_suit", text % values, "CPL 104; Rules 91", "bad")
    values |= {"suit": found.suit_on.isoformat(), "days": str(found.days_missing)}
    if found.holds:
        text = _("The suit is possible from %(suit)s; the measure stands until %(lapse)s.")
        return Said("holds", text % values, "CPL 104; Rules 91", "ok")
    text = _(
        "The measure lapses on %(lapse)s, before the suit is possible on %(suit)s: %(days)s days are missing."
    )
    return Said("lapses", text % values, "CPL 104; Rules 91", "bad")


def warnings(found: Plan) -> list[Said]:
    """Return every warning as a sentence that says what to do."""
    values = {
        "measure": found.measure.isoformat(),
        "lapse": found.lapse.last_day.isoformat(),
        "by": found.announce_by.isoformat(),
        "ends": found.announcement.last_day.isoformat() if found.announcement else "",
    }
    return [
        Said(code.value, text % values, law, tone)
        for code, (text, law, tone) in _sentences().items()
        if code in found.warnings
    ]


def _sentences() -> dict[Warn, tuple[str, str, str]]:
    window = "CPL 104; Rules 91"
    return {
        Warn.MEASURE_FIRST: (
            _(
                "The measure of %(measure)s comes before the announcement. Publish the announcement first, "
                "or on the same day: its thirty days and the review run against those of the measure."
            ),
            window,
            "warn",
        ),
        Warn.NOT_ANNOUNCED: (
            _("No announcement is planned. Publish it by %(by)s, or the measure lapses."),
            window,
            "bad",
        ),
        Warn.ENDS_IN_ANNOUNCEMENT: (
            _(
                "The measure lapses on %(lapse)s, while the announcement runs until %(ends)s. Publish by "
                "%(by)s, or take the measure later."
            ),
            window,
            "bad",
        ),
        Warn.ENDS_IN_REVIEW: (
            _(
                "The measure lapses on %(lapse)s, during the review. Publish by %(by)s, take the measure "
                "later, or review faster."
            ),
            window,
            "bad",
        ),
        Warn.TOO_LATE: (
            _(
                "%(by)s, the last day to publish for this measure, has passed. Take the measure later; one "
                "that was taken will be lifted without a suit."
            ),
            "CPL 104",
            "bad",
        ),
    }


def timeline(found: Plan) -> list[Mark]:
    """Return the days of the plan in their order."""
    marks = [
        Mark(found.announce_by, _("Last day to publish the announcement"), "Rules 91", "warn"),
        Mark(found.measure, _("Measure taken"), "CPL 104"),
        Mark(
            found.lapse.last_day, _("Without a suit the court lifts the measure"), "CPL 104", "bad"
        ),
    ]
    if found.announced and found.announcement and found.suit_on and found.measure_from:
        ends = found.announcement.last_day
        marks += [
            Mark(found.announced, _("Announcement published"), "Rules 91"),
            Mark(ends, _("Announcement expires; the review begins"), "Rules 47; Rules 91"),
            Mark(found.suit_on, _("First day of the suit"), "Rules 94", "ok"),
            Mark(
                found.measure_from, _("A measure from this day on holds until the suit"), "CPL 104"
            ),
        ]
    return sorted(marks, key=lambda mark: mark.day)
