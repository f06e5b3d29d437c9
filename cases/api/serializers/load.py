"""Who could handle a matter, what each person has in hand, and how many points a matter weighs."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import serializers

from audit.articles import written
from cases.api.serializers.common import PersonSerializer
from cases.models import LoadWeights
from cases.selectors.handlers import Candidate, Reason
from cases.selectors.load import Load


class DeskSerializer(serializers.Serializer[Load]):
    """Open matters, their points and what presses; as far as the caller may see it."""

    points = serializers.IntegerField(help_text="Of all open matters, by the office's points.")
    open_leads = serializers.IntegerField(source="leads")
    cases_led = serializers.IntegerField(source="led")
    in_other_teams = serializers.IntegerField(
        source="member", help_text="Open cases in whose team the person is without leading it."
    )
    overdue_tasks = serializers.IntegerField()
    counted = serializers.DictField(
        source="burdens",
        child=serializers.IntegerField(),
        help_text="What other parts count, by code; `deadlines`: those within two weeks.",
    )
    last_given = serializers.DateTimeField(
        allow_null=True, help_text="When the person last came to handle a matter."
    )
    away_until = serializers.DateField(source="away.last_day", default=None, allow_null=True)


class LoadSerializer(serializers.Serializer[Load]):
    """A prosecutor of the office with what is on his desk."""

    id = serializers.IntegerField(source="person.pk")
    name = serializers.CharField(source="person.name")
    department = serializers.IntegerField(source="person.department_id", allow_null=True)
    open_leads = serializers.IntegerField(source="leads")
    open_cases = serializers.IntegerField(source="cases")
    figures = DeskSerializer(source="*")


class ReasonSerializer(serializers.Serializer[Reason]):
    code = serializers.CharField()
    message = serializers.CharField(source="text")
    law = serializers.SerializerMethodField()

    def get_law(self, reason: Reason) -> str:
        return written(reason.law)


class CandidateSerializer(serializers.Serializer[Candidate]):
    """One person who could be chosen; at most one is suggested. Whoever assigns decides freely."""

    person = PersonSerializer()
    department = serializers.IntegerField(source="person.department_id", allow_null=True)
    suggested = serializers.BooleanField()
    why = serializers.CharField(
        help_text="Why suggested, or why not though nothing stands against the person."
    )
    bars = ReasonSerializer(many=True, help_text="What keeps the person from being suggested.")
    notes = ReasonSerializer(many=True, help_text="What else should be known.")
    figures = DeskSerializer(
        source="load",
        allow_null=True,
        help_text="null for a person of another department than the matter.",
    )


class LoadWeightsSerializer(serializers.ModelSerializer[LoadWeights]):
    """The points of open matters: an office's own setting, no article of law names any."""

    own = serializers.SerializerMethodField(help_text="Whether the office has set them itself.")

    class Meta:
        model = LoadWeights
        fields: ClassVar = [*LoadWeights.FIELDS, "own"]

    def get_own(self, weights: LoadWeights) -> bool:
        return weights.pk is not None
