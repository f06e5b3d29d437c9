"""Addresses of Procuracy: each room brings its own as it opens."""

from __future__ import annotations

from django.urls import path

from procuracy import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
