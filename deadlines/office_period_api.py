"""The periods an office sets itself, for programs (law 6.1, P-15)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.viewsets import ActorViewSet
from deadlines import selectors
from deadlines.models import OfficeDuty, OfficePeriod
from deadlines.rulebook import Kind
from deadlines.services import office_periods
from deadlines.services.office_periods import OfficePeriodEntry


class OfficePeriodSerializer(serializers.ModelSerializer[OfficePeriod]):
    """A period the reader's office set itself; its deadlines bear the kind `office`."""

    code = serializers.CharField(read_only=True, help_text="N-01 and so on, within the office.")
    kind = serializers.SerializerMethodField(help_text="Always `office`: no period of law.")

    class Meta:
        model = OfficePeriod
        fields: ClassVar = [
            "id",
            "code",
            "kind",
            "title_zh",
            "title_en",
            "basis",
            "length",
            "start",
            "met_by",
            "cancelled_by",
            "duty",
            "reminders",
            "valid_from",
            "valid_to",
            "entered_by",
            "entered_at",
            "ended_by",
            "ended_at",
            "end_reason",
        ]
        read_only_fields: ClassVar = fields

    def get_kind(self, row: OfficePeriod) -> str:
        return Kind.OFFICE.value


class OfficePeriodEntrySerializer(serializers.Serializer[Any]):
    """A period to be entered; office and author are those of the session."""

    title_zh = serializers.CharField(max_length=100)
    title_en = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    basis = serializers.CharField(
        max_length=120, help_text="The name of the office's own regulation, in Chinese."
    )
    length = serializers.CharField(max_length=12, help_text="P30D, P3M, P1Y or 15WD.")
    start = serializers.CharField(max_length=60, help_text="The kind of event that starts it.")
    met_by = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, default=list
    )
    cancelled_by = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, default=list
    )
    duty = serializers.ChoiceField(choices=OfficeDuty.choices)
    reminders = serializers.ListField(
        child=serializers.IntegerField(), help_text="Days before the last day."
    )
    valid_from = serializers.DateField(help_text="Today or later.")


class OfficePeriodEndSerializer(serializers.Serializer[Any]):
    """The last day on which events start the period, and why it ends."""

    valid_to = serializers.DateField(help_text="Today or later.")
    reason = serializers.CharField(max_length=500)


class OfficePeriodViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """The periods the reader's office set itself, ended ones too. None of them is a period of law."""

    queryset = OfficePeriod.objects.none()
    serializer_class = OfficePeriodSerializer
    ordering = ("number",)

    def get_queryset(self) -> QuerySet[OfficePeriod]:
        if getattr(self, "swagger_fake_view", False):
            return OfficePeriod.objects.none()
        return selectors.office_periods_of(self.actor)

    @extend_schema(request=OfficePeriodEntrySerializer, responses={201: OfficePeriodSerializer})
    def create(self, request: Request) -> Response:
        """Enter a period; the chief procurator or a department head may."""
        entry = OfficePeriodEntry(**self.entries(OfficePeriodEntrySerializer))
        return self.shown(office_periods.enter(actor=self.actor, entry=entry), 201)

    @extend_schema(request=OfficePeriodEndSerializer, responses=OfficePeriodSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """End a period; what has begun runs on."""
        given = self.entries(OfficePeriodEndSerializer)
        return self.shown(office_periods.end(actor=self.actor, period=self.get_object(), **given))
