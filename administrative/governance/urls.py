"""Addresses of the recommendations on governance: below their case, and those of all cases."""

from __future__ import annotations

from django.urls import path

from administrative.governance import views

CASE = "cases/<str:key>/governance/"

urlpatterns = [
    path("governance/", views.GovernanceRegister.as_view(), name="governance_register"),
    path(CASE, views.GovernanceList.as_view(), name="governance_list"),
    path(f"{CASE}<int:number>/", views.GovernanceDetail.as_view(), name="governance_detail"),
]
