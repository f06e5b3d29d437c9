"""Masking for programs."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.schema import refusals
from notices.masking import services
from notices.masking.exposed import exposed
from notices.masking.filed import PRINT, rows_left_in
from notices.one_document import OneDocument


class PassageSerializer(serializers.Serializer[Any]):
    """A passage that names or named a person; never itself, only as it is masked."""

    content = serializers.CharField()
    kind = serializers.CharField()
    shown = serializers.CharField()


class MaskingSerializer(serializers.Serializer[Any]):
    """What a document for the public still says of people by number, and what was masked."""

    exposed = PassageSerializer(many=True)
    masked = PassageSerializer(many=True)


class MaskSerializer(serializers.Serializer[Any]):
    """Which names are masked beside the numbers."""

    version = serializers.IntegerField(min_value=1)
    names = serializers.ListField(
        child=serializers.CharField(max_length=20), required=False, default=list, max_length=200
    )


class MaskingMixin(OneDocument):
    """Reading and masking, a part of the viewset of documents."""

    @extend_schema(methods=["get"], responses=MaskingSerializer)
    @extend_schema(methods=["post"], request=MaskSerializer, responses=refusals(MaskingSerializer))
    @action(detail=True, methods=["get", "post"])
    def masking(self, request: Request, pk: str) -> Response:
        """Return what names a person in a document for the public, or mask it."""
        document = self.get_object()
        if request.method == "POST":
            entries = self.entries(MaskSerializer)
            document = services.mask_document(actor=self.actor, document=document, **entries)
        left = [
            {"content": item.content.name, "kind": item.found.kind, "shown": item.found.masked}
            for item in exposed(document)
        ]
        left += [{"content": PRINT} | row for row in rows_left_in(document)]
        done = [
            {"content": name, "kind": kind, "shown": shown}
            for name, kind, shown in services.masked_in(document)
        ]
        return Response({"exposed": left, "masked": done})
