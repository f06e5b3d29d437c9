"""Addresses of the pages of this room."""

from __future__ import annotations

from django.urls import path

from reporting import views

urlpatterns = [
    path("statistics/", views.Statistics.as_view(), name="statistics"),
    path("statistics/export/", views.StatisticsExport.as_view(), name="statistics_export"),
    path(
        "statistics/blocks/<slug:block>/export/",
        views.StatisticsBlockExport.as_view(),
        name="statistics_block_export",
    ),
    path(
        "statistics/figures/<str:figure>/", views.StatisticsList.as_view(), name="statistics_figure"
    ),
]
