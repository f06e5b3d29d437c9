"""The case card of a lead or a case for programs."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.viewsets import ActorViewSet
from audit.errors import valid
from cases.api.base import form_data
from cases.api.schema import entries_of, refusals
from cases.api.serializers.card import CardCheckSerializer, CardSerializer
from cases.card.plain import plain_card, plain_check
from cases.forms.card import CardCheckForm
from cases.selectors.card import card_of
from cases.services.card import check_item
from cases.services.leads import record_reading

if TYPE_CHECKING:
    from cases.models import Case, Lead


class CardOfMatter(ActorViewSet):
    """What the addresses of leads and of cases share about the card."""

    @abstractmethod
    def get_object(self) -> Lead | Case:
        """Return the matter of the address; each says which it is."""

    @extend_schema(responses=CardSerializer)
    @action(detail=True, methods=["get"])
    def card(self, request: Request, key: str) -> Response:
        """Return every item of the card with its values, their sources and checks; the look is recorded."""
        matter = self.get_object()
        content = plain_card(card_of(self.actor, matter))
        record_reading(actor=self.actor, matter=matter)
        return Response(CardSerializer(content).data)

    @extend_schema(request=entries_of(CardCheckForm), responses=refusals(CardCheckSerializer, 201))
    @action(detail=True, methods=["post"], url_path="card/checks")
    def card_check(self, request: Request, key: str) -> Response:
        """Mark an item as checked; 409 `value_changed` when it says something else by now."""
        matter = self.get_object()
        given = valid(CardCheckForm(form_data(request.data))).cleaned_data
        made = check_item(
            actor=self.actor, matter=matter, code=given["item"], digest=given["digest"]
        )
        return Response(CardCheckSerializer(plain_check(made)).data, status=201)
