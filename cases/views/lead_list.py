"""The list of leads: the register as the actor sees it, and the acts on those marked in it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.forms.lead_filter import LeadFilterForm
from cases.listed import LEADS
from cases.services.leads import may_register
from cases.views.kept_filters import (
    COLUMNS,
    KeptFilterChange,
    KeptFilterDelete,
    KeptFilterSave,
    KeptList,
)
from cases.views.matter_list import ColumnsChoose, ListExport, MatterList

KEPT = KeptList(
    name=LEADS.name,
    names=(*LeadFilterForm.base_fields, "sort", COLUMNS),
    page="lead_list",
    save="lead_filter_save",
    change="lead_filter_change",
    forget="lead_filter_delete",
    choose="lead_columns",
    export="lead_export",
)


class LeadList(MatterList):
    """The leads the actor sees."""

    listed = LEADS
    kept = KEPT
    template_name = "cases/lead_list.html"
    refusing = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_register=may_register(self.actor), **kwargs)


class LeadColumns(ColumnsChoose):
    """Choose which columns the list of leads shows."""

    listed = LEADS
    kept = KEPT


class LeadExport(ListExport):
    """The list of leads as a table."""

    listed = LEADS
    kept = KEPT
    unmarked = _("Mark at least one lead.")


class FilterSave(KeptFilterSave):
    """Keep the present filter under a name."""

    kept = KEPT


class FilterChange(KeptFilterChange):
    """Change a filter of one's own."""

    kept = KEPT


class FilterDelete(KeptFilterDelete):
    """Forget a filter of one's own."""

    kept = KEPT
