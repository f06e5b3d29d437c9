"""What a matter still needs for a state; visible to whoever sees the matter."""

from __future__ import annotations

from typing import Any

from cases.selectors.readiness import readiness
from cases.services.leads import record_reading
from cases.views.cases import CaseTab
from cases.views.leads import LeadView
from cases.views.matter_frame import MatterPage

TARGET = "target"


class CaseReadiness(CaseTab):
    """What stands between a case and a state."""

    template_name = "cases/case_readiness.html"

    def part(self) -> dict[str, Any]:
        target = self.request.GET.get(TARGET, "")
        return {"plan": readiness(self.case, self.actor, target)}


class LeadReadiness(LeadView, MatterPage):
    """What stands between a lead and a state."""

    template_name = "cases/lead_readiness.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record_reading(actor=self.actor, matter=self.matter)
        target = self.request.GET.get(TARGET, "")
        return super().get_context_data(
            plan=readiness(self.matter, self.actor, target), lead=self.matter, **kwargs
        )
