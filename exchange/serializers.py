"""What programs read and send of papers. No serializer writes a number, an office or an author."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from cases.api.serializers.common import PersonSerializer
from cases.forms.base import as_json
from exchange.models import Direction, Medium, Paper, PaperFile
from exchange.selectors import Way


class PaperFileSerializer(serializers.ModelSerializer[PaperFile]):
    """One file of a paper; its bytes are at `files/{file}`."""

    class Meta:
        model = PaperFile
        fields: ClassVar = ["id", "name", "media_type", "size", "sha256"]
        read_only_fields: ClassVar = fields


class RegisteredPaperSerializer(serializers.ModelSerializer[Paper]):
    """A paper of the register."""

    files = PaperFileSerializer(many=True, read_only=True)
    matter = serializers.SerializerMethodField(
        help_text="Key of the lead or case, empty while it is not linked."
    )
    registered_by = PersonSerializer(read_only=True)
    closed_by = PersonSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Paper
        fields: ClassVar = [
            "id",
            "number",
            "direction",
            "medium",
            "correspondent",
            "subject",
            "their_number",
            "day",
            "received_at",
            "files",
            "matter",
            "event",
            "registered_by",
            "registered_at",
            "closed_by",
            "closed_at",
            "closed_reason",
        ]
        read_only_fields: ClassVar = fields

    def get_matter(self, paper: Paper) -> str:
        return paper.matter.key if paper.matter else ""


class RegisterPaperSerializer(serializers.Serializer[Any]):
    """A paper with its files; describes the request, `RegisterPaperForm` judges it."""

    direction = serializers.ChoiceField(Direction.choices)
    medium = serializers.ChoiceField(Medium.choices)
    correspondent = serializers.CharField(max_length=200, help_text="Sender or addressee.")
    subject = serializers.CharField(max_length=300)
    their_number = serializers.CharField(max_length=100, required=False)
    day = serializers.DateField(help_text="On which it arrived or was sent.")
    time = serializers.CharField(
        required=False, help_text="Of receipt, as 16:05; of a paper that came in."
    )
    uploads = serializers.ListField(child=serializers.FileField(), help_text="One or more.")
    matter = serializers.CharField(
        max_length=40, required=False, help_text="Key of the lead or case."
    )


class LinkPaperSerializer(serializers.Serializer[Any]):
    """To which lead or case a paper belongs."""

    matter = serializers.CharField(max_length=40, help_text="Key of the lead or case.")


class PaperWaySerializer(serializers.Serializer[Any]):
    """One step or record the paper can become; `facts` is what its form begins with and may be changed.

    A step is recorded with its `transition`, a record without one with its `event_kind`; both name the paper
    as `source`.
    """

    kind = serializers.ChoiceField(["record", "carry_out", "propose", "decide"])
    transition = serializers.CharField(
        source="code", help_text="Empty for a record without a step."
    )
    event_kind = serializers.CharField()
    title_zh = serializers.CharField(source="what.title_zh")
    title_en = serializers.CharField(source="what.title_en")
    article = serializers.CharField(source="what.article")
    lacking = serializers.ListField(
        child=serializers.CharField(), help_text="The guards that do not hold yet."
    )
    facts = serializers.SerializerMethodField(
        help_text="By field: what the paper tells. Empty where an approval comes first."
    )

    def get_facts(self, way: Way) -> dict[str, Any]:
        return {name: as_json(value) for name, value in way.facts.items()}


class ClosePaperSerializer(serializers.Serializer[Any]):
    """Why nothing more is done with a paper."""

    reason = serializers.CharField(max_length=1000)
