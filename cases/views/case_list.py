"""The list of cases."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms.case_list import CaseFilterForm
from cases.forms.list_filter import ListFilterForm
from cases.listed import CASES
from cases.running.selectors import may_open
from cases.selectors.case_list import keys_in, shown_cases
from cases.views.case_board import BOARD, LAYOUT, board_of, other_layout
from cases.views.kept_filters import (
    COLUMNS,
    KeptFilterChange,
    KeptFilterDelete,
    KeptFilterSave,
    KeptList,
)
from cases.views.matter_list import ColumnsChoose, ListExport, MatterList

KEPT = KeptList(
    name=CASES.name,
    names=(*CaseFilterForm.base_fields, "sort", COLUMNS, LAYOUT),
    page="case_list",
    save="case_filter_save",
    change="case_filter_change",
    forget="case_filter_delete",
    choose="case_columns",
    export="case_export",
)


class CaseList(MatterList):
    """The cases the actor sees, as a list or as a board by stage."""

    listed = CASES
    kept = KEPT

    @property
    def is_board(self) -> bool:
        return self.request.GET.get(LAYOUT) == BOARD

    def get_template_names(self) -> list[str]:
        return ["cases/case_board.html" if self.is_board else "cases/case_list.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.is_board:
            kwargs["everything"] = KEPT.address(f"{LAYOUT}={BOARD}")
        return super().get_context_data(
            may_open_running=may_open(self.actor),
            other_layout=other_layout(KEPT, self.request.GET, board=self.is_board),
            **kwargs,
        )

    def shown(self, form: ListFilterForm) -> dict[str, Any]:
        if not self.is_board:
            return super().shown(form)
        assert isinstance(form, CaseFilterForm)
        return {"form": form, "board": board_of(form, KEPT, self.request.GET)}

    def cut(self, rows: QuerySet[Any], order: str) -> QuerySet[Any, Any]:
        return keys_in(rows, order)

    def drawn(self, items: list[Any]) -> list[Any]:
        return shown_cases([row["pk"] for row in items])


class CaseColumns(ColumnsChoose):
    """Choose which columns the list of cases shows."""

    listed = CASES
    kept = KEPT


class CaseExport(ListExport):
    """The list of cases as a table."""

    listed = CASES
    kept = KEPT
    unmarked = _("Mark at least one case.")


class FilterSave(KeptFilterSave):
    """Keep the present filter under a name."""

    kept = KEPT


class FilterChange(KeptFilterChange):
    """Change a filter of one's own."""

    kept = KEPT


class FilterDelete(KeptFilterDelete):
    """Forget a filter of one's own."""

    kept = KEPT
