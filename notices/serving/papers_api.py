"""The papers of service for programs: what is printed of a service, of a document and of a matter."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from accounts.viewsets import ActorViewSet, FileRenderer
from audit.errors import invalid_field
from cases.api.schema import PROBLEM
from cases.api.serializers.common import ProblemSerializer
from cases.selectors.matters import get_matter
from notices.one_document import OneDocument
from notices.serving import downloads

_RECEIPT = {(200, "application/pdf"): OpenApiTypes.BINARY}
_PDF = _RECEIPT | {(409, PROBLEM): ProblemSerializer}
_OF_MATTER = _PDF | {(400, PROBLEM): ProblemSerializer, (404, PROBLEM): ProblemSerializer}
_MATTER = OpenApiParameter(
    "matter", OpenApiTypes.STR, required=True, description="Key of a case or lead."
)


class PapersMixin(OneDocument):
    """What is printed for the services of a document, a part of the viewset of documents."""

    @extend_schema(responses=_PDF)
    @action(detail=True, methods=["get"], renderer_classes=[FileRenderer])
    def certificate(self, request: Request, pk: str) -> HttpResponseBase:
        """Return the certificate of a document: on whom it was validly served; the look is recorded."""
        return downloads.certificate_of_document(self.actor, self.get_object())

    @extend_schema(responses=_PDF)
    @action(detail=True, methods=["get"], renderer_classes=[FileRenderer])
    def envelopes(self, request: Request, pk: str) -> HttpResponseBase:
        """Return an envelope for each service under way; looks at the addresses are recorded."""
        return downloads.envelopes_answer(self.actor, self.get_object())

    @extend_schema(responses=_PDF)
    @action(detail=True, methods=["get"], renderer_classes=[FileRenderer])
    def labels(self, request: Request, pk: str) -> HttpResponseBase:
        """Return the labels for the services under way; looks at the addresses are recorded."""
        return downloads.labels_answer(self.actor, self.get_object())


class ServicePapersMixin(ActorViewSet):
    """What is printed of one service and of a matter, a part of the viewset of services."""

    @extend_schema(responses=_RECEIPT)
    @action(detail=True, methods=["get"], renderer_classes=[FileRenderer])
    def receipt(self, request: Request, pk: str) -> HttpResponseBase:
        """Return the receipt, filled in as far as the record goes (D-80, D-81); the look is recorded."""
        return downloads.receipt_answer(self.actor, self.get_object())

    @extend_schema(responses=_PDF)
    @action(detail=True, methods=["get"], renderer_classes=[FileRenderer])
    def envelope(self, request: Request, pk: str) -> HttpResponseBase:
        """Return the envelope of a service; the look at the address is recorded."""
        return downloads.envelope_answer(self.actor, self.get_object())

    @extend_schema(responses=_PDF)
    @action(detail=True, methods=["get"], url_path="express-form", renderer_classes=[FileRenderer])
    def express_form(self, request: Request, pk: str) -> HttpResponseBase:
        """Return the express form of procuratorial mail; the look at the address is recorded."""
        return downloads.express_form_answer(self.actor, self.get_object())

    @extend_schema(parameters=[_MATTER], responses=_OF_MATTER, filters=False)
    @action(detail=False, methods=["get"], renderer_classes=[FileRenderer])
    def certificate(self, request: Request) -> HttpResponseBase:
        """Return the certificate of everything validly served in a matter; the look is recorded."""
        key = request.query_params.get("matter", "")
        if not key:
            raise invalid_field("matter", _("Name the case or lead by its key."))
        return downloads.certificate_of_matter(self.actor, get_matter(self.actor, key))
