"""What programs read and send of labels and of acts on several leads or cases."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from cases.api.serializers.common import ProblemSerializer
from cases.models import Tag


class TagSerializer(serializers.ModelSerializer[Tag]):
    """A label of an office."""

    borne = serializers.IntegerField(
        read_only=True,
        required=False,
        help_text="How many cases the caller sees bear it; in lists.",
    )
    borne_by_leads = serializers.IntegerField(
        read_only=True,
        required=False,
        help_text="How many leads the caller sees bear it; in lists.",
    )

    class Meta:
        model = Tag
        fields: ClassVar = ["id", "name", "use", "retired", "borne", "borne_by_leads"]
        read_only_fields: ClassVar = fields


def _ids() -> serializers.ListField:
    return serializers.ListField(child=serializers.IntegerField(min_value=1), default=list)


class TaggingSerializer(serializers.Serializer[Any]):
    """Ids of labels to put on and to take off."""

    put_on = _ids()
    take_off = _ids()


class SeveralSerializer(serializers.Serializer[Any]):
    """Keys of cases."""

    cases = serializers.ListField(child=serializers.CharField(max_length=40))


class AssignSerializer(SeveralSerializer):
    """Who handles the cases from now on, and why."""

    successor = serializers.IntegerField(min_value=1, help_text="Id of a prosecutor of the office.")
    reason = serializers.CharField(max_length=300)


class TagCasesSerializer(SeveralSerializer, TaggingSerializer):
    """Labels to put on and to take off, and the cases."""


class SeveralLeadsSerializer(serializers.Serializer[Any]):
    """Keys of leads."""

    leads = serializers.ListField(child=serializers.CharField(max_length=40))


class TagLeadsSerializer(SeveralLeadsSerializer, TaggingSerializer):
    """Labels to put on and to take off, and the leads."""


class AssignLeadsSerializer(SeveralLeadsSerializer):
    """Who handles the leads from now on."""

    successor = serializers.IntegerField(min_value=1, help_text="Id of a prosecutor of the office.")
    conflict_checked = serializers.BooleanField(
        help_text="True: no ground of recusal stands against the prosecutor (Rules 19)."
    )
    reason = serializers.CharField(
        max_length=300,
        required=False,
        allow_blank=True,
        help_text="Needed for a lead that somebody handles already.",
    )


class MatterOutcomeSerializer(serializers.Serializer[Any]):
    """What became of the act on one lead or case; where it was refused, why."""

    key = serializers.CharField()
    done = serializers.BooleanField()
    problem = ProblemSerializer(allow_null=True)
