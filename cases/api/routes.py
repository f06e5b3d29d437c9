"""The approval routes of the caller's office for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.viewsets import ActorViewSet
from audit.errors import NotVisible
from cases.api.schema import refusals
from cases.api.serializers.routes import RouteSerializer, SetRouteSerializer
from cases.selectors import routes as selectors
from cases.services import routes

_CODE = OpenApiParameter("code", OpenApiTypes.STR, OpenApiParameter.PATH)


class RouteViewSet(ActorViewSet):
    """Who must agree to which step in the caller's office; its chief reads and sets it."""

    serializer_class = RouteSerializer
    lookup_field = "code"
    lookup_value_regex = "[A-Za-z0-9_]{1,60}"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not selectors.may_set_routes(self.actor):
            raise NotVisible(_("There is no such page."))

    @extend_schema(responses=RouteSerializer(many=True))
    def list(self, request: Request) -> Response:
        """List every step that needs approval with its route."""
        return Response(self._shown(self.actor))

    @extend_schema(
        parameters=[_CODE], request=SetRouteSerializer, responses=refusals(RouteSerializer)
    )
    def update(self, request: Request, code: str) -> Response:
        """Choose the route of one step; proposals under way keep theirs."""
        routes.set_route(actor=self.actor, code=code, **self.entries(SetRouteSerializer))
        (row,) = [row for row in self._shown(self.actor) if row["transition"] == code]
        return Response(row)

    def _shown(self, actor: User) -> Sequence[dict[str, Any]]:
        rows = selectors.routes_of(actor.office)
        return tuple(self.get_serializer(rows, many=True).data)
