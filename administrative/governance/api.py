"""Recommendations on governance for programs. What changes them are the steps of their case (G-1 to G-12)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import mixins, serializers
from rest_framework.routers import BaseRouter

from accounts.viewsets import ActorViewSet
from administrative.governance import selectors
from administrative.governance.forms import GovernanceFilterForm
from administrative.governance.lifecycle import GovernanceState
from administrative.governance.views import steps_for
from administrative.models import GovernanceRecommendation
from audit.errors import valid

FILTERS = [
    OpenApiParameter("case", OpenApiTypes.STR, description="Key of a case."),
    OpenApiParameter("state", OpenApiTypes.STR, enum=GovernanceState.values),
    OpenApiParameter("unit", OpenApiTypes.STR, description="A part of the name of the unit."),
    OpenApiParameter(
        "until", OpenApiTypes.DATE, description="A clock of it ends on this day or before."
    ),
    OpenApiParameter(
        "overdue", OpenApiTypes.BOOL, description="A clock of it is past its last day."
    ),
]


class GovernanceFilter(GovernanceFilterForm):
    """What narrows the list: as on the page, and one case."""

    case = forms.CharField(max_length=40, required=False)


class GovernanceSerializer(serializers.ModelSerializer[GovernanceRecommendation]):
    """A recommendation on governance with its seven contents (PRR 16)."""

    case = serializers.CharField(source="case.key", read_only=True)
    body_name = serializers.CharField(source="body.name", read_only=True)

    class Meta:
        model = GovernanceRecommendation
        fields: ClassVar = [
            "id",
            "case",
            "number",
            "body",
            "body_name",
            "situation",
            "reason",
            "relation",
            "relation_shown",
            "source",
            "findings",
            "hazard",
            "basis",
            "content",
            "objection_days",
            "reply_days",
            "urgency",
            "other",
            "state",
            "document",
            "served_on",
            "objection_until",
            "replaces",
        ]
        read_only_fields: ClassVar = fields


class GovernanceClockSerializer(serializers.Serializer[Any]):
    """A clock of a recommendation: P-16, P-57 or P-59."""

    rule = serializers.CharField()
    effective_day = serializers.DateField()
    state = serializers.CharField()


class GovernanceDetailSerializer(GovernanceSerializer):
    """One recommendation with its clocks and the steps the caller may take now."""

    clocks = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField(
        help_text="Codes for the transitions of its case; each asks for `recommendation`."
    )

    class Meta(GovernanceSerializer.Meta):
        fields: ClassVar = [*GovernanceSerializer.Meta.fields, "clocks", "steps"]
        read_only_fields: ClassVar = fields

    @extend_schema_field(GovernanceClockSerializer(many=True))
    def get_clocks(self, row: GovernanceRecommendation) -> list[dict[str, Any]]:
        return list(GovernanceClockSerializer(selectors.clocks_of(row), many=True).data)

    def get_steps(self, row: GovernanceRecommendation) -> list[str]:
        actor = self.context["request"].user
        return [step.code for step in steps_for(actor, row.case, row)]


@extend_schema_view(
    list=extend_schema(parameters=FILTERS),
    retrieve=extend_schema(responses=GovernanceDetailSerializer),
)
class GovernanceViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """The recommendations on governance of the cases the caller sees, the newest first."""

    queryset = GovernanceRecommendation.objects.none()
    serializer_class = GovernanceSerializer
    ordering: ClassVar = ("-id",)

    def get_queryset(self) -> QuerySet[GovernanceRecommendation]:
        return selectors.visible_to(self.actor)

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return GovernanceDetailSerializer if self.action == "retrieve" else GovernanceSerializer

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow the list; one recommendation is found by its id alone."""
        if self.action != "list":
            return queryset
        sentence = _("Some entries cannot be accepted.")
        form = valid(GovernanceFilter(self.request.query_params), sentence)
        return selectors.filtered(queryset, form.cleaned_data)


def register(router: BaseRouter) -> None:
    """Add this procedure to the API."""
    router.register(
        "governance-recommendations", GovernanceViewSet, basename="governance-recommendation"
    )
