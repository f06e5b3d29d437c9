"""Addresses of cases."""

from __future__ import annotations

from django.urls import path

from cases.views import case_parts, cases

CASE = "cases/<str:key>/"

urlpatterns = [
    path("cases/", cases.CaseList.as_view(), name="case_list"),
    path(CASE, cases.CaseOverview.as_view(), name="case_detail"),
    path(f"{CASE}team/", case_parts.CaseTeam.as_view(), name="case_team"),
]
