"""Statistical items, figures and the lists behind them for programs; nothing here changes anything."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter
from rest_framework.settings import api_settings

from accounts.viewsets import ActorViewSet, FileRenderer
from audit.errors import NotVisible, valid
from cases.api.schema import PROBLEM, entries_of
from cases.api.serializers.common import ProblemSerializer
from cases.models import Event
from cases.registries import Unit, statistical_items
from cases.spreadsheet import MEDIA_TYPE, workbook_answer
from reporting import lines, selectors
from reporting.blocks.items import articles_of, kinds_of
from reporting.exporting import export_page
from reporting.forms import StatisticsForm
from reporting.scope import Scope, Tracks, may_read

ASKED = [entries_of(StatisticsForm)]
FIGURE = OpenApiParameter(
    "figure",
    OpenApiTypes.STR,
    OpenApiParameter.PATH,
    description="Code of a figure, for example items.cases_filed.",
)
WORKBOOK = {(200, MEDIA_TYPE): OpenApiTypes.BINARY, (400, PROBLEM): ProblemSerializer}
# `retrieve` gives a page, which the description of the API does not guess.
PAGES = [
    OpenApiParameter(each["name"], each["schema"], description=each["description"])
    for each in cast(Any, api_settings.DEFAULT_PAGINATION_CLASS)().get_schema_operation_parameters(
        None
    )
]
OF_FIGURE = ("title", "definition", "counted", "amount", "hidden")


class StatisticalItemSerializer(serializers.Serializer[Any]):
    """A statistical item as it is declared."""

    code = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    definition_zh = serializers.CharField()
    definition_en = serializers.CharField()
    unit = serializers.ChoiceField(choices=Unit.choices)
    track = serializers.CharField(help_text="The only track that shows it; empty for every track.")
    kinds = serializers.SerializerMethodField(help_text="The kinds of events that feed it.")
    articles = serializers.SerializerMethodField(
        help_text="On which they rest, in the language of the request; may be empty."
    )

    def get_articles(self, item: Any) -> str:
        return articles_of(item)

    def get_kinds(self, item: Any) -> list[str]:
        return list(kinds_of(item))


class CellSerializer(serializers.Serializer[Any]):
    """One figure of a line."""

    head = serializers.CharField(help_text="What the figure is, in the language of the request.")
    value = serializers.DecimalField(max_digits=20, decimal_places=2, allow_null=True)
    shown = serializers.CharField(help_text="As a reader reads it, in the language of the request.")
    figure = serializers.CharField(
        help_text="What it counts is listed by statistics-figures; empty where nothing is."
    )


class RowSerializer(serializers.Serializer[Any]):
    """One line of a block."""

    code = serializers.CharField()
    title = serializers.CharField()
    note = serializers.CharField(help_text="Its definition or article; may be empty.")
    cells = CellSerializer(many=True, source="headed")


class BlockSerializer(serializers.Serializer[Any]):
    """Figures that are read together, with their definition."""

    code = serializers.CharField()
    title = serializers.CharField()
    definition = serializers.CharField()
    as_it_stands = serializers.BooleanField(help_text="Of today, whatever the time asked for.")
    rows = RowSerializer(many=True, source="headed_rows")


class ScopeSerializer(serializers.Serializer[Any]):
    """Of what figures are: whose, of which time and track, read when."""

    whose = serializers.CharField()
    whole = serializers.BooleanField(
        help_text="Whether every matter counts, or those the caller may see."
    )
    first = serializers.DateField()
    last = serializers.DateField()
    track = serializers.ChoiceField(choices=Tracks.choices, help_text="Empty for all.")
    as_of = serializers.DateTimeField()


class StatisticsSerializer(ScopeSerializer):
    """The figures of a scope."""

    blocks = BlockSerializer(many=True)


class HappeningSerializer(serializers.Serializer[Any]):
    """An event that made a row count."""

    title = serializers.CharField()
    day = serializers.DateField()
    link = serializers.CharField(help_text="The path of its page.")


class FigureLineSerializer(serializers.Serializer[Any]):
    """One row behind a figure that the caller may see."""

    day = serializers.DateField(allow_null=True)
    what = serializers.CharField()
    more = serializers.CharField(help_text="May be empty.")
    amount = serializers.DecimalField(max_digits=20, decimal_places=2, allow_null=True)
    matter = serializers.CharField(source="matter.key")
    link = serializers.CharField(help_text="The path of the page of the event or matter.")
    beside = HappeningSerializer(many=True, help_text="Further events that made it count.")


class FigureSerializer(ScopeSerializer):
    """A figure, what it is of and how it is counted, and a page of what it counts."""

    title = serializers.CharField()
    definition = serializers.ListField(
        child=serializers.CharField(),
        help_text="What is counted, and how: of the figure, then of its block.",
    )
    counted = serializers.IntegerField(help_text="How many rows it counts or sums up.")
    amount = serializers.DecimalField(
        max_digits=20,
        decimal_places=2,
        allow_null=True,
        help_text="Their sum in yuan; null where the figure is a number.",
    )
    hidden = serializers.IntegerField(
        allow_null=True,
        help_text="How many of them the caller may not see; null where it is of several offices.",
    )
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = FigureLineSerializer(many=True)


class FiguresViewSet(ActorViewSet):
    """Whoever has no figures finds nothing; the filters are those of the page."""

    def asked(self) -> StatisticsForm:
        """Return the valid filters of the request.

        Raises:
            NotVisible: there are no figures for the caller.
            Invalid: a filter cannot be used.
        """
        if not may_read(self.actor):
            raise NotVisible(_("There are no statistics for your roles."))
        form = StatisticsForm(self.request.query_params, actor=self.actor)
        return valid(form, _("The figures cannot be made."))


def _said(scope: Scope) -> dict[str, Any]:
    said = {name: getattr(scope, name) for name in ("whose", "whole", "first", "last", "as_of")}
    return said | {"track": scope.track.value}


class StatisticsViewSet(FiguresViewSet):
    """The figures of an office, or of the matters the caller may see."""

    serializer_class = StatisticsSerializer
    pagination_class = None

    @extend_schema(parameters=ASKED, responses=StatisticsSerializer, filters=False)
    def list(self, request: Request) -> Response:
        """Return every block of figures of a time; without one those of this year."""
        scope = self.asked().scope()
        blocks = selectors.blocks_of(scope)
        return Response(StatisticsSerializer(_said(scope) | {"blocks": blocks}).data)

    @extend_schema(parameters=ASKED, filters=False, responses=WORKBOOK)
    @action(detail=False, methods=["get"], renderer_classes=[FileRenderer])
    def export(self, request: Request) -> FileResponse:
        """Return the figures as a workbook (xlsx); that they were taken is recorded."""
        form = self.asked()
        file = export_page(scope=form.scope(), filters=form.names_set())
        return workbook_answer(file, "statistics")


class StatisticsFigureViewSet(FiguresViewSet):
    """What a figure counts, the newest entry first."""

    queryset = Event.objects.none()
    serializer_class = FigureLineSerializer
    lookup_field = "figure"
    lookup_value_regex = r"[A-Za-z0-9_.\-]{1,60}"
    ordering: ClassVar = ("-pk",)

    @extend_schema(parameters=[*ASKED, *PAGES, FIGURE], responses=FigureSerializer, filters=False)
    def retrieve(self, request: Request, figure: str) -> Response:
        """Return the rows behind a figure that the caller may see, with the filters of the figure."""
        scope = self.asked().scope()
        found = selectors.listed(scope, figure)
        page = self.paginate_queryset(lines.prepared(found.rows, found.grounds))
        paged = self.get_paginated_response(lines.lines_of(page or [])).data
        told = {name: getattr(found, name) for name in OF_FIGURE}
        return Response(FigureSerializer(_said(scope) | told | paged).data)


class StatisticalItemViewSet(ActorViewSet):
    """The declared statistical items."""

    serializer_class = StatisticalItemSerializer
    pagination_class = None

    @extend_schema(responses=StatisticalItemSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Return every item with its definition and the kinds of events that feed it."""
        return Response(StatisticalItemSerializer(statistical_items.values(), many=True).data)


def register(router: BaseRouter) -> None:
    """Add figures, their lists and the items to the API."""
    router.register("statistics", StatisticsViewSet, basename="statistics")
    router.register("statistics-figures", StatisticsFigureViewSet, basename="statistics-figure")
    router.register("statistics-items", StatisticalItemViewSet, basename="statistics-item")
