"""When the rectification period of a recommendation ends (Rules 75(7); law 6.2)."""

from __future__ import annotations

from datetime import date

from administrative.models import Recommendation
from deadlines.derive import rulebook_of
from deadlines.periods import last_day
from deadlines.yearbook import calendar_under


def rectification_ends(row: Recommendation, *, received_on: date) -> date:
    """Return the last day of the period, counted from the day after the receipt, rolled over a rest day.

    Raises:
        ValueError: the recommendation names no period.
        PeriodError: the end lies outside the calendar.
    """
    if row.length is None:
        raise ValueError("The recommendation names no rectification period.")
    calendar = calendar_under(rulebook_of(row.case))
    return last_day(received_on, row.length, calendar).last_day
