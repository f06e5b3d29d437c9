"""The one truth of a matter for programs: reading it, adding to it, correcting and annulling."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import READ_AND_ADD, ReadOfMatterViewSet, facts_of, files_of, source_of
from cases.api.filters import EventFilter, FilterBackend
from cases.api.schema import ID, JSON, KEY, MULTIPART, refusals
from cases.api.serializers.acts import (
    CorrectSerializer,
    CorrectUploadSerializer,
    EventRequestSerializer,
    EventSerializer,
    EventUploadSerializer,
)
from cases.api.serializers.common import GivenReasonSerializer
from cases.models import Event
from cases.selectors.events import events_of
from cases.services import acts, corrections

NEW = {JSON: EventRequestSerializer, MULTIPART: EventUploadSerializer}
CORRECTED = {JSON: CorrectSerializer, MULTIPART: CorrectUploadSerializer}


@extend_schema_view(
    list=extend_schema(parameters=[KEY]), retrieve=extend_schema(parameters=[KEY, ID])
)
class EventViewSet(ReadOfMatterViewSet):
    """Events of a lead or a case, the latest first; a case shows those of its lead too."""

    queryset = Event.objects.none()
    serializer_class = EventSerializer
    filter_backends = (FilterBackend,)
    filterset_class = EventFilter
    lookup_field = "pk"
    lookup_url_kwarg = "id"
    ordering = ("-id",)
    http_method_names = READ_AND_ADD

    def get_queryset(self) -> QuerySet[Event]:
        return (
            events_of(self.matter)
            .select_related("annulled_by")
            .prefetch_related("corrections", "proofs")
        )

    @extend_schema(parameters=[KEY], request=NEW, responses=refusals(EventSerializer, 201))
    def create(self, request: Request, key: str) -> Response:
        """Record what happened without a change of state, such as an investigative act (T09)."""
        event = acts.record_fact(
            actor=self.actor,
            matter=self.matter,
            kind=self.entries(EventRequestSerializer)["kind"],
            data=facts_of(request.data),
            files=files_of(request),
            source=source_of(request),
        )
        return self.shown(event, 201)

    @extend_schema(
        parameters=[KEY, ID], request=CORRECTED, responses=refusals(EventSerializer, 201)
    )
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, key: str, id: str) -> Response:
        """Correct day and facts by a later event that names this one; deadlines recompute."""
        correction = corrections.correct_event(
            actor=self.actor,
            event=self.get_object(),
            data=facts_of(request.data),
            reason=self.entries(GivenReasonSerializer)["reason"],
            files=files_of(request),
        )
        return self.shown(correction, 201)

    @extend_schema(
        parameters=[KEY, ID],
        request=GivenReasonSerializer,
        responses=refusals(EventSerializer, 201),
    )
    @action(detail=True, methods=["post"])
    def annul(self, request: Request, key: str, id: str) -> Response:
        """Take back the last change of state, recorded by mistake."""
        annulment: Any = corrections.annul_transition(
            actor=self.actor, event=self.get_object(), **self.entries(GivenReasonSerializer)
        )
        return self.shown(annulment, 201)
