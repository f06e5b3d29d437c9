"""Addresses of leads, proposals and cases, a module a subject."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from cases.urls import cases

urlpatterns: list[URLPattern | URLResolver] = [*cases.urlpatterns]
