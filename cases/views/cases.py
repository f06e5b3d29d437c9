"""The list of cases and the page of a case."""

from __future__ import annotations

from typing import Any

from accounts.views.base import StaffPage
from audit.keyset import capped_count, page
from cases.selectors.matters import cases_visible_to
from cases.services.leads import record_reading
from cases.views.case_frame import CasePage

PAGE_SIZE = 50


class CaseList(StaffPage):
    """The cases the actor sees, newest first."""

    template_name = "cases/case_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = cases_visible_to(self.actor)
        shown = page(rows, order=["-id"], after=self.request.GET.get("after"), size=PAGE_SIZE)
        return super().get_context_data(page=shown, count=capped_count(rows), **kwargs)


class CaseOverview(CasePage):
    """The page of a case; that it was looked at is recorded (norm C131)."""

    template_name = "cases/case_overview.html"
    tab = "case_detail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record_reading(actor=self.actor, matter=self.case)
        return super().get_context_data(**kwargs)
