"""What waits for the caller, and the filters he keeps."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.viewsets import ActorViewSet
from cases.api.schema import refusals
from cases.api.serializers.work import (
    InboxItemSerializer,
    SavedFilterSerializer,
    SaveFilterSerializer,
)
from cases.models import SavedFilter
from cases.selectors.inbox import waiting_for
from cases.services import work

GROUPS = ("todo", "approval", "mine", "notice")


class InboxViewSet(ActorViewSet):
    """What waits for the caller, gathered from every room."""

    serializer_class = InboxItemSerializer

    @extend_schema(
        parameters=[OpenApiParameter("group", OpenApiTypes.STR, enum=GROUPS)],
        responses=InboxItemSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """List it, the earliest day first, undated things last."""
        group = request.query_params.get("group")
        chosen = [item for item in waiting_for(self.actor) if group in (None, "", item.group)]
        return Response(self.get_serializer(chosen, many=True).data)


class SavedFilterViewSet(mixins.ListModelMixin, ActorViewSet):
    """The caller's own filters and those colleagues share with the office."""

    queryset = SavedFilter.objects.none()
    serializer_class = SavedFilterSerializer
    ordering = ("name", "id")

    def get_queryset(self) -> QuerySet[SavedFilter]:
        shared = Q(shared=True, user__office=self.actor.office_id)
        return SavedFilter.objects.filter(Q(user=self.actor) | shared).select_related("user")

    @extend_schema(request=SaveFilterSerializer, responses=refusals(SavedFilterSerializer, 201))
    def create(self, request: Request) -> Response:
        """Keep a filter under a name; the same name is written over."""
        return self.shown(
            work.save_filter(actor=self.actor, **self.entries(SaveFilterSerializer)), 201
        )

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Forget a filter of one's own."""
        work.delete_filter(actor=self.actor, pk=int(pk))
        return Response(status=204)
