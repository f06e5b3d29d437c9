"""The pages of the recommendations: board, register, figures, and how they leave as a workbook."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from accounts.views.base import StaffPage, StaffView
from administrative import figures
from administrative.board_export import MOST_EXPORTED, export_figures, export_register
from administrative.forms.board import BoardForm, FiguresForm, RegisterForm
from administrative.next_acts import next_act
from administrative.selectors.board import board, filtered, followed, register_of, shown
from audit.keyset import capped_count
from audit.paging import page_asked_for
from cases.spreadsheet import workbook_answer


class _FormPage(StaffPage):
    """A page whose form is wrong says so with the status of a wrong request."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(**kwargs)
        return self.render_to_response(context, status=200 if context["form"].is_valid() else 400)


class RecommendationBoard(_FormPage):
    """Where each case against an authority stands, what comes next and whose it is."""

    template_name = "administrative/board/board.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = BoardForm(self.request.GET, actor=self.actor)
        form.is_valid()
        columns = board(filtered(followed(self.actor), form.cleaned_data))
        return super().get_context_data(
            form=form,
            columns=[
                (column, [(row, next_act(row)) for row in column.rows])
                for column in columns
                if column.number
            ],
            here="recommendation_board",
            **kwargs,
        )


class RecommendationRegister(_FormPage):
    """Every recommendation the actor sees, the newest case first."""

    template_name = "administrative/board/register.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = RegisterForm(self.request.GET, actor=self.actor)
        every = register_of(self.actor)
        rows = filtered(every, form.cleaned_data) if form.is_valid() else every.none()
        page = page_asked_for(self.request, rows, order=["-id"])
        return super().get_context_data(
            form=form,
            page=page,
            rows=[shown(row) for row in page.items],
            count=capped_count(rows.values("pk")),
            filtered=any(form.cleaned_data.values()) or bool(form.errors),
            filter_query=self.request.GET.urlencode(),
            most_rows=MOST_EXPORTED,
            here="recommendation_register",
            **kwargs,
        )


class RecommendationExport(StaffView):
    """The filtered register as a workbook; that it was taken out is recorded."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = RegisterForm(request.GET, actor=self.actor)
        if not form.is_valid():
            return _back("recommendation_register", request)
        return workbook_answer(export_register(actor=self.actor, form=form), "recommendations")


class AdministrativeFigures(_FormPage):
    """What became of the recommendations served in a time, by authority, field or region."""

    template_name = "administrative/board/figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = FiguresForm(self.request.GET)
        if form.is_valid():
            kwargs |= self._figures(form)
        return super().get_context_data(form=form, here="administrative_figures", **kwargs)

    def _figures(self, form: FiguresForm) -> dict[str, Any]:
        asked = form.cleaned_data
        kind = asked["kind"]
        rows, total = figures.figures_of(self.actor, **asked)
        return {
            "by": asked["by"],
            "first": asked["first"],
            "last": asked["last"],
            "heads": figures.heads(kind),
            "rows": [(row.name, figures.numbers(row.figures, kind)) for row in rows],
            "total": figures.numbers(total, kind),
            "filter_query": urlencode({name: str(value) for name, value in asked.items()}),
        }


class AdministrativeFiguresExport(StaffView):
    """The figures as a workbook; that they were taken out is recorded."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = FiguresForm(request.GET)
        if not form.is_valid():
            return _back("administrative_figures", request)
        file = export_figures(actor=self.actor, **form.cleaned_data)
        return workbook_answer(file, "recommendation-figures")


def _back(page: str, request: HttpRequest) -> HttpResponse:
    """Lead to the page that says what is wrong with the form."""
    return HttpResponseRedirect(f"{reverse(page)}?{request.GET.urlencode()}")
