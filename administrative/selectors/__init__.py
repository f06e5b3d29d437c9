"""Every read of this room that does not belong to one page."""

from __future__ import annotations

from administrative.selectors.authorities import authorities, body_of, cases_against
from administrative.selectors.clocks import rectification_end, reply_clock, running_appeals
from administrative.selectors.measures import (
    MeasureNow,
    measures_now,
    open_measures,
    unassessed,
)
from administrative.selectors.reading import (
    RecommendationRead,
    clocks_of,
    recommendation_read_by,
    with_standing_assessments,
)
from administrative.selectors.recommendations import (
    filtered,
    get_measure,
    get_recommendation,
    paper_of,
    recommendation_of,
    recommendations_visible_to,
    served_on,
)

__all__ = [
    "MeasureNow",
    "RecommendationRead",
    "authorities",
    "body_of",
    "cases_against",
    "clocks_of",
    "filtered",
    "get_measure",
    "get_recommendation",
    "measures_now",
    "open_measures",
    "paper_of",
    "recommendation_of",
    "recommendation_read_by",
    "recommendations_visible_to",
    "rectification_end",
    "reply_clock",
    "running_appeals",
    "served_on",
    "unassessed",
    "with_standing_assessments",
]
