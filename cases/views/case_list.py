"""The list of cases."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from audit.keyset import capped_count
from audit.paging import page_asked_for
from cases.forms.case_list import CaseFilterForm
from cases.forms.list_filter import ListFilterForm
from cases.listed import CASES
from cases.running.selectors import may_open
from cases.selectors.cards import completeness_of
from cases.selectors.case_list import keys_in, shown_cases
from cases.views.case_board import board_of
from cases.views.case_layouts import BOARD, CARDS, LAYOUT, ROWS, TEMPLATES, layout_of, layouts
from cases.views.kept_filters import (
    COLUMNS,
    KeptFilterChange,
    KeptFilterDelete,
    KeptFilterSave,
    KeptList,
)
from cases.views.matter_list import ColumnsChoose, ListExport, MatterList

# So many cards are read for one page.
CARDS_AT_ONCE = 20
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
    """The cases the actor sees, as a list, as a board by stage, or by what their cards lack."""

    listed = CASES
    kept = KEPT

    @property
    def layout(self) -> str:
        return layout_of(self.request.GET)

    def get_template_names(self) -> list[str]:
        return [TEMPLATES[self.layout]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.layout != ROWS:
            kwargs["everything"] = KEPT.address(f"{LAYOUT}={self.layout}")
        return super().get_context_data(
            may_open_running=may_open(self.actor),
            layout=self.layout,
            layouts=layouts(KEPT, self.request.GET),
            **kwargs,
        )

    def shown(self, form: ListFilterForm) -> dict[str, Any]:
        assert isinstance(form, CaseFilterForm)
        if self.layout == BOARD:
            return {"form": form, "board": board_of(form, KEPT, self.request.GET)}
        if self.layout == CARDS:
            return {"form": form, **self._cards(form)}
        return super().shown(form)

    def _cards(self, form: CaseFilterForm) -> dict[str, Any]:
        """Return a page of the cases with what their cards lack."""
        rows = form.found()
        related = rows.select_related("office", "department", "lead")
        ordered, order = self.listed.in_order(related, self.request.GET.get("sort", ""))
        page = page_asked_for(
            self.request, ordered, order=(order,), size=CARDS_AT_ONCE, filled=self.listed.filled
        )
        return {
            "page": page,
            "cards": completeness_of(self.actor, page.items),
            "count": capped_count(rows),
        }

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
