"""Addresses of the pages of this room."""

from __future__ import annotations

from django.urls import include, path

from administrative.views import recommendations

RECOMMENDATION = "cases/<str:key>/recommendation/"
MEASURE = f"{RECOMMENDATION}measures/<int:pk>/"

urlpatterns = [
    path("", include("administrative.board_urls")),
    path("", include("administrative.bodies.urls")),
    path("", include("administrative.governance.urls")),
    path(RECOMMENDATION, recommendations.CaseRecommendation.as_view(), name="case_recommendation"),
    path(
        f"{RECOMMENDATION}prepare/",
        recommendations.RecommendationPrepare.as_view(),
        name="recommendation_prepare",
    ),
    path(
        f"{RECOMMENDATION}measures/new/",
        recommendations.MeasureAdd.as_view(),
        name="measure_add",
    ),
    path(f"{MEASURE}change/", recommendations.MeasureChange.as_view(), name="measure_change"),
    path(f"{MEASURE}remove/", recommendations.MeasureRemove.as_view(), name="measure_remove"),
]
