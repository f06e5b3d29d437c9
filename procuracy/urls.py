"""Addresses of Procuracy: each room brings its own pages and its own part of the API."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter

from procuracy import health, views
from procuracy.metrics.page import metrics

# From the ground floor up; a room without pages or without API is passed over.
ROOMS = (
    "audit",
    "accounts",
    "documents",
    "cases",
    "deadlines",
    "evidence",
    "litigation",
    "enforcement",
    "notices",
    "administrative",
    "exchange",
    "reporting",
)


def _offers(room: str, part: str) -> bool:
    return module_has_submodule(apps.get_app_config(room).module, part)


def _pages() -> list[URLPattern | URLResolver]:
    return [path("", include(f"{room}.urls")) for room in ROOMS if _offers(room, "urls")]


def _api() -> DefaultRouter:
    router = DefaultRouter()
    for room in (*ROOMS, "procuracy"):
        if _offers(room, "api"):
            import_module(f"{room}.api").register(router)
    return router


urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search_page, name="search"),
    path("help/", views.help_page, name="help"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("theme/", views.set_theme, name="set_theme"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("api/v1/", include(_api().urls)),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    *_pages(),
]

handler400 = "procuracy.views.bad_request"
handler403 = "procuracy.views.permission_denied"
handler404 = "procuracy.views.page_not_found"
handler500 = "procuracy.views.server_error"
