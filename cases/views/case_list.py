"""The list of cases: filter, saved filters, chosen columns, pages after a cursor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.views.base import ActView, StaffPage
from audit.keyset import Page, counted_with, with_count
from audit.paging import page_asked_for
from cases import list_columns
from cases.forms.case_list import LIST_NAME, CaseFilterForm
from cases.forms.lists import ColumnsForm
from cases.models import Case
from cases.models.listing import LONGEST_QUERY
from cases.running.selectors import may_open
from cases.selectors.assignment import may_distribute
from cases.selectors.case_list import FILLED, MOST_EXPORTED, in_order, keys_in, shown_cases
from cases.selectors.lists import around
from cases.services.bulk import MOST_AT_ONCE
from cases.services.lists import choose_columns
from cases.views.kept_filters import (
    COLUMNS,
    KeptFilterChange,
    KeptFilterDelete,
    KeptFilterSave,
    KeptList,
    kept_context,
    opening,
)

KEPT = KeptList(
    name=LIST_NAME,
    names=(*CaseFilterForm.base_fields, "sort", COLUMNS),
    page="case_list",
    save="case_filter_save",
    change="case_filter_change",
    forget="case_filter_delete",
)


def columns_asked_for(given: QueryDict, kept: list[str]) -> tuple[list_columns.Column, ...]:
    """Return the columns an address names, else those the reader chose, else the usual ones."""
    return list_columns.chosen(list_columns.split(given.get(COLUMNS, "")) or kept)


class CaseList(StaffPage):
    """The cases the actor sees; the address carries filter, order, columns and page."""

    template_name = "cases/case_list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        place = around(self.actor, KEPT.name)
        if address := opening(request, KEPT, place.saved):
            return HttpResponseRedirect(address)
        form = CaseFilterForm(request.GET, actor=self.actor, place=place)
        rows = form.found()
        shown = self._page(rows)
        columns = columns_asked_for(request.GET, place.columns)
        named = list_columns.joined(columns)
        context = self.get_context_data(
            form=form,
            page=replace(shown, items=shown_cases([row["pk"] for row in shown.items])),
            count=counted_with(rows, shown),
            columns=columns,
            **kept_context(KEPT, form, request.GET, place.saved, columns=named),
            as_seen=self._as_seen(named),
            filter_without_columns=KEPT.query(request.GET, without=(COLUMNS,)).urlencode(),
            most_rows=MOST_EXPORTED,
            most_at_once=MOST_AT_ONCE,
            may_open_running=may_open(self.actor),
            may_distribute=may_distribute(self.actor),
        )
        return self.render_to_response(context, status=400 if form.errors else 200)

    def _page(self, rows: QuerySet[Case]) -> Page[dict[str, Any]]:
        ordered, order = in_order(with_count(rows), self.request.GET.get("sort", ""))
        return page_asked_for(self.request, keys_in(ordered, order), order=[order], filled=FILLED)

    def _as_seen(self, columns: str) -> str:
        """Return what an address asks for that shows the list to others as it is seen here."""
        query = KEPT.query(self.request.GET)
        query[COLUMNS] = columns
        return query.urlencode()


class ColumnsChoose(ActView):
    """Choose which columns the list shows, and in which order: from now on, or this once."""

    template_name = "cases/list_columns.html"
    form_class = ColumnsForm
    heading = gettext_lazy("Columns of the list")
    explanation = gettext_lazy(
        "Number the columns in the order in which they shall stand. A column without a number is not shown."
    )

    @cached_property
    def query(self) -> QueryDict:
        """The filters of the list that is gone back to."""
        given = QueryDict(self.request.POST.get("query", "")[:LONGEST_QUERY])
        return KEPT.query(given if self.request.method == "POST" else self.request.GET)

    def get_form_kwargs(self) -> dict[str, Any]:
        kept = around(self.actor, KEPT.name).columns
        codes = [column.code for column in columns_asked_for(self.query, kept)]
        return super().get_form_kwargs() | {"codes": codes}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(query=self.query.urlencode(), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("how") == "usual":
            return self._kept([], _("The list shows its usual columns again."))
        return super().post(request, *args, **kwargs)

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, ColumnsForm)
        codes = form.codes()
        if self.request.POST.get("how") == "once":
            query = KEPT.query(self.query)
            query[COLUMNS] = list_columns.BETWEEN.join(codes)
            return HttpResponseRedirect(KEPT.address(query.urlencode()))
        return self._kept(codes, _("The columns are kept."))

    def _kept(self, codes: list[str], done: str) -> HttpResponse:
        choose_columns(actor=self.actor, list_name=KEPT.name, codes=codes)
        messages.success(self.request, done)
        return HttpResponseRedirect(self.back())

    def back(self) -> str:
        return KEPT.address(KEPT.query(self.query, without=(COLUMNS,)).urlencode())


class FilterSave(KeptFilterSave):
    """Keep the present filter under a name."""

    kept = KEPT


class FilterChange(KeptFilterChange):
    """Change a filter of one's own."""

    kept = KEPT


class FilterDelete(KeptFilterDelete):
    """Forget a filter of one's own."""

    kept = KEPT
