"""Addresses of proposals."""

from __future__ import annotations

from django.urls import path

from cases.views import proposals

urlpatterns = [
    path("proposals/<int:pk>/", proposals.ProposalDetail.as_view(), name="proposal_detail"),
]
