"""The planner of a pre-suit preservation for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from audit.errors import valid
from deadlines.calculator_api import ComputationSerializer, computed
from deadlines.planner import MOST_REVIEW_DAYS, Plan
from deadlines.planner_form import PlannerForm
from deadlines.planner_words import timeline, verdict, warnings


class PlannerQuestionSerializer(serializers.Serializer[Any]):
    """The days of a pre-suit measure and of the announcement, planned or real."""

    measure = serializers.DateField()
    announced = serializers.DateField(required=False)
    review_days = serializers.IntegerField(
        min_value=0, max_value=MOST_REVIEW_DAYS, help_text="Estimate of the review, in days."
    )
    book = serializers.CharField(required=False, help_text="Rulebook version.")


class SaidSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField(help_text="In the language of the request.")
    law = serializers.CharField()


class MarkSerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    title = serializers.CharField(help_text="In the language of the request.")
    law = serializers.CharField()


class PlannerAnswerSerializer(serializers.Serializer[Any]):
    """Whether the measure holds until the suit, and by when what has to happen, each with its article."""

    holds = serializers.BooleanField()
    days_missing = serializers.IntegerField()
    provisional = serializers.BooleanField()
    rulebook = serializers.CharField()
    lapse = ComputationSerializer()
    announcement = ComputationSerializer(allow_null=True)
    suit_on = serializers.DateField(allow_null=True)
    announce_by = serializers.DateField()
    measure_from = serializers.DateField(allow_null=True)
    verdict = SaidSerializer()
    warnings = SaidSerializer(many=True)
    timeline = MarkSerializer(many=True)


class PlannerActions:
    """The planner beside the what-if questions of periods."""

    @extend_schema(parameters=[PlannerQuestionSerializer], responses=PlannerAnswerSerializer)
    @action(detail=False, methods=["get"])
    def planner(self, request: Request) -> Response:
        """Say whether a pre-suit measure would lapse before the suit; nothing is stored."""
        form = valid(PlannerForm(request.query_params), _("This cannot be planned."))
        return Response(PlannerAnswerSerializer(_answer(form.cleaned_data["plan"])).data)


def _answer(found: Plan) -> dict[str, Any]:
    announcement = found.announcement
    return {
        "holds": found.holds,
        "days_missing": found.days_missing,
        "provisional": found.provisional,
        "rulebook": found.book.version,
        "lapse": computed(found.lapse, found.book),
        "announcement": computed(announcement, found.book) if announcement else None,
        "suit_on": found.suit_on,
        "announce_by": found.announce_by,
        "measure_from": found.measure_from,
        "verdict": asdict(verdict(found)),
        "warnings": [asdict(said) for said in warnings(found)],
        "timeline": [asdict(mark) for mark in timeline(found)],
    }
