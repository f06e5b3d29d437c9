"""What programs read of leads and cases. Nothing here is writable: a matter changes by acts alone."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import selectors as accounts
from accounts.models import User
from accounts.serializers import VisibleField
from cases.api.serializers.common import PersonSerializer
from cases.models import Case, Lead, LeadAssessment, LeadSource
from cases.states import CaseState, LeadState, Stage

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


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case; `stage` follows from `state`."""

    url = serializers.HyperlinkedIdentityField(view_name="case-detail", lookup_field="key")
    state = serializers.ChoiceField(CaseState.choices, read_only=True)
    state_title = serializers.CharField(source="get_state_display", read_only=True)
    law_code = serializers.CharField(read_only=True, help_text="Code of the state in the law.")
    stage = serializers.ChoiceField(Stage.choices, read_only=True)
    lead = serializers.SerializerMethodField(help_text="Key of the lead it came from.")
    lead_handler = serializers.SerializerMethodField()

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
        ]
        read_only_fields: ClassVar = fields

    def get_lead(self, case: Case) -> str | None:
        return case.lead.key if case.lead else None

    @extend_schema_field(PersonSerializer(allow_null=True))
    def get_lead_handler(self, case: Case) -> dict[str, Any] | None:
        members = getattr(case, "open_leads", None)
        person: User | None = members[0].user if members else None
        return PersonSerializer(person).data if person else None


class RegisterLeadSerializer(serializers.Serializer[Lead]):
    """The entries of the registration, validated by the form of the page (T01)."""

    title = serializers.CharField(max_length=200)
    source = serializers.ChoiceField(LeadSource.choices)  # type: ignore[assignment]
    source_detail = serializers.CharField(max_length=300)
    received_on = serializers.DateField()
    summary = serializers.CharField(max_length=10000)
    suspected_processor = serializers.CharField(max_length=200, required=False)
    reporter_name = serializers.CharField(max_length=50, required=False)
    reporter_contact = serializers.CharField(max_length=100, required=False)
    reporter_confidential = serializers.BooleanField(required=False)
    major = serializers.BooleanField(required=False)
    sender_department = serializers.IntegerField(required=False)
    sent_on = serializers.DateField(required=False)
    confidential = serializers.BooleanField(required=False)


class AssessLeadSerializer(serializers.Serializer[LeadAssessment]):
    """Both scores with their reasons; validated by the form of the page."""

    truthfulness = serializers.IntegerField(min_value=1, max_value=5)
    truthfulness_reason = serializers.CharField(max_length=2000)
    feasibility = serializers.IntegerField(min_value=1, max_value=5)
    feasibility_reason = serializers.CharField(max_length=2000)


class RecordWithSuperiorSerializer(serializers.Serializer[Any]):
    """The receipt of the next-higher office (Rules 25)."""

    received_on = serializers.DateField()
    receipt = serializers.CharField(max_length=200)


class EscalateSerializer(serializers.Serializer[Any]):
    """Why the superior office should decide (Rules 26)."""

    reason = serializers.CharField(max_length=2000)


class HandOverSerializer(serializers.Serializer[Any]):
    """Who takes the matter over, and why."""

    successor = VisibleField(accounts.users_visible_to, User)
    reason = serializers.CharField(max_length=300)


class HandOverAllSerializer(HandOverSerializer):
    """Whose open leads and cases go over."""

    person = VisibleField(accounts.users_visible_to, User)


class HandedOverSerializer(serializers.Serializer[Any]):
    matters = serializers.IntegerField(help_text="How many leads and cases were handed over.")


class LoadSerializer(serializers.ModelSerializer[User]):
    """A prosecutor of the office with what is on his desk."""

    open_leads = serializers.IntegerField(read_only=True)
    open_cases = serializers.IntegerField(read_only=True)

    class Meta:
        model = User
        fields: ClassVar = ["id", "name", "department", "open_leads", "open_cases"]
        read_only_fields: ClassVar = fields
