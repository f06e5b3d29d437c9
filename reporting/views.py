"""The page of figures, the list behind each of them, and how they leave as a workbook."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from accounts.views.base import StaffPage, StaffView
from audit.paging import page_asked_for
from cases.spreadsheet import workbook_answer
from reporting import kept, lines, selectors
from reporting.exporting import export_block, export_page
from reporting.figures import Block, Cell, split_code
from reporting.forms import StatisticsForm
from reporting.scope import Scope, may_read


class FiguresView(StaffView):
    """Reads what was asked for; nobody without figures comes here."""

    form: StatisticsForm

    def prepare(self) -> None:
        self.require(may_read(self.actor))
        self.form = StatisticsForm(self.request.GET, actor=self.actor)

    @property
    def scope(self) -> Scope:
        return self.form.scope()


class Statistics(FiguresView, StaffPage):
    """Every block: drawing, data table, definition, workbook."""

    template_name = "reporting/statistics.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(form=self.form), status=400)
        scope = self.scope
        blocks = kept.blocks_of(scope, anew=request.GET.getlist("anew"))
        context = self.get_context_data(
            form=self.form,
            scope=scope,
            key=[
                (row.title, cell, _list(scope, cell)) for row, cell in selectors.key_figures(blocks)
            ],
            blocks=[_shown(block, scope) for block in blocks],
        )
        return self.render_to_response(context)


def _list(scope: Scope, cell: Cell) -> str:
    """Return the address of the list behind a cell; nothing where nothing was counted."""
    return scope.link(cell.figure) if cell.value else ""


def _shown(block: Block, scope: Scope) -> dict[str, Any]:
    """Return a block as the page shows it: each figure with the address of its list."""
    rows = [(row, [(cell, _list(scope, cell)) for cell in row.cells]) for row in block.rows]
    return {
        "block": block,
        "rows": rows,
        "drawing": block.chart(block, scope) if block.has_figures else "",
        "anew": f"?{scope.query}&anew={block.code}#{block.code}",
        "export": f"{reverse('statistics_block_export', args=[block.code])}?{scope.query}",
    }


class StatisticsList(FiguresView, StaffPage):
    """What a figure counts, as far as the reader may see it."""

    template_name = "reporting/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return _back(request)
        scope, code = self.scope, self.kwargs["figure"]
        found = selectors.listed(scope, code)
        page = page_asked_for(request, lines.prepared(found.rows, found.grounds), order=["-pk"])
        context = self.get_context_data(
            scope=scope,
            found=found,
            page=page,
            lines=lines.lines_of(page.items),
            of_block=selectors.title_of(split_code(code)[0]),
            money=found.amount is not None,
        )
        return self.render_to_response(context)


class StatisticsExport(FiguresView):
    """All figures as a workbook; that they were taken out is recorded."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.form.is_valid():
            return _back(request)
        file = export_page(scope=self.scope, filters=self.form.names_set())
        return workbook_answer(file, "statistics")


class StatisticsBlockExport(FiguresView):
    """One block as a workbook; that it was taken out is recorded."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.form.is_valid():
            return _back(request)
        code = self.kwargs["block"]
        file = export_block(scope=self.scope, code=code, filters=self.form.names_set())
        return workbook_answer(file, f"statistics-{code}")


def _back(request: HttpRequest) -> HttpResponse:
    """Lead to the page that says what is wrong with the form."""
    return HttpResponseRedirect(f"{reverse('statistics')}?{request.GET.urlencode()}")
