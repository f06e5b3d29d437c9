"""Addresses of the pages about all recommendations: board, register, figures and guide."""

from __future__ import annotations

from django.urls import path

from administrative import board_pages as pages
from administrative import instrument_pages

urlpatterns = [
    path("recommendations/", pages.RecommendationBoard.as_view(), name="recommendation_board"),
    path(
        "recommendations/register/",
        pages.RecommendationRegister.as_view(),
        name="recommendation_register",
    ),
    path(
        "recommendations/register/export/",
        pages.RecommendationExport.as_view(),
        name="recommendation_export",
    ),
    path(
        "recommendations/figures/",
        pages.AdministrativeFigures.as_view(),
        name="administrative_figures",
    ),
    path(
        "recommendations/figures/export/",
        pages.AdministrativeFiguresExport.as_view(),
        name="administrative_figures_export",
    ),
    path(
        "recommendations/guide/",
        instrument_pages.InstrumentGuide.as_view(),
        name="instrument_guide",
    ),
]
