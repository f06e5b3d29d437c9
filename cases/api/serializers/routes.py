"""Approval routes as programs read and set them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import Role
from cases.selectors.routes import OfficeRoute, possible_routes


class RouteSerializer(serializers.Serializer[OfficeRoute]):
    """A step that needs approval and who must agree to it, in order."""

    transition = serializers.CharField(source="declaration.code")
    title = serializers.CharField(source="declaration.title")
    article = serializers.CharField(source="declaration.article")
    roles = serializers.ListField(source="route", child=serializers.ChoiceField(Role.choices))
    chosen = serializers.BooleanField(help_text="Whether the office set it.")
    possible = serializers.SerializerMethodField()

    def get_possible(self, row: OfficeRoute) -> list[list[str]]:
        return [[role.value for role in route] for route in possible_routes(row.declaration)]


class SetRouteSerializer(serializers.Serializer[Any]):
    """The roles of a route, in order."""

    roles = serializers.ListField(
        child=serializers.ChoiceField(Role.choices), allow_empty=False, max_length=8
    )
