"""This room for programs, a module a subject."""

from __future__ import annotations

from rest_framework.routers import BaseRouter

from cases.api.base import CASE_KEY
from litigation.api.jurisdiction import JurisdictionViewSet
from litigation.api.suit import ClaimViewSet, JudgmentViewSet
from litigation.api.tables import CourtViewSet, EligibleSubjectViewSet
from litigation.api.transfers import CaseTransferViewSet


def register(router: BaseRouter) -> None:
    """Add this room to the API."""
    below = rf"cases/(?P<key>{CASE_KEY})"
    router.register(rf"{below}/claims", ClaimViewSet, basename="claim")
    router.register(rf"{below}/judgments", JudgmentViewSet, basename="judgment")
    router.register(rf"{below}/jurisdiction", JurisdictionViewSet, basename="case-jurisdiction")
    router.register("transfers", CaseTransferViewSet, basename="transfer")
    router.register("courts", CourtViewSet, basename="court")
    router.register("eligible-subjects", EligibleSubjectViewSet, basename="eligible-subject")
