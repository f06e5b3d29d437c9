"""The list of deadlines: filters, quick links, kept filters and the way out as a workbook."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _

from accounts.views.base import StaffPage, StaffView
from audit.keyset import capped_count
from audit.paging import page_asked_for
from cases.selectors.lists import kept_filters
from cases.spreadsheet import workbook_answer
from cases.views.kept_filters import (
    KeptFilterChange,
    KeptFilterDelete,
    KeptFilterSave,
    KeptList,
    kept_context,
    opening,
)
from deadlines import listing, selectors
from deadlines.exporting import MOST_EXPORTED, export_deadlines
from deadlines.filter_forms import DeadlineFilterForm
from deadlines.listing import When
from deadlines.models import RUNNING, Deadline
from deadlines.yearbook import calendar

EARLIEST, LATEST = "effective_day", "-effective_day"
KEPT = KeptList(
    name="deadlines",
    names=(*DeadlineFilterForm.base_fields, "sort"),
    page="deadline_list",
    save="deadline_filter_save",
    change="deadline_filter_change",
    forget="deadline_filter_delete",
)
# What a quick link sets anew; who, where and what stay as they are.
SET_BY_LINK = ("when", "others", "state", "from_day", "until", "sort")


class DeadlineList(StaffPage):
    """The deadlines of every matter the actor may see; the address carries filter, order and page."""

    template_name = "deadlines/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        saved = kept_filters(self.actor, KEPT.name)
        if address := opening(request, KEPT, saved):
            return HttpResponseRedirect(address)
        form = DeadlineFilterForm(request.GET, actor=self.actor)
        every = selectors.deadlines_visible_to(self.actor)
        valid = form.is_valid()
        rows = listing.narrowed(every, self.actor, form.cleaned_data) if valid else every.none()
        order = [order_of(form, request.GET.get("sort", "")), "id"]
        shown = page_asked_for(request, rows, order=order)
        context = self.get_context_data(
            form=form,
            page=shown,
            rows=self._rows(shown.items),
            count=capped_count(rows.values("pk")),
            links=self._links(every, form) if valid else [],
            most_rows=MOST_EXPORTED,
            **kept_context(KEPT, form, request.GET, saved),
        )
        return self.render_to_response(context, status=200 if valid else 400)

    def _rows(self, items: list[Deadline]) -> list[tuple[Deadline, str, str]]:
        days = calendar()
        return [(row, *listing.day_in_words(row, days)) for row in items]

    def _links(self, every: QuerySet[Deadline], form: DeadlineFilterForm) -> list[dict[str, Any]]:
        """Return the quick links with what they lead to, in the place the filter has chosen."""
        place = {k: v for k, v in form.cleaned_data.items() if k not in SET_BY_LINK}
        numbers = listing.counts(listing.by_place(every, self.actor, place))
        chosen = form.cleaned_data
        links = [
            self._link("when", when.value, str(when.label), numbers, chosen["when"] == when)
            for when in When
        ]
        waiting = self._link("others", "on", _("Waiting for others"), numbers, chosen["others"])
        return [*links, waiting]

    def _link(
        self, name: str, value: str, title: str, numbers: dict[str, int], current: bool
    ) -> dict[str, Any]:
        query = KEPT.query(self.request.GET)
        for left in SET_BY_LINK:
            query.pop(left, None)
        query[name] = value
        number = numbers["others" if name == "others" else value]
        return {
            "title": title,
            "number": number,
            "address": KEPT.address(query.urlencode()),
            "current": current,
            "bad": value == When.OVERDUE and number > 0,
        }


def order_of(form: DeadlineFilterForm, asked: str) -> str:
    """Return the order asked for: else what runs with the earliest day first, what is over latest first."""
    if asked in (EARLIEST, LATEST):
        return asked
    state = form.cleaned_data.get("state") if form.is_valid() else ""
    return EARLIEST if state in ("", *RUNNING) else LATEST


class DeadlineExport(StaffView):
    """The filtered list as a workbook; that it was taken out is recorded."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = DeadlineFilterForm(request.GET, actor=self.actor)
        if not form.is_valid():
            return HttpResponseRedirect(KEPT.address(request.GET.urlencode()))
        return workbook_answer(export_deadlines(actor=self.actor, form=form), "deadlines")


class FilterSave(KeptFilterSave):
    """Keep the present filter under a name."""

    kept = KEPT


class FilterChange(KeptFilterChange):
    """Change a filter of one's own."""

    kept = KEPT


class FilterDelete(KeptFilterDelete):
    """Forget a filter of one's own."""

    kept = KEPT
