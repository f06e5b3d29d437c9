"""What programs read and send of the people of a matter: parties, the team, recusals."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from cases.api.serializers.common import PersonSerializer, person_field
from cases.forms.cases import MOST_MEMBERS
from cases.models import CommitteeMeeting, Party, Recusal, TeamMember, TeamPosition
from cases.selectors.parties import shown


class PartySerializer(serializers.ModelSerializer[Party]):
    """Somebody a case is about; `version` goes with every change.

    Address and telephone are covered where they may be a person's own; `contact` tells them for a reason.
    `joined_by` is the event by which a co-plaintiff joined the suit (CPLI 285); its entry follows that event.
    """

    address = serializers.SerializerMethodField()
    telephone = serializers.SerializerMethodField()

    class Meta:
        model = Party
        fields: ClassVar = [
            "id",
            "role",
            "kind",
            "name",
            "aliases",
            "credit_code",
            "no_code_reason",
            "address",
            "representative",
            "telephone",
            "domicile_abroad",
            "joined_by",
            "version",
            "removed_at",
            "removed_reason",
            "created_by",
            "created_at",
        ]
        read_only_fields: ClassVar = fields

    def get_address(self, party: Party) -> str:
        return shown(party, "address")

    def get_telephone(self, party: Party) -> str:
        return shown(party, "telephone")


class PartyContactSerializer(serializers.ModelSerializer[Party]):
    """What is covered elsewhere."""

    class Meta:
        model = Party
        fields: ClassVar = ["id", "name", "address", "telephone"]
        read_only_fields: ClassVar = fields


class TeamMemberSerializer(serializers.ModelSerializer[TeamMember]):
    """One person's time in the handling team; whoever works there now has no `until`."""

    user = PersonSerializer(read_only=True)

    class Meta:
        model = TeamMember
        fields: ClassVar = ["id", "user", "position", "since", "until", "reason"]
        read_only_fields: ClassVar = fields


class MemberSerializer(serializers.Serializer[Any]):
    user = person_field()
    position = serializers.ChoiceField(TeamPosition.choices)


class SetTeamSerializer(serializers.Serializer[Any]):
    """The whole team from now on, with exactly one lead (Rules 6)."""

    members = MemberSerializer(many=True, allow_empty=False)
    reason = serializers.CharField(max_length=300)


class CommitteeMeetingSerializer(serializers.ModelSerializer[CommitteeMeeting]):
    """The meeting of the procuratorial committee that carried a decision; `minutes` is an attachment."""

    class Meta:
        model = CommitteeMeeting
        fields: ClassVar = [
            "held_on",
            "chair",
            "members",
            "present",
            "votes_for",
            "minutes",
            "entered_by",
            "entered_at",
        ]
        read_only_fields: ClassVar = fields


class RecusalSerializer(serializers.ModelSerializer[Recusal]):
    """An application that somebody stand aside, its decision and its one review."""

    person = PersonSerializer(read_only=True)
    granted = serializers.BooleanField(read_only=True)
    meeting = CommitteeMeetingSerializer(read_only=True, allow_null=True)
    review_meeting = CommitteeMeetingSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Recusal
        fields: ClassVar = [
            "id",
            "person",
            "applicant",
            "by_oneself",
            "grounds",
            "received_on",
            "decided_by_committee",
            "decision",
            "decision_reason",
            "decided_on",
            "decided_by",
            "meeting",
            "review_requested_on",
            "review_decision",
            "review_decided_on",
            "review_meeting",
            "granted",
            "created_by",
            "created_at",
        ]
        read_only_fields: ClassVar = fields


class DecideRecusalSerializer(serializers.Serializer[Any]):
    granted = serializers.BooleanField()
    reason = serializers.CharField(max_length=2000)


class CommitteeDecisionSerializer(DecideRecusalSerializer):
    """What the procuratorial committee decided on the chief, as its minutes show it (Rules 22)."""

    held_on = serializers.DateField()
    chair = person_field()
    members = serializers.IntegerField(min_value=1, max_value=MOST_MEMBERS)
    present = serializers.IntegerField(min_value=1, max_value=MOST_MEMBERS)
    votes_for = serializers.IntegerField(min_value=1, max_value=MOST_MEMBERS)
    minutes = serializers.FileField(allow_empty_file=True)
