"""What programs read and send of proposals."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Role
from cases.api.serializers.acts import EventSerializer, source_field
from cases.api.serializers.common import (
    AttachmentSerializer,
    PersonSerializer,
    address_of_matter,
    person_field,
)
from cases.models import ApprovalStep, Decision, Proposal, ProposalStatus
from cases.selectors.objections import objections_to
from cases.selectors.proposals import may_decide, steps_of
from cases.services.freezing import documents_of

DECISIONS = [
    (str(value), value.label) for value in (Decision.APPROVE, Decision.RETURN, Decision.REJECT)
]


class StepSerializer(serializers.ModelSerializer[ApprovalStep]):
    """One act of one person on one round."""

    acted_by = PersonSerializer(read_only=True)
    on_behalf_of = PersonSerializer(read_only=True, allow_null=True)
    entered_by = PersonSerializer(read_only=True, allow_null=True)
    paper = AttachmentSerializer(read_only=True, allow_null=True)

    class Meta:
        model = ApprovalStep
        fields: ClassVar = [
            "round",
            "position",
            "role",
            "decision",
            "opinion",
            "acted_by",
            "on_behalf_of",
            "acted_at",
            "legal_day",
            "digest",
            "paper",
            "entered_by",
        ]
        read_only_fields: ClassVar = fields


class DraftSerializer(serializers.Serializer[Any]):
    """A document the approval covers."""

    id = serializers.IntegerField(source="pk")
    code = serializers.CharField()
    title = serializers.CharField()
    sha256 = serializers.CharField()
    link = serializers.CharField(help_text="A path of this application.")
    final = serializers.BooleanField()


class ProposalSerializer(serializers.ModelSerializer[Proposal]):
    """A transition or a document that walks its approval route."""

    url = serializers.HyperlinkedIdentityField(view_name="proposal-detail", lookup_field="pk")
    matter = serializers.SerializerMethodField(help_text="Key of the lead or case.")
    matter_url = serializers.SerializerMethodField()
    status = serializers.ChoiceField(ProposalStatus.choices, read_only=True)
    route = serializers.ListField(child=serializers.ChoiceField(Role.choices), read_only=True)
    awaited_role = serializers.ChoiceField(Role.choices, read_only=True, allow_null=True)
    author = PersonSerializer(read_only=True)

    class Meta:
        model = Proposal
        fields: ClassVar = [
            "id",
            "url",
            "matter",
            "matter_url",
            "office",
            "subject",
            "machine",
            "transition",
            "document_id",
            "title",
            "status",
            "route",
            "round",
            "position",
            "awaited_role",
            "digest",
            "version",
            "author",
            "created_at",
            "submitted_at",
            "decided_at",
        ]
        read_only_fields: ClassVar = fields

    def get_matter(self, proposal: Proposal) -> str:
        return proposal.matter.key

    @extend_schema_field(serializers.URLField)
    def get_matter_url(self, proposal: Proposal) -> str:
        return address_of_matter(proposal.matter, self.context["request"])


class WholeProposalSerializer(ProposalSerializer):
    """A proposal with all its decider answers for: `frozen` is what `digest` was made of."""

    frozen = serializers.DictField(read_only=True)
    facts = serializers.DictField(read_only=True)
    steps = serializers.SerializerMethodField()
    documents = serializers.SerializerMethodField()
    objections = serializers.SerializerMethodField(
        help_text="Written objections of the handlers to its decisions."
    )
    may_decide = serializers.SerializerMethodField(help_text="It waits for the caller now.")

    class Meta(ProposalSerializer.Meta):
        fields: ClassVar = [
            *ProposalSerializer.Meta.fields,
            "facts",
            "reasons",
            "frozen",
            "steps",
            "documents",
            "objections",
            "may_decide",
        ]
        read_only_fields: ClassVar = fields

    @extend_schema_field(StepSerializer(many=True))
    def get_steps(self, proposal: Proposal) -> Any:
        return StepSerializer(steps_of(proposal), many=True).data

    @extend_schema_field(DraftSerializer(many=True))
    def get_documents(self, proposal: Proposal) -> Any:
        return DraftSerializer(documents_of(proposal), many=True).data

    @extend_schema_field(EventSerializer(many=True))
    def get_objections(self, proposal: Proposal) -> Any:
        return EventSerializer(objections_to(proposal), many=True, context=self.context).data

    def get_may_decide(self, proposal: Proposal) -> bool:
        return may_decide(self.context["request"].user, proposal)


class DecideSerializer(serializers.Serializer[Any]):
    """A decision on exactly what was read: `digest` is that of the proposal as it was shown."""

    decision = serializers.ChoiceField(DECISIONS)
    opinion = serializers.CharField(
        max_length=5000,
        required=False,
        default="",
        allow_blank=True,
        help_text="Unless approved; where the chief decides by law, the head always gives one.",
    )
    digest = serializers.CharField(max_length=64)


class PaperSerializer(serializers.Serializer[Any]):
    """A decision signed on paper, entered by a clerk with its scan."""

    acted_by = person_field()
    decision = serializers.ChoiceField(DECISIONS)
    opinion = serializers.CharField(max_length=5000, required=False, default="", allow_blank=True)
    legal_day = serializers.DateField()
    scan = serializers.FileField(allow_empty_file=True)


class EditSerializer(serializers.Serializer[Any]):
    """New facts or reasons; what is left out stays. `version` is that of the proposal as read."""

    facts = serializers.DictField(required=False)
    reasons = serializers.CharField(max_length=10000, required=False, allow_blank=True)
    version = serializers.IntegerField(min_value=0)


class WithdrawSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class CarryOutSerializer(serializers.Serializer[Any]):
    """The facts of the act an approved proposal has opened."""

    facts = serializers.DictField(required=False)
    source = source_field()


class CarryOutUploadSerializer(serializers.Serializer[Any]):
    """The same with its proofs; each file stands under the name of its field."""

    facts = serializers.CharField(required=False, help_text="The JSON text of the object.")
    proof = serializers.ListField(child=serializers.FileField(), required=False)
    source = source_field()
