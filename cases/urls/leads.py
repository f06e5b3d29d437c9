"""Addresses of leads."""

from __future__ import annotations

from django.urls import path

from cases.views import bulk, card, graph, lead_list, leads, readiness, tags, transitions

LEAD = "leads/<str:key>/"

urlpatterns = [
    path("leads/", lead_list.LeadList.as_view(), name="lead_list"),
    path("leads/export/", lead_list.LeadExport.as_view(), name="lead_export"),
    path("leads/columns/", lead_list.LeadColumns.as_view(), name="lead_columns"),
    path("leads/assign/", bulk.AssignMarkedLeads.as_view(), name="lead_assign_marked"),
    path("leads/label/", bulk.TagMarkedLeads.as_view(), name="lead_tag_marked"),
    path("leads/filters/", lead_list.FilterSave.as_view(), name="lead_filter_save"),
    path(
        "leads/filters/<int:pk>/change/",
        lead_list.FilterChange.as_view(),
        name="lead_filter_change",
    ),
    path(
        "leads/filters/<int:pk>/delete/",
        lead_list.FilterDelete.as_view(),
        name="lead_filter_delete",
    ),
    path("leads/new/", leads.LeadCreate.as_view(), name="lead_create"),
    path(LEAD, leads.LeadDetail.as_view(), name="lead_detail"),
    path(f"{LEAD}card/", card.LeadCard.as_view(), name="lead_card"),
    path(f"{LEAD}tags/", tags.LeadTags.as_view(), name="lead_tags"),
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
