"""Services and address-confirmation forms for programs."""

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

from accounts.viewsets import ActorViewSet, FileRenderer
from audit.errors import invalid_field, valid
from cases.api.schema import refusals
from cases.models import Party
from cases.selectors.matters import get_case, get_matter
from documents.download import attachment
from notices.models import AddressConfirmation, Document, Method, Service
from notices.selectors import documents_of, get_document
from notices.services.common import require_worker
from notices.serving import addresses, selectors, serializers, services
from notices.serving.forms import ServiceFilterForm
from notices.serving.papers_api import ServicePapersMixin
from notices.serving.services import Ending, Sending, require_servable
from notices.serving.splitting.channels import Addressee, propose
from notices.serving.splitting.services import MOST, start_services

_STATES = [selectors.UNDER_WAY, selectors.SERVED, selectors.FAILED]
_FILTERS = [
    OpenApiParameter("matter", OpenApiTypes.STR, description="Key of a case or lead."),
    OpenApiParameter("state", OpenApiTypes.STR, enum=_STATES),
    OpenApiParameter("method", OpenApiTypes.STR, enum=[str(value) for value in Method]),
    OpenApiParameter("text", OpenApiTypes.STR, description="Words of document or addressee."),
    OpenApiParameter("served_from", OpenApiTypes.DATE, description="Validly served from this day."),
    OpenApiParameter("served_until", OpenApiTypes.DATE),
]
_CASE = [OpenApiParameter("case", OpenApiTypes.STR, description="Key of a case.")]


@extend_schema_view(list=extend_schema(parameters=_FILTERS))
class ServiceViewSet(ServicePapersMixin, mixins.ListModelMixin, ActorViewSet):
    """Services of the documents the reader may see, the newest first."""

    queryset = Service.objects.none()
    serializer_class = serializers.ServiceSerializer
    parser_classes = (parsers.JSONParser, parsers.MultiPartParser)
    ordering: ClassVar = ("-id",)

    def get_queryset(self) -> QuerySet[Service]:
        return selectors.services_visible_to(self.actor)

    def filter_queryset(self, queryset: Any) -> Any:
        sentence = _("The filter cannot be used.")
        form = valid(ServiceFilterForm(self.request.query_params), sentence)
        if key := self.request.query_params.get("matter"):
            documents = documents_of(get_matter(self.actor, key))
            queryset = queryset.filter(document__in=documents.order_by().values("pk"))
        return selectors.filtered(queryset, form.cleaned_data)

    def get_object(self) -> Service:
        return selectors.get_service(self.actor, int(self.kwargs["pk"]))

    def retrieve(self, request: Request, pk: str) -> Response:
        """Return one service; the look is recorded."""
        service = self.get_object()
        services.record_look(actor=self.actor, service=service)
        return self.shown(service)

    @extend_schema(
        request=serializers.SendingSerializer,
        responses=refusals(serializers.ServiceSerializer, 201),
    )
    def create(self, request: Request) -> Response:
        """Send a document to one addressee."""
        entries = self.entries(serializers.SendingSerializer)
        document = get_document(self.actor, entries.pop("document"))
        entries["party"] = _party(document, entries.get("party"))
        service = services.start_service(
            actor=self.actor, document=document, sending=Sending(**entries)
        )
        return self.shown(selectors.get_service(self.actor, service.pk), 201)

    @extend_schema(
        request=serializers.AddresseesSerializer,
        responses=refusals(serializers.ChannelSerializer(many=True)),
        filters=False,
    )
    @action(detail=False, methods=["post"], parser_classes=[parsers.JSONParser])
    def channels(self, request: Request) -> Response:
        """Propose a way for each of several addressees; looks at their addresses are recorded."""
        entries = self.entries(serializers.AddresseesSerializer)
        document = get_document(self.actor, entries["document"])
        require_worker(self.actor, document.matter)
        require_servable(document)
        proposed: Any = propose(document, _addressees(document, entries["addressees"]))
        seen = {row.to.party.pk for row in proposed if row.to.party and row.address}
        addresses.record_looks(actor=self.actor, parties=seen)
        return Response(serializers.ChannelSerializer(proposed, many=True).data)

    @extend_schema(
        request=serializers.SeveralSendingsSerializer,
        responses=refusals(serializers.ServiceSerializer(many=True), 201),
        filters=False,
    )
    @action(detail=False, methods=["post"], parser_classes=[parsers.JSONParser])
    def several(self, request: Request) -> Response:
        """Send a document to several addressees, in one transaction or not at all."""
        entries = self.entries(serializers.SeveralSendingsSerializer)
        document = get_document(self.actor, entries["document"])
        sendings = [
            Sending(**item | {"party": _party(document, item.get("party"))})
            for item in entries["sendings"]
        ]
        started = start_services(actor=self.actor, document=document, sendings=sendings)
        rows = selectors.services_visible_to(self.actor).filter(pk__in=[row.pk for row in started])
        return Response(self.get_serializer(rows.order_by("id"), many=True).data, 201)

    @extend_schema(
        request=serializers.TryingSerializer, responses=refusals(serializers.ServiceSerializer)
    )
    @action(detail=True, methods=["post"])
    def attempts(self, request: Request, pk: str) -> Response:
        """Record one try to deliver, or the publication of a notice."""
        service = self.get_object()
        entries = self.entries(serializers.TryingSerializer)
        services.record_attempt(actor=self.actor, service=service, **entries)
        return self.shown(self.get_object())

    @extend_schema(
        request={"multipart/form-data": serializers.EndingSerializer},
        responses=refusals(serializers.ServiceSerializer),
    )
    @action(detail=True, methods=["post"])
    def outcome(self, request: Request, pk: str) -> Response:
        """Record how the service ended, with its proof."""
        service = self.get_object()
        entries = self.entries(serializers.EndingSerializer)
        services.record_outcome(actor=self.actor, service=service, ending=Ending(**entries))
        return self.shown(self.get_object())


def _addressees(document: Document, items: list[dict[str, Any]]) -> list[Addressee]:
    """Return who is named.

    Raises:
        Invalid: nobody is, or a party is none of the case.
    """
    asked = [Addressee(_party(document, item.get("party")), item["name"]) for item in items]
    if len(asked) > MOST:
        sentence = _("At most %(most)d addressees at once. Send the rest after them.")
        raise invalid_field("addressees", sentence % {"most": MOST})
    if not asked or not all(to.name for to in asked):
        raise invalid_field("addressees", _("Name each addressee."), "CPL 87")
    return asked


def _party(document: Document, pk: int | None) -> Party | None:
    """Return a party of the document's case by id; any other is as good as none.

    Raises:
        Invalid: there is none.
    """
    if pk is None:
        return None
    party = Party.objects.filter(pk=pk, case=document.case_id, removed_at__isnull=True).first()
    if party is None:
        raise invalid_field("party", _("Choose a party of this case."))
    return party


@extend_schema_view(list=extend_schema(parameters=_CASE))
class AddressConfirmationViewSet(mixins.ListModelMixin, ActorViewSet):
    """Address-confirmation forms of the cases whose handling team the reader belongs to."""

    queryset = AddressConfirmation.objects.none()
    serializer_class = serializers.AddressConfirmationSerializer
    parser_classes = (parsers.MultiPartParser, parsers.JSONParser)
    ordering: ClassVar = ("-id",)

    def get_queryset(self) -> QuerySet[AddressConfirmation]:
        return selectors.confirmations_visible_to(self.actor)

    def filter_queryset(self, queryset: Any) -> Any:
        if key := self.request.query_params.get("case"):
            case = get_case(self.actor, key)
            queryset = queryset.filter(party__case=case)
        return queryset

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the forms; the look at each case's addresses is recorded."""
        answer = super().list(request, *args, **kwargs)
        addresses.record_looks(actor=self.actor, parties=_parties(answer.data))
        return answer

    @extend_schema(
        request={"multipart/form-data": serializers.ConfirmedSerializer},
        responses=refusals(serializers.AddressConfirmationSerializer, 201),
    )
    def create(self, request: Request) -> Response:
        """Keep the address-confirmation form of a party; it replaces the one before."""
        entries = self.entries(serializers.ConfirmedSerializer)
        party = selectors.get_party(self.actor, entries.pop("case"), entries.pop("party"))
        row = addresses.confirm_address(
            actor=self.actor, party=party, said=addresses.Confirmed(**entries)
        )
        return self.shown(row, 201)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], renderer_classes=[FileRenderer])
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        """Return the file of a form; the look is recorded."""
        row = self.get_object()
        addresses.record_download(actor=self.actor, confirmation=row)
        return attachment(
            sha256=row.sha256, name=row.file_name, media_type=row.media_type, size=row.size
        )


def _parties(answer: dict[str, Any]) -> set[int]:
    return {row["party"] for row in answer["results"]}


def register(router: BaseRouter) -> None:
    """Add services to the API of the room."""
    router.register("services", ServiceViewSet, basename="service")
    router.register(
        "address-confirmations", AddressConfirmationViewSet, basename="address-confirmation"
    )
