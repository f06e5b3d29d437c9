"""Exhibits and the seven groups of facts for programs, below their case; the register of all cases."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, parsers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.viewsets import ActorViewSet, FileRenderer
from audit.errors import Invalid, valid
from cases.api.base import CASE_KEY
from cases.models import Case
from cases.selectors.matters import get_case
from documents.download import attachment
from evidence import selectors, serializers, services
from evidence.facts import GROUPS, FactGroup
from evidence.forms import ExhibitFilterForm, ExhibitForm
from evidence.models import Exhibit, FactLink, StatutoryKind
from evidence.services.checks import require_may_write

_KEY = OpenApiParameter(
    "key", OpenApiTypes.STR, OpenApiParameter.PATH, description="Key of the case."
)
_NUMBER = OpenApiParameter(
    "number", OpenApiTypes.INT32, OpenApiParameter.PATH, description="Number of the exhibit."
)
_FILTERS = [
    OpenApiParameter(
        "q", OpenApiTypes.STR, description="Part of name, source or file, or SHA-256."
    ),
    OpenApiParameter("case", OpenApiTypes.STR, description="Key of a case."),
    OpenApiParameter("kind", OpenApiTypes.STR, enum=StatutoryKind.values),
    OpenApiParameter(
        "group", OpenApiTypes.STR, enum=FactGroup.values, description="What it proves (Rules 86)."
    ),
    OpenApiParameter("obtained_from", OpenApiTypes.DATE, description="First day."),
    OpenApiParameter("obtained_until", OpenApiTypes.DATE, description="Last day."),
    OpenApiParameter("state", OpenApiTypes.STR, enum=[selectors.IN_USE, selectors.WITHDRAWN]),
]


@extend_schema_view(list=extend_schema(parameters=_FILTERS))
class ExhibitRegisterViewSet(mixins.ListModelMixin, ActorViewSet):
    """Exhibits of all cases the caller sees, the newest first."""

    queryset = Exhibit.objects.none()
    serializer_class = serializers.RegisteredExhibitSerializer
    filter_backends = ()
    ordering: ClassVar = ("-id",)

    def get_queryset(self) -> QuerySet[Exhibit]:
        return selectors.register_of_exhibits(self.actor)

    def filter_queryset(self, queryset: Any) -> Any:
        sentence = _("The filter cannot be used.")
        form = valid(ExhibitFilterForm(self.request.query_params), sentence)
        return selectors.filtered(queryset, form.cleaned_data)


class _OfCaseViewSet(ActorViewSet):
    """Something of the case the address names; invisible with it."""

    @cached_property
    def case(self) -> Case:
        """The case of the address.

        Raises:
            NotVisible: there is none for this actor.
        """
        return get_case(self.actor, self.kwargs["key"])


@extend_schema(parameters=[_KEY])
class ExhibitViewSet(mixins.ListModelMixin, _OfCaseViewSet):
    """Exhibits of a case by their numbers; nothing of one is ever changed."""

    queryset = Exhibit.objects.none()
    serializer_class = serializers.ExhibitSerializer
    # Files come as a form; everything else may come as JSON.
    parser_classes = (parsers.MultiPartParser, parsers.JSONParser)
    lookup_field = "number"
    lookup_value_regex = r"\d{1,9}"
    ordering: ClassVar = ("number",)

    def get_queryset(self) -> QuerySet[Exhibit]:
        return selectors.exhibits_of(self.actor, self.case)

    def _exhibit(self) -> Exhibit:
        return selectors.get_exhibit(self.actor, self.kwargs["key"], int(self.kwargs["number"]))

    @extend_schema(
        request={"multipart/form-data": serializers.ExhibitCreateSerializer},
        responses={201: serializers.ExhibitSerializer(many=True)},
    )
    def create(self, request: Request, key: str) -> Response:
        """Add one exhibit a file; all of them or none. `same_file_as` warns of a file the case has."""
        require_may_write(self.actor, self.case)
        asked = ExhibitForm(request.data, request.FILES, case=self.case, actor=self.actor)
        form = valid(asked, _("Some entries cannot be accepted."))
        added = services.add_exhibits(
            actor=self.actor,
            case=self.case,
            uploads=form.cleaned_data["uploads"],
            facts=form.stated(),
        )
        rows = self.get_queryset().filter(pk__in=[exhibit.pk for exhibit in added])
        return Response(self.get_serializer(rows, many=True).data, status=201)

    @extend_schema(parameters=[_NUMBER])
    def retrieve(self, request: Request, key: str, number: str) -> Response:
        """Return one exhibit; the look is recorded."""
        exhibit = self._exhibit()
        services.record_look(actor=self.actor, exhibit=exhibit)
        return Response(self.get_serializer(exhibit).data)

    @extend_schema(
        parameters=[_NUMBER], responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    @action(detail=True, methods=["get"], renderer_classes=[FileRenderer])
    def download(self, request: Request, key: str, number: str) -> HttpResponseBase:
        """Return the file; its last bytes come only when its digest is right."""
        exhibit = self._exhibit()
        services.record_download(actor=self.actor, exhibit=exhibit)
        return attachment(
            sha256=exhibit.sha256,
            name=exhibit.file_name,
            media_type=exhibit.media_type,
            size=exhibit.size,
        )

    @extend_schema(parameters=[_NUMBER], request=None, responses=serializers.IntegritySerializer)
    @action(detail=True, methods=["post"])
    def check(self, request: Request, key: str, number: str) -> Response:
        """Read the stored file whole and compare its digest with the recorded one."""
        exhibit = self._exhibit()
        found = services.check_exhibit(actor=self.actor, exhibit=exhibit)
        answer = {"sha256": exhibit.sha256, "integrity": str(found)}
        return Response(serializers.IntegritySerializer(answer).data)

    @extend_schema(
        parameters=[_NUMBER],
        request=serializers.ReasonSerializer,
        responses=serializers.ExhibitSerializer,
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, key: str, number: str) -> Response:
        """Say with a reason that the team no longer relies on the exhibit."""
        exhibit, facts = self._exhibit(), self.entries(serializers.ReasonSerializer)
        services.withdraw_exhibit(actor=self.actor, exhibit=exhibit, **facts)
        return Response(self.get_serializer(self._exhibit()).data)


@extend_schema(parameters=[_KEY])
class FactViewSet(mixins.ListModelMixin, _OfCaseViewSet):
    """What stands in the seven groups of facts of a case (Rules 86)."""

    queryset = FactLink.objects.none()
    serializer_class = serializers.FactSerializer
    lookup_value_regex = r"\d{1,18}"
    ordering: ClassVar = ("id",)

    def get_queryset(self) -> QuerySet[FactLink]:
        return selectors.facts_of(self.actor, self.case)

    @extend_schema(
        request=serializers.FactCreateSerializer,
        responses={201: serializers.FactSerializer(many=True)},
    )
    def create(self, request: Request, key: str) -> Response:
        """State a finding; each exhibit it rests on makes one fact."""
        case, facts = self.case, self.entries(serializers.FactCreateSerializer)
        numbers = set(facts["exhibits"])
        exhibits = list(selectors.usable_exhibits_of(self.actor, case).filter(number__in=numbers))
        if len(exhibits) != len(numbers):
            sentence = _("Choose exhibits of this case that are not withdrawn.")
            raise Invalid(sentence, errors={"exhibits": [sentence]})
        links = services.state_fact(actor=self.actor, case=case, **(facts | {"exhibits": exhibits}))
        return Response(self.get_serializer(links, many=True).data, status=201)

    @extend_schema(responses=serializers.FactGroupSerializer(many=True), filters=False)
    @action(detail=False, methods=["get"], pagination_class=None)
    def groups(self, request: Request, key: str) -> Response:
        """List the seven groups, whether each is addressed, and what stands in it."""
        missing = {str(group.code) for group in selectors.unaddressed(self.case)}
        entries: Any = selectors.by_group(self.get_queryset())
        serializer = serializers.FactGroupSerializer(
            instance=entries,
            many=True,
            context={"addressed": set(GROUPS) - missing},
        )
        return Response(serializer.data)

    @extend_schema(
        parameters=[OpenApiParameter("id", OpenApiTypes.INT64, OpenApiParameter.PATH)],
        request=serializers.RemovalSerializer,
        responses={204: None},
    )
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, key: str, pk: str) -> Response:
        """Say with a reason that a fact no longer stands."""
        link = selectors.get_fact(self.actor, key, int(pk))
        services.unlink(actor=self.actor, link=link, **self.entries(serializers.RemovalSerializer))
        return Response(status=204)


def register(router: BaseRouter) -> None:
    """Add evidence to the API, below the cases."""
    router.register("exhibits", ExhibitRegisterViewSet, basename="exhibit-register")
    below = rf"cases/(?P<key>{CASE_KEY})"
    router.register(rf"{below}/exhibits", ExhibitViewSet, basename="exhibit")
    router.register(rf"{below}/facts", FactViewSet, basename="fact")
