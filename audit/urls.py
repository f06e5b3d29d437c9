"""Addresses of the audit viewer."""

from __future__ import annotations

from django.urls import path

from audit import views

urlpatterns = [
    path("audit/", views.audit_log, name="audit_log"),
    path("audit/verification/", views.audit_verify, name="audit_verify"),
    path("audit/<int:pk>/", views.audit_event, name="audit_event"),
]
