"""Annotations of the OpenAPI description that many endpoints share."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from cases.api.base import CASE_KEY, LEAD_KEY
from cases.api.serializers.common import ProblemSerializer

PROBLEM = "application/problem+json"
JSON, MULTIPART = "application/json", "multipart/form-data"

KEY = OpenApiParameter(
    "key",
    OpenApiTypes.STR,
    OpenApiParameter.PATH,
    description="Key of the lead or case, for example 330106-2026-00012.",
    pattern=f"^({LEAD_KEY}|{CASE_KEY})$",
)
ID = OpenApiParameter("id", OpenApiTypes.INT64, OpenApiParameter.PATH)


def refusals(answer: Any, status: int = 200) -> dict[Any, Any]:
    """Return the responses of a write: its answer, and the two ways in which it is refused."""
    return {
        status if answer is not None else 204: answer,
        (400, PROBLEM): ProblemSerializer,
        (409, PROBLEM): ProblemSerializer,
    }
