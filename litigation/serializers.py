"""What programs read of transfers and send to acknowledge one."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from litigation.models import CaseTransfer, Claim, Court, EligibleSubject, Judgment, OperativeItem


class CaseTransferSerializer(serializers.ModelSerializer[CaseTransfer]):
    """A transfer to the reader's office; `source_key` is the case in the office that sent it."""

    source_key = serializers.CharField(source="source.key", read_only=True)
    source_office = serializers.CharField(source="source.office.name", read_only=True)
    title = serializers.CharField(source="source.title", read_only=True)
    received_key = serializers.SerializerMethodField(help_text="Empty before it is acknowledged.")

    class Meta:
        model = CaseTransfer
        fields: ClassVar = [
            "id",
            "source_key",
            "source_office",
            "title",
            "competent_court",
            "ground",
            "sent_on",
            "received_on",
            "received_key",
        ]
        read_only_fields: ClassVar = fields

    def get_received_key(self, transfer: CaseTransfer) -> str:
        return transfer.received_case.key if transfer.received_case else ""


class AcknowledgementSerializer(serializers.Serializer[Any]):
    """The day of arrival, its proof and the prosecutor who goes on.

    Describes the request; `AcknowledgeForm` judges it.
    """

    received_on = serializers.DateField()
    handler = serializers.IntegerField(min_value=1)
    receipt = serializers.ListField(
        child=serializers.FileField(), help_text="The transfer letter signed for, or the receipt."
    )


class ClaimSerializer(serializers.ModelSerializer[Claim]):
    """One claim; claims change by steps of the case alone (S10, S11, S16, T28)."""

    defendants = serializers.PrimaryKeyRelatedField[Any](
        many=True, read_only=True, help_text="Empty: all defendants jointly."
    )

    class Meta:
        model = Claim
        fields: ClassVar = [
            "id",
            "number",
            "kind",
            "text",
            "amount",
            "recommendation_item",
            "defendants",
            "status",
            "replaces",
            "event",
            "ended_by",
        ]
        read_only_fields: ClassVar = fields


class OperativeItemSerializer(serializers.ModelSerializer[OperativeItem]):
    """One paragraph of an operative part."""

    debtors = serializers.PrimaryKeyRelatedField[Any](
        many=True, read_only=True, help_text="Empty: all defendants jointly."
    )

    class Meta:
        model = OperativeItem
        fields: ClassVar = [
            "id",
            "number",
            "kind",
            "text",
            "amount",
            "debtors",
            "obligee",
            "due_days",
            "due_on",
            "event",
        ]
        read_only_fields: ClassVar = fields


class JudgmentSerializer(serializers.ModelSerializer[Judgment]):
    """One judgment or mediation document with the items that stand."""

    items = OperativeItemSerializer(source="standing_items", many=True, read_only=True)

    class Meta:
        model = Judgment
        fields: ClassVar = [
            "id",
            "instance",
            "number",
            "pronounced_on",
            "effective_on",
            "event",
            "set_aside_by",
            "items",
        ]
        read_only_fields: ClassVar = fields


class CourtSerializer(serializers.ModelSerializer[Court]):
    """A court; `verified` is false while its competence was not compared with an official text."""

    class Meta:
        model = Court
        fields: ClassVar = [
            "id",
            "name",
            "level",
            "internet",
            "area",
            "hears_from",
            "hears_to",
            "source",
            "verified",
        ]
        read_only_fields: ClassVar = fields


class EligibleSubjectSerializer(serializers.ModelSerializer[EligibleSubject]):
    """A body that may sue; `as_of` is the day on which the source was looked at."""

    class Meta:
        model = EligibleSubject
        fields: ClassVar = [
            "id",
            "name",
            "kind",
            "area",
            "source",
            "as_of",
            "last_day",
            "verified",
        ]
        read_only_fields: ClassVar = fields


class TreeStepSerializer(serializers.Serializer[Any]):
    """One branch of the tree; `met` is null where it speaks neither for nor against this office."""

    article = serializers.CharField()
    text = serializers.CharField()
    met = serializers.BooleanField(allow_null=True)


class ExaminationSerializer(serializers.Serializer[Any]):
    """What the tree answers; `transfer` is the option T20, `counterparts` are offices it may go to."""

    steps = TreeStepSerializer(many=True)
    may_file = serializers.BooleanField()
    courts = CourtSerializer(many=True)
    transfer = serializers.BooleanField()
    counterparts = serializers.ListField(child=serializers.CharField())
