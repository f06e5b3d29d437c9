"""Transfers of cases for programs."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, parsers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.viewsets import ActorViewSet
from audit.errors import valid
from cases.api.base import form_data
from cases.api.schema import MULTIPART, refusals
from litigation import selectors
from litigation.forms.receiving import AcknowledgeForm
from litigation.models import CaseTransfer
from litigation.serializers import AcknowledgementSerializer, CaseTransferSerializer
from litigation.services.transfers import acknowledge_transfer


class CaseTransferViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """Cases other offices have transferred to the reader's, for those who take cases in."""

    queryset = CaseTransfer.objects.none()
    serializer_class = CaseTransferSerializer
    # The proof of the receipt comes as a form.
    parser_classes = (parsers.MultiPartParser, parsers.JSONParser)
    ordering: ClassVar = ("-id",)

    def get_queryset(self) -> QuerySet[CaseTransfer]:
        return selectors.transfers_received_by(self.actor)

    @extend_schema(
        request={MULTIPART: AcknowledgementSerializer},
        responses=refusals(CaseTransferSerializer, 200),
    )
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, pk: str) -> Response:
        """Acknowledge the receipt with its proof; the case is made here, in review (T64)."""
        transfer = self.get_object()
        office = transfer.target_office
        form = valid(AcknowledgeForm(form_data(request.data), request.FILES, office=office))
        acknowledge_transfer(actor=self.actor, transfer=transfer, **form.cleaned_data)
        return self.shown(self.get_object())
