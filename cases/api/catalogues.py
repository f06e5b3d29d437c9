"""The declared catalogues for programs: transitions, kinds of events, guards, each with its article."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from audit.errors import NotVisible
from cases.api.serializers.acts import (
    CatalogueSerializer,
    EventKindSerializer,
    RequirementSerializer,
)
from cases.registries import Registry, event_kinds, machines, requirements


class TransitionCatalogue(viewsets.ViewSet):
    """Every transition any machine declares, with its article, route, guards and documents."""

    @extend_schema(
        operation_id="transitions_list",
        parameters=[OpenApiParameter("machine", OpenApiTypes.STR, description="lead, case…")],
        responses=CatalogueSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """List them by machine, in the law's order."""
        wanted = request.query_params.get("machine")
        rows = [
            CatalogueSerializer(item, context={"machine": machine.code}).data
            for machine in machines.values()
            for item in machine.declarations.values()
            if wanted in (None, "", machine.code)
        ]
        return Response(rows)


class _RegistryViewSet(viewsets.ViewSet):
    """A registry, read whole or by code."""

    registry: Registry[Any]
    serializer_class: Any
    lookup_field = "code"
    lookup_value_regex = "[a-z0-9_]{1,60}"

    def list(self, request: Request) -> Response:
        return Response(self.serializer_class(self.registry.values(), many=True).data)

    def retrieve(self, request: Request, code: str) -> Response:
        entry = self.registry.get(code)
        if entry is None:
            raise NotVisible(_("There is no such entry."))
        return Response(self.serializer_class(entry).data)


_CODE = OpenApiParameter("code", OpenApiTypes.STR, OpenApiParameter.PATH)


class EventKindViewSet(_RegistryViewSet):
    """Kinds of procedural events with the facts each asks for."""

    registry = event_kinds
    serializer_class = EventKindSerializer

    @extend_schema(responses=EventKindSerializer(many=True))
    def list(self, request: Request) -> Response:
        """List every kind."""
        return super().list(request)

    @extend_schema(parameters=[_CODE], responses=EventKindSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        """Return one kind."""
        return super().retrieve(request, code)


class RequirementViewSet(_RegistryViewSet):
    """Guards of transitions, each with its article and what it reads."""

    registry = requirements
    serializer_class = RequirementSerializer

    @extend_schema(responses=RequirementSerializer(many=True))
    def list(self, request: Request) -> Response:
        """List every guard."""
        return super().list(request)

    @extend_schema(parameters=[_CODE], responses=RequirementSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        """Return one guard."""
        return super().retrieve(request, code)
