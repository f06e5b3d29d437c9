"""Running cases for programs."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.api.serializers.common import PersonSerializer
from cases.models import RunningEntry


class FaultSerializer(serializers.Serializer[Any]):
    """What stands against a row: the rule, its article, the column and the way out."""

    rule = serializers.CharField()
    message = serializers.CharField()
    law = serializers.CharField()
    cure = serializers.CharField()
    column = serializers.CharField()


class VerdictSerializer(serializers.Serializer[Any]):
    """What the trial found of one row, or what was entered; `key` is that of a trial until then."""

    row = serializers.IntegerField()
    title = serializers.CharField()
    met = serializers.BooleanField()
    key = serializers.CharField()
    state = serializers.CharField()
    faults = FaultSerializer(many=True)


class RunningEntrySerializer(serializers.ModelSerializer[RunningEntry]):
    """A table of running cases: its trial row by row, and the head's decision."""

    asked_by = PersonSerializer(read_only=True)
    decided_by = PersonSerializer(read_only=True, allow_null=True)
    verdicts = serializers.SerializerMethodField()

    class Meta:
        model = RunningEntry
        fields: ClassVar = [
            "id",
            "name",
            "sha256",
            "papers",
            "digest",
            "reason",
            "status",
            "verdicts",
            "asked_by",
            "asked_at",
            "decided_by",
            "decided_at",
            "refusal",
        ]
        read_only_fields: ClassVar = fields

    @extend_schema_field(VerdictSerializer(many=True))
    def get_verdicts(self, entry: RunningEntry) -> list[dict[str, Any]]:
        return list(entry.verdicts)


class TableSerializer(serializers.Serializer[Any]):
    """A table (xlsx or CSV) with the papers it names."""

    table = serializers.FileField(allow_empty_file=True)
    papers = serializers.ListField(child=serializers.FileField(), required=False)
    reason = serializers.CharField(max_length=1000)
