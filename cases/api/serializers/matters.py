"""What programs read of leads and cases. Nothing here is writable: a matter changes by acts alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from operator import attrgetter
from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.timezone import localtime
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from cases.api.serializers.common import PersonSerializer, SomeMembers
from cases.models import Case, Lead, LeadAssessment, TagUse
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


class TagRowSerializer(serializers.Serializer[Any]):
    """A label on a lead or a case."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    use = serializers.ChoiceField(TagUse.choices)


class LeadSerializer(SomeMembers, serializers.ModelSerializer[Lead]):
    """A lead of the unified register. Who reported it is never part of this answer."""

    url = serializers.HyperlinkedIdentityField(view_name="lead-detail", lookup_field="key")
    state = serializers.ChoiceField(LeadState.choices, read_only=True)
    state_title = serializers.CharField(source="get_state_display", read_only=True)
    law_code = serializers.CharField(read_only=True, help_text="Code of the state in the law.")
    handler = PersonSerializer(read_only=True, allow_null=True)
    assessment = serializers.SerializerMethodField()
    received_from = serializers.SerializerMethodField(help_text="Key of the lead it came from.")
    merged_into = serializers.SerializerMethodField(help_text="Key of the lead that goes on.")
    tags = TagRowSerializer(source="tag_rows", many=True, read_only=True)
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
            "tags",
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


class CaseSerializer(SomeMembers, serializers.ModelSerializer[Case]):
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
    tags = TagRowSerializer(source="tag_rows", many=True, read_only=True)
    respondents = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text="Names of the violators, or of the authority.",
    )
    state_since = serializers.DateField(read_only=True)
    next_deadline = serializers.DateField(
        read_only=True, allow_null=True, help_text="Last day of the earliest running deadline."
    )
    updated_at = serializers.DateTimeField(
        read_only=True, help_text="Latest entry in the record of events."
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
            "tags",
            "respondents",
            "state_since",
            "next_deadline",
            "updated_at",
        ]
        read_only_fields: ClassVar = fields

    def to_representation(self, case: Any) -> dict[str, Any]:
        """Return the members of one case of `cases.selectors.case_list.shown_cases`.

        The fields above say what they are; asking each of them for each row took longer than all the rest.
        """
        list_of_cases = self._list_of_cases
        return {
            name: f"{list_of_cases}{case.key}/" if name == "url" else WRITTEN[name](case)
            for name in self.Meta.fields
            if self.has(name)
        }

    def get_lead(self, case: Any) -> str | None:
        return _lead(case)

    @extend_schema_field(PersonSerializer(allow_null=True))
    def get_lead_handler(self, case: Any) -> dict[str, Any] | None:
        return _handler(case)

    def get_back_entry(self, case: Any) -> str:
        return _back_entry(case)

    @cached_property
    def _list_of_cases(self) -> str:
        return reverse("case-list", request=self.context.get("request"))


def _instant(value: datetime) -> str:
    return localtime(value).isoformat()


def _lead(case: Any) -> str | None:
    key: str | None = case.lead_key
    return key


def _back_entry(case: Any) -> str:
    return case.back_entry_status or ""


def _handler(case: Any) -> dict[str, Any] | None:
    return {"id": case.handler_pk, "name": case.handler_name} if case.handler_pk else None


# How each member is read from a case; whatever is not named here is an attribute of its own name.
_OTHERWISE: dict[str, Callable[[Any], Any]] = {
    "office": attrgetter("office_id"),
    "department": attrgetter("department_id"),
    "created_by": attrgetter("created_by_id"),
    "created_at": lambda case: _instant(case.created_at),
    "updated_at": lambda case: _instant(case.updated_at),
    "state_title": lambda case: case.get_state_display(),
    "stage": lambda case: case.stage.value,
    "lead": _lead,
    "lead_handler": _handler,
    "back_entry": _back_entry,
    "tags": attrgetter("tag_rows"),
}
WRITTEN: dict[str, Callable[[Any], Any]] = {
    name: _OTHERWISE.get(name, attrgetter(name)) for name in CaseSerializer.Meta.fields
}


class HandedOverSerializer(serializers.Serializer[Any]):
    matters = serializers.IntegerField(help_text="How many leads and cases were handed over.")
