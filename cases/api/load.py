"""Who has how much in hand, who could handle a matter, how many points a matter weighs: for programs."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import selectors as accounts
from accounts.models import Role
from accounts.viewsets import ActorViewSet
from audit.errors import NotVisible
from cases.api.base import READ_ONLY, OfMatterViewSet
from cases.api.schema import KEY, refusals
from cases.api.serializers.load import (
    CandidateSerializer,
    LoadSerializer,
    LoadWeightsSerializer,
)
from cases.selectors.handlers import suggestion_for
from cases.selectors.load import loads_of, prosecutors_of, weights_of
from cases.services.load import set_weights
from cases.services.team import may_assign

ASSIGNERS = {Role.DEPARTMENT_HEAD, Role.DEPUTY_CHIEF, Role.CHIEF}


class _ForAssigners(ActorViewSet):
    """What only those see who assign matters."""

    def require_assigner(self) -> None:
        if not accounts.effective_roles(self.actor) & ASSIGNERS:
            raise NotVisible(_("This list is for those who assign matters."))


class WorkloadViewSet(_ForAssigners):
    """What is on the desk of each prosecutor of the caller's department or office."""

    serializer_class = LoadSerializer

    @extend_schema(responses=LoadSerializer(many=True))
    def list(self, request: Request) -> Response:
        """List the prosecutors by name, as far as the caller sees their matters; for those who assign."""
        self.require_assigner()
        people = prosecutors_of(self.actor)
        found = loads_of(self.actor, people, weights_of(self.actor.office_id))
        return Response(self.get_serializer(list(found.values()), many=True).data)


class LoadWeightsViewSet(_ForAssigners):
    """How many points an open matter weighs in the caller's office."""

    serializer_class = LoadWeightsSerializer

    @extend_schema(responses=LoadWeightsSerializer)
    @action(detail=False, methods=["get"])
    def office(self, request: Request) -> Response:
        """Return the points; the usual ones until the office has set its own."""
        self.require_assigner()
        return self.shown(weights_of(self.actor.office_id))

    @extend_schema(
        request=LoadWeightsSerializer(partial=True), responses=refusals(LoadWeightsSerializer)
    )
    @office.mapping.patch
    def set_office(self, request: Request) -> Response:
        """Change some of them; for the chief procurator and department heads."""
        self.require_assigner()
        points = self.entries(LoadWeightsSerializer, partial=True)
        return self.shown(set_weights(actor=self.actor, points=points))


class HandlerViewSet(OfMatterViewSet):
    """Who could handle the matter; for whoever assigns it."""

    serializer_class = CandidateSerializer
    http_method_names = READ_ONLY

    @extend_schema(parameters=[KEY], responses=CandidateSerializer(many=True))
    def list(self, request: Request, key: str) -> Response:
        """List everybody by name with what speaks for and against; at most one is suggested (Rules 6)."""
        if not may_assign(self.actor, self.matter):
            raise NotVisible(_("This list is for those who assign matters."))
        found = suggestion_for(self.actor, self.matter)
        return Response(self.get_serializer(found.candidates, many=True).data)
