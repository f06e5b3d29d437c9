"""The record for programs: read only, for those who may read it in the browser."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from audit import selectors, services
from audit.errors import valid
from audit.forms import AuditFilterForm
from audit.models import AuditEvent

_FILTERS = [
    OpenApiParameter("who", OpenApiTypes.STR, description="Login name."),
    OpenApiParameter("action", OpenApiTypes.STR, description="Code of the act or its beginning."),
    OpenApiParameter("outcome", OpenApiTypes.STR, enum=["success", "refused", "failed"]),
    OpenApiParameter("object_type", OpenApiTypes.STR),
    OpenApiParameter("object_id", OpenApiTypes.STR),
    OpenApiParameter("matter", OpenApiTypes.STR, description="Key of a case or lead."),
    OpenApiParameter("case_id", OpenApiTypes.INT64),
    OpenApiParameter("lead_id", OpenApiTypes.INT64),
    OpenApiParameter("request_id", OpenApiTypes.STR),
    OpenApiParameter("scope", OpenApiTypes.STR, description="Chain, for example case:7."),
    OpenApiParameter("sequence", OpenApiTypes.INT64, description="Number in its chain."),
    OpenApiParameter("day_from", OpenApiTypes.DATE, description="First day, Beijing time."),
    OpenApiParameter("day_to", OpenApiTypes.DATE, description="Last day, Beijing time."),
]


class AuditEventSerializer(serializers.ModelSerializer[AuditEvent]):
    """One entry; `canonical` is the text the digest was made of."""

    details = serializers.SerializerMethodField()
    canonical = serializers.SerializerMethodField()
    previous = serializers.SerializerMethodField(help_text="Hexadecimal.")
    mac = serializers.SerializerMethodField(help_text="Hexadecimal.")

    class Meta:
        model = AuditEvent
        fields: ClassVar = [
            "id",
            "scope",
            "sequence",
            "at",
            "office_id",
            "case_id",
            "lead_id",
            "actor_id",
            "actor_kind",
            "on_behalf_of_id",
            "action",
            "object_type",
            "object_id",
            "outcome",
            "reason",
            "request_id",
            "ip",
            "details",
            "canonical",
            "previous",
            "mac",
            "algorithm",
            "key_id",
        ]
        read_only_fields: ClassVar = fields

    def get_details(self, event: AuditEvent) -> dict[str, Any]:
        return selectors.details_of(event)

    def get_canonical(self, event: AuditEvent) -> str:
        return bytes(event.canonical).decode("utf-8", "backslashreplace")

    def get_previous(self, event: AuditEvent) -> str:
        return bytes(event.previous).hex()

    def get_mac(self, event: AuditEvent) -> str:
        return bytes(event.mac).hex()


@extend_schema_view(list=extend_schema(parameters=_FILTERS))
class AuditEventViewSet(viewsets.ReadOnlyModelViewSet[AuditEvent]):
    """Entries of the record the reader may see, newest first. Each look is itself recorded."""

    queryset = AuditEvent.objects.none()
    serializer_class = AuditEventSerializer
    lookup_value_regex = r"\d{1,18}"
    ordering = selectors.NEWEST_FIRST
    filter_backends = ()

    def get_queryset(self) -> Any:
        actor: Any = self.request.user
        if not selectors.may_read(actor):
            raise Http404
        return selectors.visible_to(actor).order_by(*self.ordering)

    def filter_queryset(self, queryset: Any) -> Any:
        if self.detail:
            return queryset
        return selectors.matching(queryset, self._form().wanted())

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().list(request, *args, **kwargs)
        actor: Any = request.user
        services.record_view(actor=actor, filters=self._form().wanted().names_set())
        return response

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        event = self.get_object()
        actor: Any = request.user
        services.record_view(actor=actor, event=event)
        return Response(self.get_serializer(event).data)

    def _form(self) -> AuditFilterForm:
        sentence = _("The filter cannot be used.")
        return valid(AuditFilterForm(self.request.query_params), sentence)


def register(router: BaseRouter) -> None:
    """Add the record to the API."""
    router.register("audit-events", AuditEventViewSet, basename="audit-event")
