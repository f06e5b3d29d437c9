"""What waits for the caller, and the filters he keeps."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.viewsets import ActorViewSet
from cases.api.schema import refusals
from cases.api.serializers.work import (
    ChangeFilterSerializer,
    InboxItemSerializer,
    SavedFilterSerializer,
    SaveFilterSerializer,
)
from cases.models import SavedFilter
from cases.selectors.inbox import waiting_for
from cases.selectors.lists import saved_filters
from cases.services import lists

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
    ordering = ("weight", "name", "id")

    def get_queryset(self) -> QuerySet[SavedFilter]:
        return saved_filters(self.actor)

    @extend_schema(request=SaveFilterSerializer, responses=refusals(SavedFilterSerializer, 201))
    def create(self, request: Request) -> Response:
        """Keep a filter under a name; the same name is written over."""
        return self.shown(
            lists.save_filter(actor=self.actor, **self.entries(SaveFilterSerializer)), 201
        )

    @extend_schema(
        request=ChangeFilterSerializer(partial=True), responses=refusals(SavedFilterSerializer)
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Rename a filter of one's own, share it, give it its place, let its list open with it."""
        facts = self.entries(ChangeFilterSerializer, partial=True)
        return self.shown(lists.change_filter(actor=self.actor, pk=int(pk), facts=facts))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Forget a filter of one's own."""
        lists.delete_filter(actor=self.actor, pk=int(pk))
        return Response(status=204)
