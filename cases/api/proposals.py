"""The one approval engine for programs: reading, deciding, editing and carrying out proposals."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.viewsets import ActorViewSet
from cases.api.base import READ_AND_CHANGE, facts_of, files_of, form_data, source_of
from cases.api.filters import FilterBackend, ProposalFilter
from cases.api.schema import JSON, MULTIPART, refusals
from cases.api.serializers import proposals as serializers
from cases.api.serializers.acts import EventSerializer
from cases.models import Proposal
from cases.selectors.proposals import get_proposal, proposals_visible_to
from cases.services import approvals, proposals
from cases.services.leads import record_reading

CARRIED_OUT = {
    JSON: serializers.CarryOutSerializer,
    MULTIPART: serializers.CarryOutUploadSerializer,
}


class ProposalViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """Proposals of the matters the caller may see, the latest first."""

    queryset = Proposal.objects.none()
    serializer_class = serializers.ProposalSerializer
    filter_backends = (FilterBackend,)
    filterset_class = ProposalFilter
    ordering = ("-id",)
    http_method_names = READ_AND_CHANGE

    def get_queryset(self) -> QuerySet[Proposal]:
        return proposals_visible_to(self.actor)

    def get_object(self) -> Proposal:
        return get_proposal(self.actor, int(self.kwargs["pk"]))

    def shown(self, instance: Any, code: int = 200) -> Response:
        """Return the whole proposal, as `retrieve` does."""
        context = self.get_serializer_context()
        whole = serializers.WholeProposalSerializer(instance, context=context)
        return Response(whole.data, status=code)

    @extend_schema(responses=serializers.WholeProposalSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the proposal with what was frozen, its steps and documents; the look is recorded."""
        proposal = self.get_object()
        record_reading(actor=self.actor, matter=proposal.matter)
        return self.shown(proposal)

    @extend_schema(
        request=serializers.EditSerializer,
        responses=refusals(serializers.WholeProposalSerializer),
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change facts or reasons; every approval given so far is void.

        409 `lost_update` when somebody changed it meanwhile; `details` holds the present values.
        """
        proposal, entries = self.get_object(), self.entries(serializers.EditSerializer)
        stated = "facts" in request.data
        edited = proposals.edit_proposal(
            actor=self.actor,
            proposal=proposal,
            data=facts_of(request.data) if stated else form_data(proposal.facts),
            reasons=entries.get("reasons", proposal.reasons),
            version=entries["version"],
        )
        return self.shown(edited)

    @extend_schema(request=None, responses=refusals(serializers.WholeProposalSerializer))
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Freeze the proposal and send it along its route."""
        proposal = self.get_object()
        return self.shown(proposals.submit_proposal(actor=self.actor, proposal=proposal))

    @extend_schema(
        request=serializers.WithdrawSerializer,
        responses=refusals(serializers.WholeProposalSerializer),
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take the proposal back; its author may."""
        proposal, entries = self.get_object(), self.entries(serializers.WithdrawSerializer)
        return self.shown(
            proposals.withdraw_proposal(actor=self.actor, proposal=proposal, **entries)
        )

    @extend_schema(
        request=serializers.DecideSerializer,
        responses=refusals(serializers.WholeProposalSerializer),
    )
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        """Approve, return or reject exactly what was read.

        409 `digest_differs` or `approval_voided` when it is another now; `details` says how.
        """
        proposal, entries = self.get_object(), self.entries(serializers.DecideSerializer)
        return self.shown(approvals.decide(actor=self.actor, proposal=proposal, **entries))

    @extend_schema(
        request={MULTIPART: serializers.PaperSerializer},
        responses=refusals(serializers.WholeProposalSerializer),
    )
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def paper(self, request: Request, pk: str) -> Response:
        """Enter a decision that was signed on paper, with its scan; a clerk does."""
        proposal, entries = self.get_object(), self.entries(serializers.PaperSerializer)
        return self.shown(
            approvals.record_paper_decision(actor=self.actor, proposal=proposal, **entries)
        )

    @extend_schema(request=CARRIED_OUT, responses=refusals(EventSerializer, 201))
    @action(detail=True, methods=["post"], url_path="carry-out")
    def carry_out(self, request: Request, pk: str) -> Response:
        """Record the act an approved proposal has opened, with its facts and proof."""
        event = proposals.carry_out(
            actor=self.actor,
            proposal=self.get_object(),
            data=facts_of(request.data),
            files=files_of(request),
            source=source_of(request),
        )
        answer = EventSerializer(event, context=self.get_serializer_context())
        return Response(answer.data, status=201)
