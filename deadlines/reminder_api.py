"""How the reader is reminded, for programs."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from deadlines.models import ReminderSettings
from deadlines.services.reminder_settings import FIELDS, change_settings, settings_for

_DAYS = "Days before the last day; null: those of the rulebook."


class ReminderSettingsSerializer(serializers.ModelSerializer[ReminderSettings]):
    """Own duties, periods of others that are watched, and deadlines set by hand.

    The last reminder of a period of law always comes, in the application at least.
    """

    own_days = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, required=False, help_text=_DAYS
    )
    watched_days = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, required=False, help_text=_DAYS
    )
    manual_days = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, required=False, help_text=_DAYS
    )

    class Meta:
        model = ReminderSettings
        fields: ClassVar = FIELDS


class ReminderSettingsViewSet(viewsets.ViewSet):
    """The settings of the person of the session or token; nobody reads or changes another's."""

    @extend_schema(responses=ReminderSettingsSerializer)
    @action(detail=False, methods=["get"])
    def mine(self, request: Request) -> Response:
        """Return how the reader is reminded."""
        row = settings_for(cast(User, request.user))
        return Response(ReminderSettingsSerializer(row).data)

    @extend_schema(
        request=ReminderSettingsSerializer(partial=True), responses=ReminderSettingsSerializer
    )
    @mine.mapping.patch
    def change_mine(self, request: Request) -> Response:
        """Change some of it; reminders that wait follow."""
        entered = ReminderSettingsSerializer(data=request.data, partial=True)
        entered.is_valid(raise_exception=True)
        facts: dict[str, Any] = entered.validated_data
        row = change_settings(actor=cast(User, request.user), **facts)
        return Response(ReminderSettingsSerializer(row).data)
