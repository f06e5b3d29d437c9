"""Addresses of leads."""

from __future__ import annotations

from django.urls import path

from cases.views import leads, transitions

LEAD = "leads/<str:key>/"

urlpatterns = [
    path(LEAD, leads.LeadDetail.as_view(), name="lead_detail"),
    path(f"{LEAD}assess/", leads.LeadAssess.as_view(), name="lead_assess"),
    path(f"{LEAD}escalate/", leads.LeadEscalate.as_view(), name="lead_escalate"),
    path(f"{LEAD}assign/", transitions.TransitionRecord.as_view(code="T03"), name="lead_assign"),
]
