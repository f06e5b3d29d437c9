"""Batches of documents for programs: try, start, follow, try again."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.viewsets import ActorViewSet, FileRenderer
from cases.api.schema import refusals
from notices.batch import downloads, selectors, services
from notices.batch.checking import Row, trial
from notices.batch.planning import MOST_ITEMS, plan_of
from notices.models import BatchItem, DocumentBatch

_KEY, _NAME = 40, 200


class BatchSerializer(serializers.ModelSerializer[DocumentBatch]):
    """A batch with how far it is."""

    title = serializers.CharField(source="type.title", read_only=True)
    total = serializers.IntegerField(read_only=True)
    done = serializers.IntegerField(read_only=True)
    refused = serializers.IntegerField(read_only=True)
    waiting = serializers.SerializerMethodField()

    class Meta:
        model = DocumentBatch
        fields: ClassVar = [
            *("id", "code", "title", "texts", "make_final", "created_at"),
            *("settled_at", "total", "done", "refused", "waiting"),
        ]
        read_only_fields: ClassVar = fields

    def get_waiting(self, batch: DocumentBatch) -> int:
        return selectors.progress_of(batch).waiting


class BatchItemSerializer(serializers.ModelSerializer[BatchItem]):
    """One document of a batch."""

    case = serializers.CharField(source="case.key", read_only=True)

    class Meta:
        model = BatchItem
        fields: ClassVar = [
            *("position", "case", "addressee", "state", "document", "sentence", "done_at")
        ]
        read_only_fields: ClassVar = fields


class TrialSerializer(serializers.Serializer[Row]):
    """What making one document would do."""

    case = serializers.CharField(source="case.key")
    addressee = serializers.CharField()
    missing = serializers.ListField(child=serializers.CharField())
    refusal = serializers.CharField(help_text="Why it cannot be made; empty where it can.")
    caution = serializers.CharField(
        help_text="That it belongs to another state of the case; it can be made all the same."
    )


class BatchTrialSerializer(serializers.Serializer[Any]):
    """The trial of a batch; nothing was written."""

    rows = TrialSerializer(many=True)


class StartBatchSerializer(serializers.Serializer[Any]):
    """One document for many cases, or for many addressees of one case."""

    code = serializers.CharField(max_length=8, help_text="For example D-20.")
    cases = serializers.ListField(
        child=serializers.CharField(max_length=_KEY),
        min_length=1,
        max_length=MOST_ITEMS,
        help_text="Keys of cases.",
    )
    addressees = serializers.ListField(
        child=serializers.CharField(max_length=_NAME), max_length=MOST_ITEMS, required=False
    )
    texts = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=20_000),
        required=False,
        help_text="By name of content; typed once for all documents.",
    )
    make_final = serializers.BooleanField(required=False, default=False)
    dry_run = serializers.BooleanField(
        required=False, default=False, help_text="Say row by row what would be made; write nothing."
    )
    token = serializers.UUIDField(
        required=False, help_text="The same token sent again is the same batch."
    )


class BatchViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """The batches the reader started, the newest first."""

    queryset = DocumentBatch.objects.none()
    serializer_class = BatchSerializer
    ordering: ClassVar = ("-id",)

    def get_queryset(self) -> QuerySet[DocumentBatch]:
        return selectors.batches_of(self.actor)

    def get_object(self) -> DocumentBatch:
        return selectors.get_batch(self.actor, int(self.kwargs["pk"]))

    @extend_schema(
        request=StartBatchSerializer,
        responses=refusals(BatchSerializer, 201)
        | {200: OpenApiResponse(BatchTrialSerializer, "The trial, where `dry_run` was asked for.")},
    )
    def create(self, request: Request) -> Response:
        """Start a batch; with `dry_run`, say row by row what it would make and write nothing."""
        entries = self.entries(StartBatchSerializer)
        dry_run, token = entries.pop("dry_run"), entries.pop("token", None)
        cases = selectors.cases_by_key(self.actor, entries.pop("cases"))
        plan = plan_of(cases=cases, **entries)
        if dry_run:
            rows: Any = {"rows": trial(self.actor, plan)}
            return Response(BatchTrialSerializer(rows).data)
        batch = services.start_batch(actor=self.actor, plan=plan, token=token)
        return self.shown(selectors.get_batch(self.actor, batch.pk), 201)

    @extend_schema(request=None, responses=refusals(BatchSerializer))
    @action(detail=True, methods=["post"])
    def again(self, request: Request, pk: str) -> Response:
        """Let what was refused be tried once more."""
        services.try_again(actor=self.actor, batch=self.get_object())
        return self.shown(self.get_object())

    @extend_schema(request=None, responses=refusals(BatchSerializer))
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: str) -> Response:
        """Leave a batch at what was made: what was refused waits no more."""
        services.settle(actor=self.actor, batch=self.get_object())
        return self.shown(self.get_object())

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], renderer_classes=[FileRenderer])
    def merged(self, request: Request, pk: str) -> HttpResponseBase:
        """Return the documents of a batch as one PDF with running page numbers."""
        return downloads.merged_answer(self.actor, self.get_object())

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], renderer_classes=[FileRenderer])
    def zipped(self, request: Request, pk: str) -> HttpResponseBase:
        """Return the documents of a batch as a zip with a PDF each."""
        return downloads.zip_answer(self.actor, self.get_object())

    @extend_schema(responses=BatchItemSerializer(many=True))
    @action(detail=True, methods=["get"])
    def items(self, request: Request, pk: str) -> Response:
        """List the documents of a batch in their order."""
        rows = selectors.items_of(self.actor, self.get_object())
        return Response(BatchItemSerializer(rows, many=True).data)


def register(router: BaseRouter) -> None:
    """Add batches to the API of the room."""
    router.register("document-batches", BatchViewSet, basename="document-batch")
