"""Twelve weeks at a glance: how many deadlines end on each day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.views.base import StaffPage
from audit import clock
from deadlines import heat, listing, selectors
from deadlines.filter_forms import PlaceFilterForm, WeeksForm
from deadlines.listing import When
from deadlines.yearbook import calendar


class DeadlineWeeks(StaffPage):
    """The heat calendar; the address carries the week and the filter."""

    template_name = "deadlines/weeks.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = WeeksForm(request.GET, actor=self.actor)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        every = selectors.deadlines_visible_to(self.actor)
        rows = listing.by_place(every, self.actor, form.cleaned_data)
        monday = form.cleaned_data["week"]
        days = heat.days_of(rows, monday, calendar())
        place = place_of(form)
        context = self.get_context_data(
            form=form,
            overdue=rows.filter(listing.overdue()).count(),
            overdue_address=list_address(place, when=When.OVERDUE.value),
            total=sum(day.number for day in days),
            **shown(days, place),
            **neighbours(monday, place),
        )
        return self.render_to_response(context)


def place_of(form: WeeksForm) -> dict[str, str]:
    """Return the filters that are set beside the week, as an address carries them."""
    names = PlaceFilterForm.base_fields
    return {name: form.data[name] for name in names if form.cleaned_data.get(name)}


def list_address(place: Mapping[str, str], **more: str) -> str:
    """Return the address of the list of deadlines with these filters."""
    return f"{reverse('deadline_list')}?{urlencode({**place, **more})}"


def shown(days: list[heat.Day], place: Mapping[str, str]) -> dict[str, Any]:
    """Return the days as the page draws them: a line for each weekday, a column for each week."""
    scale = heat.Scale(max(day.number for day in days))
    cells = [
        {
            "at": day,
            "level": scale.level(day.number),
            "today": day.day == clock.today(),
            "address": list_address(place, from_day=day.day.isoformat(), until=day.day.isoformat()),
        }
        for day in days
    ]
    kinds = heat.kinds_in(days)
    busy = [day for day in days if day.number]
    return {
        "weeks": [
            (days[first].day, any(day.provisional for day in days[first : first + 7]))
            for first in range(0, len(days), 7)
        ],
        "lines": [cells[weekday::7] for weekday in range(7)],
        "bounds": list(scale.bounds()),
        "kinds": [kind.label for kind in kinds],
        "busy": [(day, [day.kinds.get(kind, 0) for kind in kinds]) for day in busy],
        "provisional": any(day.provisional for day in days),
    }


def neighbours(monday: date, place: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses of the twelve weeks before and after."""
    step = timedelta(weeks=heat.WEEKS)
    page = reverse("deadline_weeks")
    moved = {"earlier": monday - step, "later": monday + step}
    return {
        name: f"{page}?{urlencode({**place, 'week': day.isoformat()})}"
        for name, day in moved.items()
    }
