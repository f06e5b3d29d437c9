"""Transfers of cases for programs."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.viewsets import ActorViewSet
from audit.errors import Invalid
from cases.api.schema import refusals
from litigation import selectors
from litigation.models import CaseTransfer
from litigation.serializers import AcknowledgementSerializer, CaseTransferSerializer
from litigation.services.transfers import acknowledge_transfer


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
