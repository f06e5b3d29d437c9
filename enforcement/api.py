"""Obligations, ledger and archive for programs. What changes them are the steps of their case."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.viewsets import ActorViewSet, FileRenderer
from audit.errors import valid
from documents.download import attachment
from enforcement import selectors
from enforcement.forms.register import ObligationFilterForm
from enforcement.lifecycle import ObligationState
from enforcement.models import ArchiveIndex, LedgerEntry, Obligation
from enforcement.serializers import (
    ArchiveEntrySerializer,
    ArchiveIndexSerializer,
    LedgerEntrySerializer,
    ObligationSerializer,
)
from enforcement.services.archive import record_manifest_download
from litigation.models import ClaimKind

CASE = OpenApiParameter("case", OpenApiTypes.STR, description="Key of a case.")
FILTERS = [
    CASE,
    OpenApiParameter(
        "state",
        OpenApiTypes.STR,
        enum=[selectors.STILL_OWED, *ObligationState.values],
        description="`owed`: every state in which it is still to be performed.",
    ),
    OpenApiParameter("kind", OpenApiTypes.STR, enum=ClaimKind.values),
    OpenApiParameter("overdue", OpenApiTypes.BOOL, description="Owed and past its last day."),
    OpenApiParameter("until", OpenApiTypes.DATE, description="Due on this day or before."),
]


class ObligationFilter(ObligationFilterForm):
    """What narrows the list of obligations: as on the page, and one case."""

    case = forms.CharField(max_length=40, required=False)


class _ReadOnly(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """A list that may be narrowed to one case."""

    ordering: ClassVar[tuple[str, ...]] = ("id",)

    def of_case(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of `rows` that belong to the case asked for."""
        key = self.request.query_params.get("case")
        return rows.filter(case__key=key) if key else rows


@extend_schema_view(list=extend_schema(parameters=FILTERS))
class ObligationViewSet(_ReadOnly):
    """What is owed by the effective decisions of the cases the caller sees, the earliest due first."""

    queryset = Obligation.objects.none()
    serializer_class = ObligationSerializer
    ordering: ClassVar = ("due_on", "id")

    def get_queryset(self) -> QuerySet[Obligation]:
        return selectors.obligations_visible_to(self.actor)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow the list; one obligation is found by its id alone."""
        if self.action != "list":
            return queryset
        sentence = _("Some entries cannot be accepted.")
        form = valid(ObligationFilter(self.request.query_params), sentence)
        return selectors.filtered(queryset, form.cleaned_data)


@extend_schema_view(list=extend_schema(parameters=[CASE]))
class LedgerEntryViewSet(_ReadOnly):
    """The money of the cases the caller sees, oldest first."""

    queryset = LedgerEntry.objects.none()
    serializer_class = LedgerEntrySerializer

    def get_queryset(self) -> QuerySet[LedgerEntry]:
        return self.of_case(selectors.ledger_visible_to(self.actor))


@extend_schema_view(list=extend_schema(parameters=[CASE]))
class ArchiveIndexViewSet(_ReadOnly):
    """The indexes of archived files of the cases the caller sees, the newest first."""

    queryset = ArchiveIndex.objects.none()
    serializer_class = ArchiveIndexSerializer
    ordering: ClassVar = ("-id",)

    def get_queryset(self) -> QuerySet[ArchiveIndex]:
        return self.of_case(selectors.archive_indexes_visible_to(self.actor))

    @extend_schema(responses=ArchiveEntrySerializer(many=True))
    @action(detail=True, methods=["get"], ordering=("id",))
    def pieces(self, request: Request, pk: str) -> Response:
        """List the pieces of the index, volume by volume."""
        index = get_object_or_404(selectors.archive_indexes_visible_to(self.actor), pk=pk)
        page = self.paginate_queryset(selectors.entries_of(self.actor, index))
        return self.get_paginated_response(ArchiveEntrySerializer(page, many=True).data)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], renderer_classes=[FileRenderer])
    def manifest(self, request: Request, pk: str) -> HttpResponseBase:
        """Return the manifest: SHA-256, place and size of each piece."""
        index = self.get_object()
        record_manifest_download(actor=self.actor, index=index)
        return attachment(
            sha256=index.manifest,
            name=f"{index.case.key}-manifest-sha256.txt",
            media_type="text/plain",
            size=index.size,
        )


def register(router: BaseRouter) -> None:
    """Add this room to the API."""
    router.register("obligations", ObligationViewSet, basename="obligation")
    router.register("ledger-entries", LedgerEntryViewSet, basename="ledger-entry")
    router.register("archive-indexes", ArchiveIndexViewSet, basename="archive-index")
