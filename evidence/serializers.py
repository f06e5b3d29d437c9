"""What programs read and send of evidence. No serializer writes a digest, a number or an author."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from cases.forms.facts import InvestigativeMethod
from evidence.facts import FactGroup
from evidence.models import Exhibit, FactLink, StatutoryKind, Strength
from evidence.selectors import GroupOfFacts
from evidence.services.exhibits import STATED


class PersonSerializer(serializers.ModelSerializer[User]):
    """A person by id and name."""

    class Meta:
        model = User
        fields: ClassVar = ["id", "name"]
        read_only_fields: ClassVar = fields
        ref_name = "EvidencePerson"


class ExhibitSerializer(serializers.ModelSerializer[Exhibit]):
    """One exhibit; its file is at `download`."""

    case = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    # The stubs forbid fields named like arguments of a field; the metaclass takes them out.
    label = serializers.CharField(  # type: ignore[assignment]
        read_only=True, help_text="For example E-0007."
    )
    first_collector = PersonSerializer(read_only=True, allow_null=True)
    second_collector = PersonSerializer(read_only=True, allow_null=True)
    uploaded_by = PersonSerializer(read_only=True)
    withdrawn = serializers.BooleanField(source="is_withdrawn", read_only=True)
    withdrawal_reason = serializers.SerializerMethodField(help_text="Empty while it is in use.")
    same_file_as = serializers.ListField(
        child=serializers.IntegerField(),
        read_only=True,
        help_text="Numbers of other exhibits of the case with the same SHA-256.",
    )

    class Meta:
        model = Exhibit
        fields: ClassVar = [
            "case",
            "number",
            "label",
            *STATED,
            "sha256",
            "size",
            "media_type",
            "file_name",
            "uploaded_by",
            "uploaded_at",
            "withdrawn",
            "withdrawal_reason",
            "same_file_as",
        ]
        read_only_fields: ClassVar = fields

    def get_withdrawal_reason(self, exhibit: Exhibit) -> str:
        return exhibit.withdrawal.reason if exhibit.is_withdrawn else ""


class RegisteredExhibitSerializer(ExhibitSerializer):
    """One exhibit in the register of all cases."""

    proves = serializers.ListField(
        child=serializers.ChoiceField(choices=FactGroup.choices),
        read_only=True,
        help_text="Groups of facts that rest on it and stand (Rules 86).",
    )

    class Meta(ExhibitSerializer.Meta):
        fields: ClassVar = [*ExhibitSerializer.Meta.fields, "proves"]
        read_only_fields: ClassVar = fields


class ExhibitCreateSerializer(serializers.Serializer[Any]):
    """Files with what is stated of them; describes the request, `ExhibitForm` judges it."""

    uploads = serializers.ListField(child=serializers.FileField(), help_text="One or more files.")
    name = serializers.CharField(
        max_length=200, required=False, help_text="The name of the file when left out."
    )
    kind = serializers.ChoiceField(choices=StatutoryKind.choices)
    source = serializers.CharField(max_length=300)  # type: ignore[assignment]
    method = serializers.ChoiceField(
        choices=InvestigativeMethod.choices,
        required=False,
        help_text="Left out when it was submitted, transferred or taken over.",
    )
    obtained_on = serializers.DateField()
    place = serializers.CharField(max_length=200, required=False)
    first_collector = serializers.IntegerField(required=False, help_text="Id of a team member.")
    second_collector = serializers.IntegerField(required=False, help_text="Id of another one.")
    also_present = serializers.CharField(max_length=200, required=False)
    original = serializers.BooleanField(required=False)
    copy_reason = serializers.CharField(max_length=300, required=False)
    copy_process = serializers.CharField(max_length=500, required=False)
    pages = serializers.IntegerField(min_value=0, required=False)
    confidential = serializers.BooleanField(required=False)


class IntegritySerializer(serializers.Serializer[Any]):
    """What reading the stored file found."""

    sha256 = serializers.CharField()
    integrity = serializers.ChoiceField(choices=["intact", "missing", "changed"])


class ReasonSerializer(serializers.Serializer[Any]):
    """Why an exhibit is withdrawn or a fact no longer stands."""

    reason = serializers.CharField(max_length=1000)

    class Meta:
        ref_name = "EvidenceReason"


class RemovalSerializer(serializers.Serializer[Any]):
    """Why a fact no longer stands."""

    reason = serializers.CharField(max_length=300)


class FactSerializer(serializers.ModelSerializer[FactLink]):
    """One standing fact; `exhibit` is the number of the exhibit, null for a finding of the team."""

    exhibit = serializers.SlugRelatedField[Any](slug_field="number", read_only=True)
    stated_by = PersonSerializer(read_only=True)

    class Meta:
        model = FactLink
        fields: ClassVar = [
            "id",
            "group",
            "exhibit",
            "text",
            "page",
            "strength",
            "stated_by",
            "stated_at",
        ]
        read_only_fields: ClassVar = fields


class FactCreateSerializer(serializers.Serializer[Any]):
    """A finding in one of the seven groups."""

    group = serializers.ChoiceField(choices=FactGroup.choices)
    text = serializers.CharField(max_length=2000)
    exhibits = serializers.ListField(
        child=serializers.IntegerField(min_value=1),
        required=False,
        default=list,
        help_text="Numbers of exhibits of the case.",
    )
    page = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    strength = serializers.ChoiceField(
        choices=Strength.choices, required=False, default=Strength.DIRECT
    )


class FactGroupSerializer(serializers.Serializer[GroupOfFacts]):
    """One of the seven groups of Rules 86 and what is stated in it."""

    code = serializers.CharField(source="group.code")
    article = serializers.CharField(source="group.article")
    title_zh = serializers.CharField(source="group.title_zh")
    title_en = serializers.CharField(source="group.title_en")
    wording_verified = serializers.BooleanField(source="group.wording_verified")
    burden = serializers.CharField(source="group.burden")
    burden_article = serializers.CharField(source="group.burden_article")
    addressed = serializers.SerializerMethodField()
    facts = FactSerializer(many=True)

    @extend_schema_field(bool)
    def get_addressed(self, entry: GroupOfFacts) -> bool:
        addressed: set[str] = self.context["addressed"]
        return str(entry.group.code) in addressed
