"""Calendar feeds for programs: listing, making and revoking one's own."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.viewsets import ActorViewSet
from cases.selectors.matters import get_case
from deadlines import feeds
from deadlines.feed_address import address_of
from deadlines.models import CalendarFeed, FeedScope
from deadlines.services.feeds import make_feed, revoke_feed


class FeedSerializer(serializers.ModelSerializer[CalendarFeed]):
    """A feed of the reader's; its address is told once, by the answer that made it."""

    case = serializers.CharField(source="case.key", read_only=True, allow_null=True, default=None)

    class Meta:
        model = CalendarFeed
        fields = ("id", "scope", "case", "created_at", "last_fetched_at")
        read_only_fields = fields


class MadeFeedSerializer(FeedSerializer):
    address = serializers.SerializerMethodField(help_text="A secret; it is never told again.")

    class Meta:
        model = CalendarFeed
        fields = (*FeedSerializer.Meta.fields, "address")
        read_only_fields = fields

    def get_address(self, row: CalendarFeed) -> str:
        return address_of(self.context["token"])


class NewFeedSerializer(serializers.Serializer[Any]):
    scope = serializers.ChoiceField(choices=FeedScope.choices)
    case = serializers.CharField(
        required=False, max_length=40, help_text="Key of the case, for the scope `case`."
    )


class CalendarFeedViewSet(ActorViewSet):
    """The reader's own calendar feeds."""

    serializer_class = FeedSerializer
    pagination_class = None

    @extend_schema(responses=FeedSerializer(many=True))
    def list(self, request: Request) -> Response:
        """List the feeds that are not revoked, the newest first."""
        return Response(FeedSerializer(feeds.feeds_of(self.actor), many=True).data)

    @extend_schema(request=NewFeedSerializer, responses={201: MadeFeedSerializer})
    def create(self, request: Request) -> Response:
        """Make a feed; the answer bears its address, which is told this once."""
        facts = self.entries(NewFeedSerializer)
        case = get_case(self.actor, facts["case"]) if "case" in facts else None
        feed, token = make_feed(actor=self.actor, scope=FeedScope(facts["scope"]), case=case)
        answer = MadeFeedSerializer(feed, context={"token": token}).data
        return Response(answer, status=201, headers={"Cache-Control": "no-store"})

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        """Revoke a feed; its address answers nobody any more."""
        revoke_feed(actor=self.actor, pk=int(pk))
        return Response(status=204)


def register(router: BaseRouter) -> None:
    """Add calendar feeds to the API."""
    router.register("calendar-feeds", CalendarFeedViewSet, basename="calendar-feed")
