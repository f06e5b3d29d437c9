"""Addresses of leads, proposals and cases, a module a subject."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from cases.urls import cases, leads, matters, proposals, running

urlpatterns: list[URLPattern | URLResolver] = [
    *leads.urlpatterns,
    *proposals.urlpatterns,
    *cases.urlpatterns,
    *matters.urlpatterns,
    *running.urlpatterns,
]
