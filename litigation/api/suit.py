"""Claims and judgments of a case for programs."""

from __future__ import annotations

from typing import ClassVar, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins

from cases.api.base import OfMatterViewSet
from cases.api.schema import KEY
from cases.models import Case
from litigation import selectors
from litigation.models import Claim, Judgment
from litigation.serializers import ClaimSerializer, JudgmentSerializer


class _OfSuitViewSet(mixins.ListModelMixin, OfMatterViewSet):
    """Records of the suit of the case the address names; invisible with it, and the look is recorded."""

    ordering: ClassVar = ("id",)

    @property
    def case(self) -> Case:
        return cast(Case, self.matter)  # the address takes the key of a case alone


@extend_schema(parameters=[KEY])
class ClaimViewSet(_OfSuitViewSet):
    """What the suit asks for, claim by claim, those that ended too."""

    queryset = Claim.objects.none()
    serializer_class = ClaimSerializer

    def get_queryset(self) -> QuerySet[Claim]:
        return selectors.claims_of(self.case)


@extend_schema(parameters=[KEY])
class JudgmentViewSet(_OfSuitViewSet):
    """The judgments of a case with what they order."""

    queryset = Judgment.objects.none()
    serializer_class = JudgmentSerializer

    def get_queryset(self) -> QuerySet[Judgment]:
        return selectors.judgments_of(self.case)
