"""A year of the working calendar to look at."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext

from accounts.views.base import StaffPage
from deadlines.year_grid import FIRST_YEAR, LAST_YEAR, year_of
from deadlines.yearbook import is_shipped


class CalendarYear(StaffPage):
    """Twelve months with the days off, the make-up working days and the plain weekends."""

    template_name = "deadlines/year.html"

    def prepare(self) -> None:
        self.require(FIRST_YEAR <= self.kwargs["year"] <= LAST_YEAR)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grid = year_of(self.kwargs["year"])
        return super().get_context_data(
            grid=grid,
            shipped=grid.notice is not None and is_shipped(grid.notice),
            weekdays=_weekdays(),
            previous=grid.year - 1 if grid.year > FIRST_YEAR else None,
            following=grid.year + 1 if grid.year < LAST_YEAR else None,
            **kwargs,
        )


def _weekdays() -> list[str]:
    """Return the heads of the columns, Monday first."""
    return [
        pgettext("column of a calendar", "Mon"),
        pgettext("column of a calendar", "Tue"),
        pgettext("column of a calendar", "Wed"),
        pgettext("column of a calendar", "Thu"),
        pgettext("column of a calendar", "Fri"),
        pgettext("column of a calendar", "Sat"),
        pgettext("column of a calendar", "Sun"),
    ]
