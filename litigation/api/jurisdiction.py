"""The tree of jurisdiction for programs: the same questions, the same answers (norm C014)."""

from __future__ import annotations

from django import forms
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from audit import clock
from cases.api.base import READ_ONLY, OfMatterViewSet
from cases.api.schema import KEY
from cases.forms.base import validated
from cases.models import Case
from litigation.forms.jurisdiction import JurisdictionFacts
from litigation.jurisdiction import examine
from litigation.serializers import ExaminationSerializer

NOT_ASKED = ("legal_day", "conclusion")


def _parameter(name: str, field: forms.Field) -> OpenApiParameter:
    if isinstance(field, forms.BooleanField):
        return OpenApiParameter(name, OpenApiTypes.BOOL, description=str(field.label))
    if isinstance(field, forms.ModelChoiceField):
        return OpenApiParameter(name, OpenApiTypes.INT64, description=str(field.label))
    many = isinstance(field, forms.MultipleChoiceField)
    return OpenApiParameter(name, OpenApiTypes.STR, description=str(field.label), many=many)


QUESTIONS = [
    _parameter(name, field)
    for name, field in JurisdictionFacts.base_fields.items()
    if name not in NOT_ASKED
]


class JurisdictionViewSet(OfMatterViewSet):
    """Which office may file and which court is competent, by places; nothing is kept."""

    serializer_class = ExaminationSerializer
    http_method_names = READ_ONLY

    @extend_schema(parameters=[KEY, *QUESTIONS], responses=ExaminationSerializer)
    def list(self, request: Request, key: str) -> Response:
        """Walk the tree of law for the places asked; transition S50 keeps the answer with its facts."""
        assert isinstance(self.matter, Case)
        asked = request.query_params.copy()
        asked["legal_day"] = clock.today().isoformat()
        form = validated(JurisdictionFacts(asked, matter=self.matter, actor=self.actor))
        return Response(self.get_serializer(examine(self.matter, form.facts())).data)
