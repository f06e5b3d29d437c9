"""What programs read of leads and cases. Nothing here is writable: a matter changes by acts alone."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from cases.api.serializers.common import PersonSerializer
from cases.models import Case, Lead, LeadAssessment
from cases.states import STATES_OF_CASES, LeadState, Stage

MATTER_FIELDS = [
    "key",
    "url",
    "office",
    "department",
    "year",
    "serial",
    "title",
    "state",
    "state_title",
    "law_code",
    "confidential",
    "version",
    "created_at",
    "created_by",
]


class AssessmentSerializer(serializers.ModelSerializer[LeadAssessment]):
    """Truthfulness and feasibility, each scored and explained (Rules 27)."""

    class Meta:
        model = LeadAssessment
        fields: ClassVar = [
            "truthfulness",
            "truthfulness_reason",
            "feasibility",
            "feasibility_reason",
            "assessed_by",
            "assessed_at",
        ]
        read_only_fields: ClassVar = fields


class LeadSerializer(serializers.ModelSerializer[Lead]):
    """A lead of the unified register. Who reported it is never part of this answer."""

    url = serializers.HyperlinkedIdentityField(view_name="lead-detail", lookup_field="key")
    state = serializers.ChoiceField(LeadState.choices, read_only=True)
    state_title = serializers.CharField(source="get_state_display", read_only=True)
    law_code = serializers.CharField(read_only=True, help_text="Code of the state in the law.")
    handler = PersonSerializer(read_only=True, allow_null=True)
    assessment = serializers.SerializerMethodField()
    received_from = serializers.SerializerMethodField(help_text="Key of the lead it came from.")
    merged_into = serializers.SerializerMethodField(help_text="Key of the lead that goes on.")
    case = serializers.SerializerMethodField(help_text="Key of the case it became.")

    class Meta:
        model = Lead
        fields: ClassVar = [
            *MATTER_FIELDS,
            "source",
            "source_detail",
            "received_on",
            "summary",
            "suspected_processor",
            "major",
            "sender_department",
            "sent_on",
            "handler",
            "assessment",
            "received_from",
            "merged_into",
            "case",
        ]
        read_only_fields: ClassVar = fields

    @extend_schema_field(AssessmentSerializer(allow_null=True))
    def get_assessment(self, lead: Lead) -> dict[str, Any] | None:
        assessment = getattr(lead, "assessment", None)
        return AssessmentSerializer(assessment).data if assessment else None

    def get_received_from(self, lead: Lead) -> str | None:
        return lead.received_from.key if lead.received_from else None

    def get_merged_into(self, lead: Lead) -> str | None:
        return lead.merged_into.key if lead.merged_into else None

    def get_case(self, lead: Lead) -> str | None:
        case = getattr(lead, "case", None)
        return case.key if case else None


class ReporterSerializer(serializers.ModelSerializer[Lead]):
    """Who reported a lead; told once, for a stated reason."""

    class Meta:
        model = Lead
        fields: ClassVar = ["reporter_name", "reporter_contact", "reporter_confidential"]
        read_only_fields: ClassVar = fields


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case; `stage` follows from `state`."""

    url = serializers.HyperlinkedIdentityField(view_name="case-detail", lookup_field="key")
    state = serializers.ChoiceField(STATES_OF_CASES, read_only=True)
    state_title = serializers.CharField(source="get_state_display", read_only=True)
    law_code = serializers.CharField(read_only=True, help_text="Code of the state in the law.")
    stage = serializers.ChoiceField(Stage.choices, read_only=True)
    lead = serializers.SerializerMethodField(help_text="Key of the lead it came from.")
    lead_handler = serializers.SerializerMethodField()
    back_entry = serializers.SerializerMethodField(
        help_text="`asked` or `running` while the case is entered from paper, else empty."
    )

    class Meta:
        model = Case
        fields: ClassVar = [
            *MATTER_FIELDS,
            "stage",
            "lead",
            "lead_handler",
            "official_number",
            "kind",
            "track",
            "legal_bases",
            "filed_on",
            "summary",
            "act_place",
            "harm_place",
            "persons_concerned",
            "items_concerned",
            "minors_concerned",
            "sensitive",
            "violator_unknown",
            "severe",
            "guard_in_doubt",
            "rulebook",
            "back_entry",
        ]
        read_only_fields: ClassVar = fields

    def get_back_entry(self, case: Case) -> str:
        rows = getattr(case, "open_back_entries", None)
        row = case.open_back_entry if rows is None else next(iter(rows), None)
        return row.status.value if row else ""

    def get_lead(self, case: Case) -> str | None:
        return case.lead.key if case.lead else None

    @extend_schema_field(PersonSerializer(allow_null=True))
    def get_lead_handler(self, case: Case) -> dict[str, Any] | None:
        members = getattr(case, "open_leads", None)
        person: User | None = members[0].user if members else None
        return PersonSerializer(person).data if person else None


class HandedOverSerializer(serializers.Serializer[Any]):
    matters = serializers.IntegerField(help_text="How many leads and cases were handed over.")
