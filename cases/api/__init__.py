"""Leads, cases and everything on them for programs; every write goes through the services."""

from __future__ import annotations

from typing import Any

from rest_framework.routers import BaseRouter


def register(router: BaseRouter) -> None:
    """Add this room to the API."""
    from cases.api import events, matters, proposals, transitions

    router.register("leads", matters.LeadViewSet, basename="lead")
    router.register("cases", matters.CaseViewSet, basename="case")
    router.register("hand-overs", matters.HandOverViewSet, basename="hand-over")
    router.register("workload", matters.WorkloadViewSet, basename="workload")
    router.register("proposals", proposals.ProposalViewSet, basename="proposal")
    both: dict[str, Any] = {
        "transitions": transitions.TransitionViewSet,
        "events": events.EventViewSet,
    }
    for name, viewset in both.items():
        _on_leads(router, name, viewset)
        _on_cases(router, name, viewset)


def _on_leads(router: BaseRouter, name: str, viewset: Any) -> None:
    from cases.api.base import LEAD_KEY

    prefix = f"leads/(?P<key>{LEAD_KEY})/{name}"
    router.register(prefix, viewset, basename=f"lead-{name.removesuffix('s')}")


def _on_cases(router: BaseRouter, name: str, viewset: Any) -> None:
    from cases.api.base import CASE_KEY

    prefix = f"cases/(?P<key>{CASE_KEY})/{name}"
    router.register(prefix, viewset, basename=f"case-{name.removesuffix('s')}")
