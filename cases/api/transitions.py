"""What may follow for a matter, and doing it: the one door through which a state changes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from audit.errors import invalid_field
from cases.api.base import READ_AND_ADD, OfMatterViewSet, facts_of, files_of, source_of
from cases.api.schema import JSON, KEY, MULTIPART, refusals
from cases.api.serializers.acts import (
    DoneSerializer,
    TransitionRequestSerializer,
    TransitionSerializer,
    TransitionUploadSerializer,
)
from cases.machine import Declaration
from cases.models import Event, Proposal
from cases.selectors.next_steps import next_steps
from cases.services import acts, proposals

REQUEST = {JSON: TransitionRequestSerializer, MULTIPART: TransitionUploadSerializer}


class TransitionViewSet(OfMatterViewSet):
    """The transitions that leave the present state of a lead or a case."""

    serializer_class = TransitionSerializer
    http_method_names = READ_AND_ADD

    @extend_schema(parameters=[KEY], responses=TransitionSerializer(many=True))
    def list(self, request: Request, key: str) -> Response:
        """List them in the law's order, each with the verdict of every guard."""
        context = {**self.get_serializer_context(), "matter": self.matter}
        steps = next_steps(self.matter, self.actor)
        return Response(TransitionSerializer(steps, many=True, context=context).data)

    @extend_schema(parameters=[KEY], request=REQUEST, responses=refusals(DoneSerializer, 201))
    def create(self, request: Request, key: str) -> Response:
        """Record the transition, or propose it where the law wants a decision.

        A refusal (409) names every unmet requirement at once, and nothing is kept.
        """
        entries = self.entries(TransitionRequestSerializer)
        declaration = acts.declaration_of(self.matter, entries["transition"])
        if declaration.needs_proposal:
            return self._done(proposal=self._propose(declaration, entries))
        return self._done(
            event=acts.record_directly(
                actor=self.actor,
                matter=self.matter,
                code=declaration.code,
                data=facts_of(request.data),
                files=files_of(request),
                source=source_of(request),
            )
        )

    def _propose(self, declaration: Declaration, entries: dict[str, Any]) -> Proposal:
        if source_of(self.request):
            sentence = _("This step is proposed first. Give the source when it is carried out.")
            raise invalid_field("source", sentence, declaration.article)
        with transaction.atomic():
            draft = proposals.draft_proposal(
                actor=self.actor,
                matter=self.matter,
                code=declaration.code,
                data=facts_of(self.request.data),
                reasons=entries["reasons"],
            )
            if not entries["submit"]:
                return draft
            return proposals.submit_proposal(actor=self.actor, proposal=draft)

    def _done(self, *, event: Event | None = None, proposal: Proposal | None = None) -> Response:
        if proposal is not None:
            url = reverse("proposal-detail", args=[proposal.pk], request=self.request)
            self.matter.refresh_from_db()
        else:
            assert event is not None
            name = f"{self.matter.relation}-events-detail"
            url = reverse(name, args=[self.matter.key, event.pk], request=self.request)
        answer = {
            "url": url,
            "event": event.pk if event else None,
            "proposal": proposal.pk if proposal else None,
            "digest": proposal.digest if proposal else "",
            "state": self.matter.state,
        }
        headers = {"Location": url}
        return Response(DoneSerializer(answer).data, status.HTTP_201_CREATED, headers=headers)
