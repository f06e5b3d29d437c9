"""Under which rulebook a case is kept, for programs: present one, preview, decision (norm C143)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import READ_AND_ADD, OfMatterViewSet
from cases.api.schema import KEY, refusals
from cases.models import Case
from deadlines.derive import rulebook_of
from deadlines.rulebook import rulebooks
from deadlines.services.keeping import keep_under, preview_keeping


class RulebookSerializer(serializers.Serializer[Any]):
    """One version of the rulebook."""

    version = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)
    based_on = serializers.CharField(help_text="The version it repeats but for what differs.")


class KeptRulebookSerializer(serializers.Serializer[Any]):
    """The version a case is kept under, and those there are."""

    version = serializers.CharField()
    decided = serializers.BooleanField(help_text="By a logged decision; else by its day of filing.")
    versions = RulebookSerializer(many=True)


class ChosenRulebookSerializer(serializers.Serializer[Any]):
    version = serializers.CharField(max_length=20)


class DecidedRulebookSerializer(ChosenRulebookSerializer):
    reason = serializers.CharField(max_length=1000)
    digest = serializers.CharField(max_length=64, help_text="Of the preview that was read.")


class StandingSerializer(serializers.Serializer[Any]):
    """How a deadline stands under one version."""

    last_day = serializers.DateField()
    article = serializers.CharField()


class ChangeSerializer(serializers.Serializer[Any]):
    """A running deadline before and after; null where it does not run."""

    rule = serializers.CharField(source="deadline.rule")
    title = serializers.CharField(source="deadline.marked_heading")
    before = StandingSerializer(allow_null=True)
    after = StandingSerializer(allow_null=True)
    moves = serializers.BooleanField()


class KeepingOutcomeSerializer(serializers.Serializer[Any]):
    """What the decision does; `digest` goes with it."""

    version = serializers.CharField()
    changes = ChangeSerializer(many=True)
    digest = serializers.CharField()


class CaseRulebookViewSet(OfMatterViewSet):
    """The rulebook of one case."""

    serializer_class = KeptRulebookSerializer
    http_method_names = READ_AND_ADD

    @property
    def case(self) -> Case:
        """The case of the address."""
        assert isinstance(self.matter, Case)
        return self.matter

    def _kept(self) -> dict[str, Any]:
        return {
            "version": rulebook_of(self.case).version,
            "decided": bool(self.case.rulebook),
            "versions": rulebooks().values(),
        }

    @extend_schema(parameters=[KEY], responses=KeptRulebookSerializer)
    def list(self, request: Request, key: str) -> Response:
        """Return the version the case is kept under."""
        return Response(KeptRulebookSerializer(self._kept()).data)

    @extend_schema(
        parameters=[KEY],
        request=ChosenRulebookSerializer,
        responses=refusals(KeepingOutcomeSerializer),
    )
    @action(detail=False, methods=["post"])
    def preview(self, request: Request, key: str) -> Response:
        """Tell what keeping the case under a version would move; nothing is stored."""
        given = self.entries(ChosenRulebookSerializer)
        outcome = preview_keeping(actor=self.actor, case=self.case, **given)
        return Response(KeepingOutcomeSerializer(outcome).data)

    @extend_schema(
        parameters=[KEY],
        request=DecidedRulebookSerializer,
        responses=refusals(KeptRulebookSerializer, 201),
    )
    def create(self, request: Request, key: str) -> Response:
        """Decide it exactly as its preview was read; 409 when it would do something else."""
        given = self.entries(DecidedRulebookSerializer)
        keep_under(actor=self.actor, case=self.case, **given)
        return Response(KeptRulebookSerializer(self._kept()).data, status=201)
