"""Back-entry for programs."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from cases.api.serializers.common import PersonSerializer
from cases.models import BackEntry, BackEntryStatus


class BackEntrySerializer(serializers.ModelSerializer[BackEntry]):
    """One time a matter was in back-entry: who asked, who agreed, how it ended."""

    status = serializers.ChoiceField(BackEntryStatus.choices, read_only=True)
    asked_by = PersonSerializer(read_only=True)
    agreed_by = PersonSerializer(read_only=True, allow_null=True)
    on_behalf_of = PersonSerializer(read_only=True, allow_null=True)
    ended_by = PersonSerializer(read_only=True, allow_null=True)
    ended_event = serializers.IntegerField(
        source="ended_event_id", read_only=True, allow_null=True, help_text="The event of today."
    )

    class Meta:
        model = BackEntry
        fields: ClassVar = [
            "id",
            "status",
            "reason",
            "asked_by",
            "asked_at",
            "agreed_by",
            "on_behalf_of",
            "agreed_at",
            "ended_by",
            "ended_event",
            "ended_at",
            "ending_reason",
        ]
        read_only_fields: ClassVar = fields


class OnPaperSerializer(serializers.Serializer[Any]):
    """A step with the paper that decided it; each file stands under the name of its field."""

    transition = serializers.CharField(max_length=8)
    facts = serializers.CharField(
        required=False,
        help_text="The JSON text of one object: the facts of the step and, for each role that signed, "
        "`by_<role>` (id of the person), `on_<role>` (day) and `opinion_<role>`.",
    )
    paper = serializers.FileField(allow_empty_file=True)
    proof = serializers.ListField(child=serializers.FileField(), required=False)
