"""Claims and judgments of a case for programs."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import QuerySet
from django.utils.functional import cached_property
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins

from accounts.viewsets import ActorViewSet
from cases.models import Case
from cases.selectors.matters import get_case
from litigation import selectors
from litigation.models import Claim, Judgment
from litigation.serializers import ClaimSerializer, JudgmentSerializer

_KEY = OpenApiParameter(
    "key", OpenApiTypes.STR, OpenApiParameter.PATH, description="Key of the case."
)


class _OfCaseViewSet(mixins.ListModelMixin, ActorViewSet):
    """Something of the case the address names; invisible with it."""

    ordering: ClassVar = ("id",)

    @cached_property
    def case(self) -> Case:
        """The case of the address.

        Raises:
            NotVisible: there is none for this actor.
        """
        return get_case(self.actor, self.kwargs["key"])


@extend_schema(parameters=[_KEY])
class ClaimViewSet(_OfCaseViewSet):
    """What the suit asks for, claim by claim, those that ended too."""

    queryset = Claim.objects.none()
    serializer_class = ClaimSerializer

    def get_queryset(self) -> QuerySet[Claim]:
        return selectors.claims_of(self.case)


@extend_schema(parameters=[_KEY])
class JudgmentViewSet(_OfCaseViewSet):
    """The judgments of a case with what they order."""

    queryset = Judgment.objects.none()
    serializer_class = JudgmentSerializer

    def get_queryset(self) -> QuerySet[Judgment]:
        return selectors.judgments_of(self.case)
