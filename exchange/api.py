"""The register of papers for programs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, parsers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.viewsets import NUMBER, ActorViewSet, FileRenderer
from audit.errors import valid
from cases.api.schema import MULTIPART, PROBLEM, refusals
from cases.api.serializers.common import ProblemSerializer
from exchange import selectors, serializers, services
from exchange.forms import PaperFilterForm, RegisterPaperForm
from exchange.models import Direction, Medium, Paper
from exchange.views import sent

_FILTERS = [
    OpenApiParameter("q", OpenApiTypes.STR, description="Part of subject, sender or number."),
    OpenApiParameter("direction", OpenApiTypes.STR, enum=Direction.values),
    OpenApiParameter("medium", OpenApiTypes.STR, enum=Medium.values),
    OpenApiParameter("state", OpenApiTypes.STR, enum=[selectors.OPEN, selectors.CLOSED]),
    OpenApiParameter("linked", OpenApiTypes.STR, enum=[selectors.LINKED, selectors.NOT_LINKED]),
    OpenApiParameter("matter", OpenApiTypes.STR, description="Key of a lead or case."),
]
_FILE = OpenApiParameter("file", OpenApiTypes.INT64, OpenApiParameter.PATH)


@extend_schema_view(list=extend_schema(parameters=_FILTERS))
class PaperViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """Papers in and out of the caller's office, the newest first; nothing registered is changed."""

    queryset = Paper.objects.none()
    serializer_class = serializers.RegisteredPaperSerializer
    # Files come as a form; everything else may come as JSON.
    parser_classes = (parsers.MultiPartParser, parsers.JSONParser)
    ordering: ClassVar = ("-id",)

    def get_queryset(self) -> QuerySet[Paper]:
        return selectors.papers_visible_to(self.actor).prefetch_related("files")

    def get_object(self) -> Paper:
        return selectors.get_paper(self.actor, int(self.kwargs["pk"]))

    def filter_queryset(self, queryset: Any) -> Any:
        sentence = _("The filter cannot be used.")
        form = valid(PaperFilterForm(self.request.query_params), sentence)
        return selectors.filtered(queryset, form.cleaned_data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return one paper; the look is recorded."""
        paper = self.get_object()
        services.record_look(actor=self.actor, paper=paper)
        return self.shown(paper)

    @extend_schema(
        request={MULTIPART: serializers.RegisterPaperSerializer},
        responses=refusals(serializers.RegisteredPaperSerializer, 201),
    )
    def create(self, request: Request) -> Response:
        """Register a paper under the next number of the caller's office."""
        services.require_may_register(self.actor)
        form = valid(RegisterPaperForm(request.data, request.FILES))
        key = form.cleaned_data["matter"]
        paper = services.register_paper(
            actor=self.actor,
            facts=form.stated(),
            uploads=form.cleaned_data["uploads"],
            matter=services.matter_called(self.actor, key) if key else None,
        )
        return self.shown(paper, 201)

    @extend_schema(
        responses={
            200: serializers.PaperWaySerializer(many=True),
            (409, PROBLEM): ProblemSerializer,
        }
    )
    @action(detail=True, methods=["get"], pagination_class=None)
    def ways(self, request: Request, pk: str) -> Response:
        """Return what the paper can become in its matter, each with the facts it tells.

        409 once it has become an event or is closed.
        """
        paper = self.get_object()
        services.require_unused(paper)
        ways = selectors.ways_of(self.actor, paper)
        return Response(serializers.PaperWaySerializer(ways, many=True).data)

    @extend_schema(
        request=serializers.LinkPaperSerializer,
        responses=refusals(serializers.RegisteredPaperSerializer),
    )
    @action(detail=True, methods=["post"])
    def link(self, request: Request, pk: str) -> Response:
        """Say to which lead or case it belongs, once."""
        paper = self.get_object()
        key = self.entries(serializers.LinkPaperSerializer)["matter"]
        matter = services.matter_called(self.actor, key)
        return self.shown(services.link_paper(actor=self.actor, paper=paper, matter=matter))

    @extend_schema(
        request=serializers.ClosePaperSerializer,
        responses=refusals(serializers.RegisteredPaperSerializer),
    )
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Close it with a reason; it stays in the register."""
        paper = self.get_object()
        entries = self.entries(serializers.ClosePaperSerializer)
        return self.shown(services.close_paper(actor=self.actor, paper=paper, **entries))

    @extend_schema(
        parameters=[_FILE],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    @action(
        detail=True,
        methods=["get"],
        url_path=rf"files/(?P<file>{NUMBER})",
        renderer_classes=[FileRenderer],
    )
    def content(self, request: Request, pk: str, file: str) -> HttpResponseBase:
        """Return a file of the paper; its last bytes come only when its digest is right."""
        found = selectors.get_file(self.actor, int(pk), int(file))
        services.record_download(actor=self.actor, file=found)
        return sent(found)


def register(router: BaseRouter) -> None:
    """Add the register to the API."""
    router.register("papers", PaperViewSet, basename="paper")
