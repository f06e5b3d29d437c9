"""The sentences of fact of a document for programs."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.viewsets import FileRenderer
from cases.api.schema import PROBLEM, refusals
from cases.api.serializers.common import ProblemSerializer
from documents.model import Support, SupportKind
from notices.one_document import OneDocument
from notices.sourcing import services
from notices.sourcing.downloads import working_copy_answer
from notices.sourcing.sentences import Ground, Sentence, sentences_of

KINDS = (SupportKind.EVENT, SupportKind.EXHIBIT, SupportKind.PARTY)


class SupportSerializer(serializers.Serializer[Any]):
    """One thing a sentence rests on."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in KINDS])
    reference = serializers.CharField(max_length=20, help_text="Id of event, exhibit or party.")
    pages = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)


class GroundSerializer(serializers.Serializer[Ground]):
    """One thing a sentence rests on, with its name and whether it stands."""

    kind = serializers.CharField(source="support.kind.value")
    reference = serializers.CharField(source="support.reference")
    pages = serializers.CharField(source="support.pages")
    # The stubs forbid fields named like arguments of a field; the metaclass takes them out.
    label = serializers.CharField()  # type: ignore[assignment]
    fault = serializers.CharField(help_text="Why it carries nothing any more; else empty.")


class SentenceSerializer(serializers.Serializer[Sentence]):
    """A paragraph that states facts."""

    content = serializers.CharField(source="content.name")
    position = serializers.IntegerField()
    text = serializers.CharField()
    stands = serializers.BooleanField()
    supports = GroundSerializer(many=True, source="grounds")


class SetSourcesSerializer(serializers.Serializer[Any]):
    """What one sentence of a draft rests on from now on."""

    version = serializers.IntegerField(min_value=1)
    content = serializers.CharField(max_length=40)
    position = serializers.IntegerField(min_value=0)
    supports = SupportSerializer(many=True)


class SourcesMixin(OneDocument):
    """What is read and said of sources, a part of the viewset of documents."""

    @extend_schema(methods=["get"], responses=SentenceSerializer(many=True))
    @extend_schema(
        methods=["post"],
        request=SetSourcesSerializer,
        responses=refusals(SentenceSerializer(many=True)),
    )
    @action(detail=True, methods=["get", "post"])
    def sources(self, request: Request, pk: str) -> Response:
        """Return the sentences of fact with what they rest on, or say it of one of them."""
        document = self.get_object()
        if request.method == "POST":
            entries = self.entries(SetSourcesSerializer)
            supports = [
                Support(SupportKind(item["kind"]), item["reference"], item["pages"])
                for item in entries.pop("supports")
            ]
            document = services.set_sources(
                actor=self.actor, document=document, supports=supports, **entries
            )
        sentences: Any = sentences_of(self.actor, document)
        return Response(SentenceSerializer(sentences, many=True).data)

    @extend_schema(
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            (400, PROBLEM): ProblemSerializer,
        }
    )
    @action(detail=True, methods=["get"], url_path="working-copy", renderer_classes=[FileRenderer])
    def working_copy(self, request: Request, pk: str) -> HttpResponseBase:
        """Return a PDF with what each sentence rests on in its margin; the look is recorded."""
        return working_copy_answer(self.actor, self.get_object())
