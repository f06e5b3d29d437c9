"""Leads, cases and everything on them for programs; every write goes through the services."""

from __future__ import annotations

from typing import Any

from rest_framework.routers import BaseRouter


def register(router: BaseRouter) -> None:
    """Add this room to the API."""
    from cases.api import (
        bulk,
        catalogues,
        desk,
        load,
        matters,
        proposals,
        routes,
        running,
    )

    router.register("leads", matters.LeadViewSet, basename="lead")
    router.register("cases", matters.CaseViewSet, basename="case")
    router.register("proposals", proposals.ProposalViewSet, basename="proposal")
    router.register("running-cases", running.RunningEntryViewSet, basename="running-case")
    router.register("hand-overs", matters.HandOverViewSet, basename="hand-over")
    router.register("workload", load.WorkloadViewSet, basename="workload")
    router.register("load-weights", load.LoadWeightsViewSet, basename="load-weights")
    router.register("inbox", desk.InboxViewSet, basename="inbox")
    router.register("saved-filters", desk.SavedFilterViewSet, basename="saved-filter")
    router.register("tags", bulk.TagViewSet, basename="tag")
    router.register("transitions", catalogues.TransitionCatalogue, basename="transition")
    router.register("approval-routes", routes.RouteViewSet, basename="approval-route")
    router.register("event-kinds", catalogues.EventKindViewSet, basename="event-kind")
    router.register("requirements", catalogues.RequirementViewSet, basename="requirement")
    _register_parts(router)


def _register_parts(router: BaseRouter) -> None:
    """Add what hangs on a matter, below the address of the lead or of the case."""
    from cases.api import back_entry, events, load, people, transitions, work
    from cases.api.base import CASE_KEY, LEAD_KEY

    of_both: dict[str, Any] = {
        "transitions": transitions.TransitionViewSet,
        "handlers": load.HandlerViewSet,
        "events": events.EventViewSet,
        "back-entry": back_entry.BackEntryViewSet,
        "on-paper": back_entry.OnPaperViewSet,
        "recusals": people.RecusalViewSet,
        "tasks": work.TaskViewSet,
        "comments": work.CommentViewSet,
        "notes": work.NoteViewSet,
        "contacts": work.ContactViewSet,
        "attachments": work.AttachmentViewSet,
        "timeline": work.TimelineViewSet,
    }
    of_cases: dict[str, Any] = {
        "parties": people.PartyViewSet,
        "team": people.TeamViewSet,
        "links": work.LinkViewSet,
    }
    for name, viewset in of_both.items():
        router.register(f"leads/(?P<key>{LEAD_KEY})/{name}", viewset, basename=f"lead-{name}")
    for name, viewset in (of_both | of_cases).items():
        router.register(f"cases/(?P<key>{CASE_KEY})/{name}", viewset, basename=f"case-{name}")
