"""The list of cases."""

from __future__ import annotations

from typing import Any

from accounts.views.base import StaffPage
from audit.keyset import capped_count, page
from cases.selectors.matters import cases_visible_to

PAGE_SIZE = 50


class CaseList(StaffPage):
    """The cases the actor sees, newest first."""

    template_name = "cases/case_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = cases_visible_to(self.actor)
        shown = page(rows, order=["-id"], after=self.request.GET.get("after"), size=PAGE_SIZE)
        return super().get_context_data(page=shown, count=capped_count(rows), **kwargs)
