"""What the lists of leads and of cases share: kept filters, columns, pages, what leaves the house."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
)
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.views.base import ActView, StaffPage, StaffView
from audit.keyset import Page, counted_with, with_count
from audit.paging import page_asked_for
from cases.forms.list_filter import ListFilterForm
from cases.forms.lists import ColumnsForm
from cases.list_columns import BETWEEN, Column, Columns, joined, split
from cases.listed import Listed
from cases.models.listing import LONGEST_QUERY
from cases.selectors.assignment import may_distribute
from cases.selectors.case_list import MOST_EXPORTED
from cases.selectors.lists import Around, around
from cases.selectors.tags import has_tags
from cases.services.bulk import MOST_AT_ONCE
from cases.services.exports import Taking, export_list
from cases.services.lists import choose_columns
from cases.spreadsheet import workbook_answer
from cases.views.kept_filters import COLUMNS, KeptList, kept_context, opening


def columns_asked_for(columns: Columns, given: QueryDict, kept: list[str]) -> tuple[Column, ...]:
    """Return the columns an address names, else those the reader chose, else the usual ones."""
    return columns.chosen(split(given.get(COLUMNS, "")) or kept)


def packed(kept: KeptList, given: QueryDict) -> QueryDict:
    """Return the filters of the list in which rows were marked: one parameter holds all of them."""
    return kept.query(QueryDict(given.get("query", "")[:LONGEST_QUERY]))


class MatterList(StaffPage):
    """The rows the actor sees; the address carries filter, order, columns and page.

    Attributes:
        refusing: whether a filter that makes no sense shows nothing; else it is said and left out.
    """

    listed: ClassVar[Listed]
    kept: ClassVar[KeptList]
    refusing: ClassVar[bool] = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        place = around(self.actor, self.kept.name)
        if address := opening(request, self.kept, place.saved):
            return HttpResponseRedirect(address)
        form = self.listed.form_class(request.GET, actor=self.actor, place=place)
        context = self.get_context_data(**self.shown(form), **self._kept(form, place))
        refused = self.refusing and bool(form.errors)
        return self.render_to_response(context, status=400 if refused else 200)

    def shown(self, form: ListFilterForm) -> dict[str, Any]:
        """Return the filter, the page of what it leaves, and how many that are."""
        rows = form.found()
        shown = self._page(rows)
        return {
            "form": form,
            "page": replace(shown, items=self.drawn(shown.items)),
            "count": counted_with(rows, shown),
            "most_rows": MOST_EXPORTED,
            "most_at_once": MOST_AT_ONCE,
            "may_distribute": may_distribute(self.actor),
            "has_tags": has_tags(self.actor),
        }

    def _page(self, rows: QuerySet[Any]) -> Page[Any]:
        listed = self.listed
        ordered, order = listed.in_order(with_count(rows), self.request.GET.get("sort", ""))
        cut = self.cut(ordered, order)
        return page_asked_for(self.request, cut, order=[order], filled=listed.filled)

    def cut(self, rows: QuerySet[Any], order: str) -> QuerySet[Any, Any]:
        """Return `rows` as a page is cut from them."""
        return self.listed.with_shown(rows)

    def drawn(self, items: list[Any]) -> list[Any]:
        """Return what was cut as it is drawn."""
        return items

    def _kept(self, form: ListFilterForm, place: Around) -> dict[str, Any]:
        """Return the columns, and what the reader keeps of the list."""
        given = self.request.GET
        columns = columns_asked_for(self.listed.columns, given, place.columns)
        named = joined(columns)
        return {
            "columns": columns,
            "as_seen": self._as_seen(named),
            "filter_without_columns": self.kept.query(given, without=(COLUMNS,)).urlencode(),
            **kept_context(self.kept, form, given, place.saved, columns=named),
        }

    def _as_seen(self, columns: str) -> str:
        """Return what an address asks for that shows the list to others as it is seen here."""
        query = self.kept.query(self.request.GET)
        query[COLUMNS] = columns
        return query.urlencode()


class ColumnsChoose(ActView):
    """Choose which columns a list shows, and in which order: from now on, or this once."""

    listed: ClassVar[Listed]
    kept: ClassVar[KeptList]
    template_name = "cases/list_columns.html"
    form_class = ColumnsForm
    heading = gettext_lazy("Columns of the list")
    explanation = gettext_lazy(
        "Number the columns in the order in which they shall stand. A column without a number is not shown."
    )

    @cached_property
    def query(self) -> QueryDict:
        """The filters of the list that is gone back to."""
        if self.request.method == "POST":
            return packed(self.kept, self.request.POST)
        return self.kept.query(self.request.GET)

    def get_form_kwargs(self) -> dict[str, Any]:
        columns, kept = self.listed.columns, around(self.actor, self.kept.name).columns
        codes = [column.code for column in columns_asked_for(columns, self.query, kept)]
        return super().get_form_kwargs() | {"columns": columns, "codes": codes}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            query=self.query.urlencode(), listed=self.listed, kept_list=self.kept, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("how") == "usual":
            return self._keep([], _("The list shows its usual columns again."))
        return super().post(request, *args, **kwargs)

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, ColumnsForm)
        codes = form.codes()
        if self.request.POST.get("how") == "once":
            query = self.kept.query(self.query)
            query[COLUMNS] = BETWEEN.join(codes)
            return HttpResponseRedirect(self.kept.address(query.urlencode()))
        return self._keep(codes, _("The columns are kept."))

    def _keep(self, codes: list[str], done: str) -> HttpResponse:
        choose_columns(actor=self.actor, list_name=self.kept.name, codes=codes)
        messages.success(self.request, done)
        return HttpResponseRedirect(self.back())

    def back(self) -> str:
        return self.kept.address(self.kept.query(self.query, without=(COLUMNS,)).urlencode())


class ListExport(StaffView):
    """The filtered list, or the marked rows of it, as a table; that it was taken out is recorded.

    Attributes:
        unmarked: what is said to whoever marked nothing.
    """

    listed: ClassVar[Listed]
    kept: ClassVar[KeptList]
    unmarked: ClassVar[Any]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self.listed.form_class(self.query, actor=self.actor)
        if self._is_nothing_marked():
            messages.warning(request, str(self.unmarked))
            return self._back()
        if form.errors:
            return self._back()
        taking = self._taking()
        table = export_list(actor=self.actor, listed=self.listed, form=form, taking=taking)
        return workbook_answer(table, self.listed.name, taking.file_format)

    @cached_property
    def query(self) -> QueryDict:
        """The filters; the bar above the list packs them into one parameter beside what is marked in it."""
        given = self.request.GET
        return packed(self.kept, given) if "query" in given else given

    def _is_nothing_marked(self) -> bool:
        given = self.request.GET
        return "query" in given and "all" not in given and not given.getlist(self.listed.one)

    def _taking(self) -> Taking:
        given, columns = self.request.GET, self.listed.columns
        named, keys = split(self.query.get(COLUMNS, "")), given.getlist(self.listed.one)
        return Taking(
            columns=columns.chosen(named) if named else columns.every,
            keys=keys if keys and "all" not in given else None,
            sort=self.query.get("sort", ""),
            file_format="csv" if given.get("file") == "csv" else "xlsx",
        )

    def _back(self) -> HttpResponse:
        return HttpResponseRedirect(self.kept.address(self.query.urlencode()))
