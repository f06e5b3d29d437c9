"""The directory and the regions for programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, parsers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.viewsets import ActorViewSet, FileRenderer
from administrative.bodies import history, regions, selectors, serializers, services, table
from administrative.bodies.forms import (
    STATED,
    BodyFilterForm,
    BodyForm,
    BodyTableForm,
    ChangeBodyForm,
    MergeForm,
    RegionSearchForm,
)
from administrative.bodies.level import relation_of
from administrative.models import Body, BodyKind, BodyLevel
from audit import clock
from audit.errors import NotVisible, valid
from cases.api.base import READ_AND_CHANGE, READ_ONLY, files_of, form_data, merged
from cases.api.schema import MULTIPART, PROBLEM, entries_of, refusals
from cases.api.serializers.common import ProblemSerializer
from cases.running.template import empty_table
from cases.spreadsheet import MEDIA_TYPE, workbook_answer

_FILTERS = [
    OpenApiParameter("q", OpenApiTypes.STR, description="Part of name or competence; or the code."),
    OpenApiParameter("kind", OpenApiTypes.STR, enum=BodyKind.values),
    OpenApiParameter("level", OpenApiTypes.STR, enum=BodyLevel.values),
    OpenApiParameter(
        "region", OpenApiTypes.STR, description="Code or name; what lies inside it counts."
    ),
]
_CODE = OpenApiParameter("code", OpenApiTypes.STR, OpenApiParameter.PATH, pattern=r"^\d{6}$")
_DAY = OpenApiParameter("day", OpenApiTypes.DATE, description="Names of this day; else today's.")


@extend_schema_view(list=extend_schema(parameters=_FILTERS))
class BodyViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """The directory of administrative bodies, by name; it is shared by all offices."""

    queryset = Body.objects.none()
    serializer_class = serializers.BodySerializer
    # A table comes as a form; everything else may come as JSON.
    parser_classes = (parsers.MultiPartParser, parsers.JSONParser)
    ordering: Sequence[str] = ("name", "id")
    http_method_names = READ_AND_CHANGE

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Answer 404 to who handles no cases.

        Raises:
            NotVisible: the directory does not exist for the caller.
        """
        super().initial(request, *args, **kwargs)
        if not selectors.may_read(self.actor):
            raise NotVisible(_("There is no such body."))

    def get_queryset(self) -> QuerySet[Body]:
        return selectors.going_on(selectors.bodies_visible_to(self.actor))

    def get_object(self) -> Body:
        return selectors.get_body(self.actor, int(self.kwargs["pk"]))

    def filter_queryset(self, queryset: Any) -> Any:
        form = valid(BodyFilterForm(self.request.query_params), _("The filter cannot be used."))
        return selectors.filtered(queryset, form.cleaned_data)

    @extend_schema(
        request=entries_of(BodyForm), responses=refusals(serializers.BodySerializer, 201)
    )
    def create(self, request: Request) -> Response:
        """Enter a body."""
        services.require_may_write(self.actor)
        form = valid(BodyForm(form_data(request.data)))
        return self.shown(services.add_body(actor=self.actor, facts=form.facts()), 201)

    @extend_schema(
        request=entries_of(ChangeBodyForm, partial=True),
        responses=refusals(serializers.BodySerializer),
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a body; 409 `lost_update` with the present values when somebody else did."""
        body = self.get_object()
        services.require_may_write(self.actor)
        services.require_going_on(body)
        present = form_data(model_to_dict(body, STATED))
        stated = merged(present, form_data(request.data))
        form = valid(ChangeBodyForm(stated, instance=Body.objects.get(pk=body.pk)))
        version = form.cleaned_data["version"]
        changed = services.change_body(
            actor=self.actor, body=body, facts=form.facts(), version=version
        )
        return self.shown(changed)

    @extend_schema(
        request=serializers.MergeSerializer, responses=refusals(serializers.BodySerializer)
    )
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str) -> Response:
        """Let the entry go on in another one that means the same body; returns that one."""
        body = self.get_object()
        services.require_may_write(self.actor)
        form = valid(MergeForm(form_data(request.data)))
        into = form.cleaned_data["into"]
        return self.shown(services.merge_bodies(actor=self.actor, body=body, into=into))

    @extend_schema(responses=serializers.BodyStandingSerializer)
    @action(detail=True, methods=["get"])
    def standing(self, request: Request, pk: str) -> Response:
        """Say how the body stands to the caller's office (PRR 3)."""
        found = relation_of(self.actor.office, self.get_object())
        return Response(serializers.BodyStandingSerializer(found).data)

    @extend_schema(responses=serializers.HistorySerializer(many=True))
    @action(detail=True, methods=["get"])
    def history(self, request: Request, pk: str) -> Response:
        """Tell the recommendations to the body in the cases the caller may see, the latest first."""
        self.ordering = history.ORDER
        rows = history.recommendations_to(self.actor, self.get_object())
        found = self.paginate_queryset(rows) or []
        told = [serializers.HistorySerializer(each).data for each in history.told_of(found)]
        return self.get_paginated_response(told)

    @extend_schema(
        request={MULTIPART: serializers.BodyTableSerializer},
        responses=refusals(serializers.JudgedTableSerializer),
    )
    @action(detail=False, methods=["post"], url_path="import", url_name="import")
    def import_table(self, request: Request) -> Response:
        """Judge a table row by row, and with `enter` enter all of it or nothing."""
        services.require_may_write(self.actor)
        form = valid(BodyTableForm(form_data(request.data), files_of(request)))
        entries = self.entries(serializers.BodyTableSerializer)
        rows = table.read(actor=self.actor, content=form.cleaned_data["table"].read())
        verdicts = table.judge(rows)
        entered = table.enter(actor=self.actor, rows=rows) if entries["enter"] else []
        said = {"rows": verdicts, "entered": [body.pk for body in entered]}
        return Response(serializers.JudgedTableSerializer(said).data)

    @extend_schema(
        responses={(200, MEDIA_TYPE): OpenApiTypes.BINARY, (409, PROBLEM): ProblemSerializer}
    )
    @action(detail=False, methods=["get"], renderer_classes=[FileRenderer])
    def template(self, request: Request) -> FileResponse:
        """Return the empty table with its headings and what each column holds."""
        services.require_may_write(self.actor)
        return workbook_answer(empty_table(table.SHEET, table.columns()), "bodies")


class RegionViewSet(ActorViewSet):
    """Administrative divisions by GB/T 2260, of a day; no row was compared with the standard."""

    serializer_class = serializers.RegionSerializer
    lookup_field = "code"
    lookup_value_regex = r"\d{6}"
    http_method_names = READ_ONLY
    pagination_class = None

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "q", OpenApiTypes.STR, required=True, description="Code or part of the name."
            ),
            _DAY,
        ],
        responses=serializers.RegionSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """Search the divisions of a day, 50 at most."""
        form = valid(RegionSearchForm(request.query_params), _("The search cannot be made."))
        day = form.cleaned_data["day"] or clock.today()
        return self._told(regions.search(form.cleaned_data["q"], day), day, many=True)

    @extend_schema(parameters=[_CODE, _DAY], responses=serializers.RegionSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        """Return what a code stood for on a day; 404 where the list has none."""
        stated = {"q": code, "day": request.query_params.get("day", "")}
        day = valid(RegionSearchForm(stated)).cleaned_data["day"] or clock.today()
        region = regions.region_on(code, day)
        if region is None:
            raise NotVisible(_("No region has this code on this day."))
        return self._told(region, day)

    def _told(self, found: Any, day: date, *, many: bool = False) -> Response:
        serializer = serializers.RegionSerializer(found, many=many, context={"day": day})
        return Response(serializer.data)


def register(router: BaseRouter) -> None:
    """Add the directory to the API."""
    router.register("bodies", BodyViewSet, basename="body")
    router.register("regions", RegionViewSet, basename="region")
