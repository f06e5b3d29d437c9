"""The list of cases: filter, saved filters, pages after a cursor."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from accounts.views.base import StaffPage
from audit import clock
from audit.keyset import Page, capped_count
from audit.paging import page_asked_for
from cases.forms.case_list import CaseFilterForm
from cases.models import Case
from cases.running.selectors import may_open
from cases.selectors.case_list import MOST_EXPORTED
from cases.views.kept_filters import KeptFilterDelete, KeptFilterSave, KeptList, kept_context

ORDERS = ("filed_on", "-filed_on", "next_deadline", "-next_deadline", "state_since", "-state_since")
KEPT = KeptList(
    name="cases",
    names=(*CaseFilterForm.base_fields, "sort"),
    page="case_list",
    save="case_filter_save",
    forget="case_filter_delete",
)


class CaseList(StaffPage):
    """The cases the actor sees; the address carries filter, order and page."""

    template_name = "cases/case_list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CaseFilterForm(request.GET, actor=self.actor)
        rows = form.found()
        context = self.get_context_data(
            form=form,
            page=self._page(rows),
            count=capped_count(rows.values("pk")),
            **kept_context(KEPT, form, request.GET, self.actor),
            most_rows=MOST_EXPORTED,
            today=clock.today(),
            may_open_running=may_open(self.actor),
        )
        return self.render_to_response(context, status=400 if form.errors else 200)

    def _page(self, rows: QuerySet[Case]) -> Page[Case]:
        sort = self.request.GET.get("sort", "")
        order = [sort if sort in ORDERS else "-id"]
        shown = page_asked_for(self.request, rows, order=order)
        for case in shown.items:
            case.days_in_state = (clock.today() - case.state_since).days  # type: ignore[attr-defined]
        return shown


class FilterSave(KeptFilterSave):
    """Keep the present filter under a name."""

    kept = KEPT


class FilterDelete(KeptFilterDelete):
    """Forget a filter of one's own."""

    kept = KEPT
