"""The machine of a matter as a graph, drawn by the server; visible to whoever sees the matter."""

from __future__ import annotations

from typing import Any

from cases.selectors.machine_graph import machine_graph
from cases.services.leads import record_reading
from cases.views.cases import CaseTab
from cases.views.leads import LeadView
from cases.views.matter_frame import MatterPage


class CaseGraph(CaseTab):
    """All states of a case, with those it has passed and those that can follow."""

    template_name = "cases/case_graph.html"

    def part(self) -> dict[str, Any]:
        return {"graph": machine_graph(self.case)}


class LeadGraph(LeadView, MatterPage):
    """All states of a lead, with those it has passed and those that can follow."""

    template_name = "cases/lead_graph.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record_reading(actor=self.actor, matter=self.matter)
        return super().get_context_data(
            graph=machine_graph(self.matter), lead=self.matter, **kwargs
        )
