"""The days of a year for programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from audit.errors import NotVisible
from deadlines.year_grid import FIRST_YEAR, LAST_YEAR, DayKind, year_of


class GridDaySerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    kind = serializers.ChoiceField(choices=[(str(kind), str(kind)) for kind in DayKind])
    name = serializers.CharField(help_text="Festival of a day off or a make-up working day.")
    name_en = serializers.CharField()
    provisional = serializers.BooleanField()


class YearSerializer(serializers.Serializer[Any]):
    """A year of the working calendar; without a notice all of it is provisional."""

    year = serializers.IntegerField()
    source = serializers.CharField(source="notice.source", default=None, allow_null=True)  # type: ignore[assignment]
    source_en = serializers.CharField(source="notice.source_en", default=None, allow_null=True)
    settled = serializers.BooleanField()
    days = GridDaySerializer(many=True)


class CalendarYearViewSet(viewsets.ViewSet):
    """Every day of a year: working, weekend, off or a make-up working day."""

    lookup_field = "year"
    lookup_value_regex = r"\d{4}"

    @extend_schema(
        parameters=[OpenApiParameter("year", OpenApiTypes.INT, OpenApiParameter.PATH)],
        responses=YearSerializer,
    )
    def retrieve(self, request: Request, year: str) -> Response:
        """Return the days of a year from 1950 to 2100."""
        if not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise NotVisible(_("The calendar reaches from 1950 to 2100. Choose a day within it."))
        return Response(YearSerializer(year_of(int(year))).data)


def register(router: BaseRouter) -> None:
    """Add the years to the API."""
    router.register("calendar-years", CalendarYearViewSet, basename="calendar-year")
