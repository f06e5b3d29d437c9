"""How the reader is reminded, for programs."""

from __future__ import annotations

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.viewsets import ActorViewSet
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


class ReminderSettingsViewSet(ActorViewSet):
    """The settings of the person of the session or token; nobody reads or changes another's."""

    serializer_class = ReminderSettingsSerializer

    @extend_schema(responses=ReminderSettingsSerializer)
    @action(detail=False, methods=["get"])
    def mine(self, request: Request) -> Response:
        """Return how the reader is reminded."""
        return self.shown(settings_for(self.actor))

    @extend_schema(
        request=ReminderSettingsSerializer(partial=True), responses=ReminderSettingsSerializer
    )
    @mine.mapping.patch
    def change_mine(self, request: Request) -> Response:
        """Change some of it; reminders that wait follow."""
        facts = self.entries(ReminderSettingsSerializer, partial=True)
        return self.shown(change_settings(actor=self.actor, **facts))
