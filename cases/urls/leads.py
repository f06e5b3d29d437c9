"""Addresses of leads."""

from __future__ import annotations

from django.urls import path

from cases.views import card, graph, leads, readiness, transitions

LEAD = "leads/<str:key>/"

urlpatterns = [
    path("leads/", leads.LeadList.as_view(), name="lead_list"),
    path("leads/new/", leads.LeadCreate.as_view(), name="lead_create"),
    path(LEAD, leads.LeadDetail.as_view(), name="lead_detail"),
    path(f"{LEAD}card/", card.LeadCard.as_view(), name="lead_card"),
    path(f"{LEAD}assess/", leads.LeadAssess.as_view(), name="lead_assess"),
    path(f"{LEAD}escalate/", leads.LeadEscalate.as_view(), name="lead_escalate"),
    path(f"{LEAD}major/", leads.LeadMarkMajor.as_view(), name="lead_mark_major"),
    path(
        f"{LEAD}record/",
        leads.LeadRecordWithSuperior.as_view(),
        name="lead_record_with_superior",
    ),
    path(f"{LEAD}graph/", graph.LeadGraph.as_view(), name="lead_graph"),
    path(f"{LEAD}readiness/", readiness.LeadReadiness.as_view(), name="lead_readiness"),
    path(f"{LEAD}reporter/", leads.LeadReporter.as_view(), name="lead_reporter"),
    path(f"{LEAD}assign/", transitions.TransitionRecord.as_view(code="T03"), name="lead_assign"),
]
