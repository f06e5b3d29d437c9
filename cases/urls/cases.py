"""Addresses of cases."""

from __future__ import annotations

from django.urls import path

from cases.views import case_list, case_parts, cases

CASE = "cases/<str:key>/"

urlpatterns = [
    path("cases/", case_list.CaseList.as_view(), name="case_list"),
    path(CASE, cases.CaseOverview.as_view(), name="case_detail"),
    path(f"{CASE}parties/", cases.CaseParties.as_view(), name="case_parties"),
    path(f"{CASE}tasks/", cases.CaseTasks.as_view(), name="case_tasks"),
    path(f"{CASE}people/", cases.CasePeople.as_view(), name="case_people"),
    path(f"{CASE}links/", cases.CaseLinks.as_view(), name="case_links"),
    path(f"{CASE}record/", cases.CaseRecord.as_view(), name="case_record"),
    path(f"{CASE}people/set/", case_parts.CaseTeam.as_view(), name="case_team"),
]
