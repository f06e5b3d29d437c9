"""What programs read of obligations, money and the archive; the steps of the case write it all."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from enforcement.items import PROOFS
from enforcement.models import ArchiveEntry, ArchiveIndex, LedgerEntry, Obligation


class ObligationSerializer(serializers.ModelSerializer[Obligation]):
    """What one paragraph of an effective decision asks of its debtors."""

    case = serializers.CharField(source="case.key", read_only=True)
    debtors = serializers.SerializerMethodField(help_text="Empty: all defendants jointly.")
    overdue = serializers.BooleanField(read_only=True)
    needed = serializers.SerializerMethodField(
        help_text="Kinds of evidence without which it cannot be verified (law 8.4)."
    )

    class Meta:
        model = Obligation
        fields: ClassVar = [
            "id",
            "case",
            "number",
            "type",
            "kind",
            "text",
            "amount",
            "debtors",
            "obligee",
            "due_on",
            "state",
            "way",
            "overdue",
            "needed",
        ]
        read_only_fields: ClassVar = fields

    def get_debtors(self, row: Obligation) -> list[str]:
        return [party.name for party in row.debtors.all()]

    def get_needed(self, row: Obligation) -> list[str]:
        return [str(kind) for kind in PROOFS[row.type].needed]


class LedgerEntrySerializer(serializers.ModelSerializer[LedgerEntry]):
    """One movement of money; `confirmed` is null while it waits for its second person."""

    case = serializers.CharField(source="case.key", read_only=True)
    obligation = serializers.IntegerField(source="obligation.number", read_only=True)
    recorded_by = serializers.CharField(source="recorded_by.name", read_only=True)
    checked_by = serializers.SerializerMethodField(help_text="Empty while it waits.")
    confirmed = serializers.SerializerMethodField()

    class Meta:
        model = LedgerEntry
        fields: ClassVar = [
            "id",
            "case",
            "obligation",
            "kind",
            "day",
            "amount",
            "account_type",
            "payee",
            "authority",
            "note",
            "takes_back",
            "event",
            "recorded_by",
            "checked_by",
            "confirmed",
        ]
        read_only_fields: ClassVar = fields

    def get_checked_by(self, row: LedgerEntry) -> str:
        check = getattr(row, "check_made", None)
        return check.checked_by.name if check else ""

    def get_confirmed(self, row: LedgerEntry) -> bool | None:
        check = getattr(row, "check_made", None)
        return check.confirmed if check else None


class ArchiveEntrySerializer(serializers.ModelSerializer[ArchiveEntry]):
    """One piece of an index; title and name are empty where the reader may not read them."""

    title = serializers.SerializerMethodField()
    name = serializers.SerializerMethodField()

    class Meta:
        model = ArchiveEntry
        fields: ClassVar = [
            "id",
            "volume",
            "number",
            "place",
            "title",
            "day",
            "name",
            "size",
            "sha256",
            "confidential",
        ]
        read_only_fields: ClassVar = fields

    def get_title(self, row: Any) -> str:
        return "" if row.hidden else str(row.title)

    def get_name(self, row: Any) -> str:
        return "" if row.hidden else str(row.name)


class ArchiveIndexSerializer(serializers.ModelSerializer[ArchiveIndex]):
    """An index of an archived file; `manifest` is the SHA-256 of its manifest."""

    case = serializers.CharField(source="case.key", read_only=True)
    made_at = serializers.DateTimeField(source="event.recorded_at", read_only=True)
    made_by = serializers.SerializerMethodField()

    class Meta:
        model = ArchiveIndex
        fields: ClassVar = ["id", "case", "manifest", "size", "event", "made_at", "made_by"]
        read_only_fields: ClassVar = fields

    @extend_schema_field(str)
    def get_made_by(self, row: ArchiveIndex) -> str:
        return row.event.recorded_by.name if row.event.recorded_by else ""
