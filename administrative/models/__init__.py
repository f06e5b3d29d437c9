"""The rows of this room."""

from __future__ import annotations

from administrative.models.assessment import Assessment, AssessmentResult
from administrative.models.body import Body, BodyKind, BodyLevel
from administrative.models.governance import GovernanceRecommendation, Situation
from administrative.models.recommendation import (
    CaseAuthority,
    Measure,
    PeriodUnit,
    Recommendation,
    Relation,
)
from administrative.models.reply import Answer, Reply

__all__ = [
    "Answer",
    "Assessment",
    "AssessmentResult",
    "Body",
    "BodyKind",
    "BodyLevel",
    "CaseAuthority",
    "GovernanceRecommendation",
    "Measure",
    "PeriodUnit",
    "Recommendation",
    "Relation",
    "Reply",
    "Situation",
]
