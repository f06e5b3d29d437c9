"""The whole text of a document for programs."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import parsers, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.schema import refusals
from notices.one_document import OneDocument
from notices.services import writing
from notices.services.common import require_worker
from notices.whole_text import paragraph_differences


class WrittenTextSerializer(serializers.Serializer[Any]):
    """A text with one paragraph a line."""

    text = serializers.CharField(
        allow_blank=True,
        max_length=100_000,
        trim_whitespace=False,
        help_text="`# ` begins a heading, `> ` a line at the margin; `〔表1〕` stands for a table.",
    )


class WriteTextSerializer(WrittenTextSerializer):
    """The text a draft says from now on; an empty one returns to its contents."""

    version = serializers.IntegerField(min_value=1)


class CopySerializer(serializers.Serializer[Any]):
    """An edited copy of the document."""

    file = serializers.FileField(help_text="A .docx file.")


class ParagraphDifferenceSerializer(serializers.Serializer[Any]):
    """A paragraph an edited copy changes, adds or leaves out."""

    title = serializers.CharField(help_text="Which paragraph of the copy.")
    before = serializers.CharField(help_text="As the document says it; empty for a new one.")
    after = serializers.CharField(help_text="As the copy says it; empty for one left out.")


class ReadCopySerializer(serializers.Serializer[Any]):
    """The text of an edited copy beside what the document says now."""

    text = serializers.CharField()
    differences = ParagraphDifferenceSerializer(many=True)


class WritingMixin(OneDocument):
    """Reading and writing the whole text, a part of the viewset of documents."""

    @extend_schema(methods=["get"], responses=WrittenTextSerializer)
    @extend_schema(
        methods=["put"], request=WriteTextSerializer, responses=refusals(WrittenTextSerializer)
    )
    @action(detail=True, methods=["get", "put"])
    def text(self, request: Request, pk: str) -> Response:
        """Return the running text of a document, or let a draft say another one."""
        document = self.get_object()
        if request.method == "PUT":
            entries = self.entries(WriteTextSerializer)
            document = writing.write_text(actor=self.actor, document=document, **entries)
        return Response({"text": writing.text_now(document)})

    @extend_schema(
        request={"multipart/form-data": CopySerializer}, responses=refusals(ReadCopySerializer)
    )
    @action(
        detail=True,
        methods=["post"],
        url_path="read-copy",
        parser_classes=[parsers.MultiPartParser],
    )
    def read_copy(self, request: Request, pk: str) -> Response:
        """Return the text of an edited copy and what it changes; nothing is saved."""
        document = self.get_object()
        require_worker(self.actor, document.matter)
        upload = self.entries(CopySerializer)["file"]
        text = writing.read_copy(document, upload)
        changed: Any = paragraph_differences(writing.text_now(document), text)
        read: Any = {"text": text, "differences": changed}
        return Response(ReadCopySerializer(read).data)
