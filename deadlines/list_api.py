"""The lists about deadlines for programs: how many end on each day, and which matters sit idle."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.viewsets import ActorViewSet
from audit.errors import valid
from cases.api.schema import entries_of, refusals
from cases.models import Case
from deadlines import heat, idle, listing, selectors
from deadlines.filter_forms import IdleForm, WeeksForm
from deadlines.models import MOST_DAYS
from deadlines.services.idle_days import set_idle_days
from deadlines.yearbook import calendar


class DayNumberSerializer(serializers.Serializer[Any]):
    """How many running deadlines end on one day."""

    day = serializers.DateField()
    number = serializers.IntegerField()
    kinds = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="How many of each kind; kinds without any left out.",
    )
    working = serializers.SerializerMethodField()
    makeup = serializers.BooleanField(help_text="A Saturday or Sunday on which offices work.")
    provisional = serializers.BooleanField(help_text="The official notice is not known.")

    def get_working(self, day: heat.Day) -> bool:
        return day.rest is None


class DeadlineDayViewSet(ActorViewSet):
    """The heat calendar: twelve weeks of the deadlines of the matters the reader may see."""

    serializer_class = DayNumberSerializer
    pagination_class = None

    @extend_schema(
        parameters=[entries_of(WeeksForm)], responses=DayNumberSerializer(many=True), filters=False
    )
    def list(self, request: Request) -> Response:
        """Return the 84 days from the Monday of `week` on, with how many deadlines end on each."""
        asked = WeeksForm(request.query_params, actor=self.actor)
        form = valid(asked, _("The filter cannot be used."))
        every = selectors.deadlines_visible_to(self.actor)
        rows = listing.by_place(every, self.actor, form.cleaned_data)
        days = heat.days_of(rows, form.cleaned_data["week"], calendar())
        return Response(DayNumberSerializer(days, many=True).data)


class IdleMatterSerializer(serializers.Serializer[Any]):
    """An open lead or case in which nothing moves and that no deadline of the office watches."""

    key = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField()
    state_title = serializers.CharField(source="get_state_display")
    handler = serializers.CharField(source="handler_name", allow_null=True)
    last_thing = serializers.SerializerMethodField(
        help_text="What happened last; empty when it was entered and nothing followed."
    )
    last_day = serializers.SerializerMethodField()
    days_idle = serializers.SerializerMethodField()
    next_deadline = serializers.DateField(
        allow_null=True, help_text="A time of others, if one runs."
    )

    def get_last_thing(self, matter: Any) -> str:
        return idle.last_thing(matter)

    def get_last_day(self, matter: Any) -> date:
        return idle.last_day(matter)

    def get_days_idle(self, matter: Any) -> int:
        return idle.days_idle(matter)


class IdleDaysSerializer(serializers.Serializer[Any]):
    """The office's own number of days; no article sets one."""

    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS)


@extend_schema_view(list=extend_schema(parameters=[entries_of(IdleForm)], filters=False))
class IdleMatterViewSet(mixins.ListModelMixin, ActorViewSet):
    """Open matters that sit idle, the longest first."""

    queryset = Case.objects.none()
    serializer_class = IdleMatterSerializer
    ordering = ("last_at", "id")

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return Case.objects.none()
        form = IdleForm(self.request.query_params, actor=self.actor)
        return valid(form, _("The filter cannot be used.")).found()

    @extend_schema(request=IdleDaysSerializer, responses=refusals(IdleDaysSerializer))
    @action(detail=False, methods=["post"], pagination_class=None)
    def days(self, request: Request) -> Response:
        """Set the number of days for the caller's office; its leaders and case management may."""
        row = set_idle_days(actor=self.actor, **self.entries(IdleDaysSerializer))
        return Response({"days": row.days})


def register(router: BaseRouter) -> None:
    """Add the lists to the API."""
    router.register("deadline-days", DeadlineDayViewSet, basename="deadline-day")
    router.register("idle-matters", IdleMatterViewSet, basename="idle-matter")
