"""Claims and judgments of a case, and transfers of cases, for programs."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.models import User
from accounts.viewsets import ActorViewSet
from audit.errors import Invalid
from cases.api.schema import refusals
from cases.models import Case
from cases.selectors.matters import get_case
from evidence.api import CASE_KEY
from litigation import selectors
from litigation.models import CaseTransfer, Claim, Judgment
from litigation.serializers import (
    AcknowledgementSerializer,
    CaseTransferSerializer,
    ClaimSerializer,
    JudgmentSerializer,
)
from litigation.services.transfers import acknowledge_transfer

_KEY = OpenApiParameter(
    "key", OpenApiTypes.STR, OpenApiParameter.PATH, description="Key of the case."
)


class CaseTransferViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """Cases other offices have transferred to the reader's, for those who take cases in."""

    queryset = CaseTransfer.objects.none()
    serializer_class = CaseTransferSerializer
    ordering: ClassVar = ("-id",)

    def get_queryset(self) -> QuerySet[CaseTransfer]:
        return selectors.transfers_received_by(self.actor)

    @extend_schema(
        request=AcknowledgementSerializer, responses=refusals(CaseTransferSerializer, 200)
    )
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, pk: str) -> Response:
        """Acknowledge the receipt; the case is made here, in review (T64)."""
        transfer = self.get_object()
        entries = self.entries(AcknowledgementSerializer)
        handler = User.objects.filter(pk=entries["handler"], office=self.actor.office_id).first()
        if handler is None:
            sentence = _("The handler must be a prosecutor of this office.")
            raise Invalid(sentence, errors={"handler": [sentence]})
        acknowledge_transfer(
            actor=self.actor,
            transfer=transfer,
            received_on=entries["received_on"],
            handler=handler,
        )
        return self.shown(self.get_object())


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


def register(router: BaseRouter) -> None:
    """Add this room to the API."""
    below = rf"cases/(?P<key>{CASE_KEY})"
    router.register(rf"{below}/claims", ClaimViewSet, basename="claim")
    router.register(rf"{below}/judgments", JudgmentViewSet, basename="judgment")
    router.register("transfers", CaseTransferViewSet, basename="transfer")
