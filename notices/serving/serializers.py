"""What programs read and send of services. No serializer writes an author, an event or a digest."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from deadlines.models import Deadline
from notices.models import (
    AddressBasis,
    AddressConfirmation,
    AddresseeKind,
    Attempt,
    AttemptResult,
    Method,
    Outcome,
    Receiver,
    Result,
    Service,
)
from notices.serving.rules import few_attempts
from notices.serving.splitting.channels import Channel


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    """One try to deliver, or the publication of a notice."""

    class Meta:
        model = Attempt
        fields: ClassVar = ["number", "at", "result", "telephoned", "note", "recorded_by"]
        read_only_fields: ClassVar = fields


class ServiceOutcomeSerializer(serializers.ModelSerializer[Outcome]):
    """How a service ended; the files are attachments of the matter."""

    # The stubs forbid fields named like arguments of a field; the metaclass takes them out.
    day = serializers.DateField(
        source="standing_day", read_only=True, help_text="As it stands after corrections."
    )

    class Meta:
        model = Outcome
        fields: ClassVar = [
            "result",
            "day",
            "receiver",
            "receiver_name",
            "receiver_opposes",
            "witnesses",
            "declared",
            "participant_name",
            "participant_role",
            "reason",
            "proof",
            "recording",
            "event",
            "recorded_by",
            "recorded_at",
        ]
        read_only_fields: ClassVar = fields


class ClockSerializer(serializers.ModelSerializer[Deadline]):
    """A period that began with the day of service."""

    class Meta:
        model = Deadline
        fields: ClassVar = ["id", "rule", "title", "effective_day", "state"]
        read_only_fields: ClassVar = fields


class ServiceSerializer(serializers.ModelSerializer[Service]):
    """A document on its way to one addressee; its address is for the handling team (EMS 4)."""

    matter = serializers.CharField(
        source="document.matter.key", read_only=True, help_text="Key of the case or lead."
    )
    served = serializers.BooleanField(
        source="is_served", read_only=True, help_text="Only then periods start."
    )
    attempts = AttemptSerializer(many=True, read_only=True)
    outcome = ServiceOutcomeSerializer(source="ended", read_only=True, allow_null=True)
    clocks = ClockSerializer(many=True, read_only=True, help_text="Periods that began with it.")
    caution = serializers.SerializerMethodField(
        help_text="Of express mail: what speaks against its return after so few attempts (EMS 6)."
    )

    class Meta:
        model = Service
        fields: ClassVar = [
            "id",
            "matter",
            "document",
            "addressee",
            "party",
            "name",
            "method",
            "through",
            "consignment",
            "consent_on",
            "ground",
            "started_on",
            "started_by",
            "recorded_at",
            "served",
            "attempts",
            "outcome",
            "clocks",
            "caution",
        ]
        read_only_fields: ClassVar = fields

    def get_caution(self, service: Service) -> str:
        return few_attempts(service)


def _text(most: int, **rest: Any) -> serializers.CharField:
    return serializers.CharField(
        max_length=most, required=False, default="", allow_blank=True, **rest
    )


class EachSendingSerializer(serializers.Serializer[Any]):
    """One of several sendings of a document; electronic service rests on the address-confirmation form."""

    method = serializers.ChoiceField(choices=Method.choices)
    addressee = serializers.ChoiceField(choices=AddresseeKind.choices)
    party = serializers.IntegerField(
        min_value=1, required=False, help_text="Id of the party, when it is one."
    )
    name = _text(200, help_text="Of a body, a court or another office.")
    through = _text(200, help_text="Who serves it for the office.")
    address = _text(300, help_text="Left empty, that of the address-confirmation form.")
    address_basis = serializers.ChoiceField(
        choices=AddressBasis.choices, required=False, default="", allow_blank=True
    )
    consignment = _text(60)
    ground = _text(500, help_text="Of a public notice: why no other way remains (CPL 95).")
    started_on = serializers.DateField()


class SendingSerializer(EachSendingSerializer):
    """Sending a document to one addressee."""

    document = serializers.IntegerField(min_value=1, help_text="Id of the document.")
    consent_on = serializers.DateField(required=False)
    consent = serializers.FileField(required=False, help_text="Proof of the consent (CPL 90).")


class SeveralSendingsSerializer(serializers.Serializer[Any]):
    """Sending a document to several addressees: all of them or none."""

    document = serializers.IntegerField(min_value=1, help_text="Id of the document.")
    sendings = EachSendingSerializer(many=True)


class AddresseeSerializer(serializers.Serializer[Any]):
    """Somebody a document is to be served on."""

    party = serializers.IntegerField(
        min_value=1, required=False, help_text="Id of the party, when it is one."
    )
    name = _text(200, help_text="Of a body, a court or another office.")


class AddresseesSerializer(serializers.Serializer[Any]):
    """Whom a document is to be served on."""

    document = serializers.IntegerField(min_value=1, help_text="Id of the document.")
    addressees = AddresseeSerializer(many=True)


class ChannelSerializer(serializers.Serializer[Channel]):
    """The way proposed for one addressee; a public notice is never proposed."""

    party = serializers.IntegerField(source="to.party.pk", default=None, allow_null=True)
    name = serializers.CharField(source="to.name")
    method = serializers.CharField(help_text="Empty where nothing is to be sent.")
    why = serializers.CharField()
    address = serializers.CharField(help_text="Where it goes, as far as that is known.")


class TryingSerializer(serializers.Serializer[Any]):
    """One try to deliver, or the publication of a notice."""

    at = serializers.DateTimeField()
    result = serializers.ChoiceField(choices=AttemptResult.choices)
    telephoned = serializers.BooleanField(required=False, default=False)
    note = _text(500)


class EndingSerializer(serializers.Serializer[Any]):
    """How a service ended, with its proof."""

    result = serializers.ChoiceField(choices=Result.choices)
    proof = serializers.FileField()
    day = serializers.DateField(
        required=False, help_text="Of a public notice that is served it follows from the notice."
    )
    receiver = serializers.ChoiceField(
        choices=Receiver.choices, required=False, default="", allow_blank=True
    )
    receiver_name = _text(100)
    receiver_opposes = serializers.BooleanField(required=False, default=False)
    witnesses = _text(200)
    recording = serializers.FileField(required=False, help_text="Photo or video of leaving it.")
    declared = serializers.BooleanField(required=False, default=False)
    participant_name = _text(100)
    participant_role = _text(100)
    reason = _text(500)


class AddressConfirmationSerializer(serializers.ModelSerializer[AddressConfirmation]):
    """The address-confirmation form of a party; for the handling team alone."""

    case = serializers.CharField(source="party.case.key", read_only=True)
    stands = serializers.SerializerMethodField(help_text="No later form replaced it.")

    class Meta:
        model = AddressConfirmation
        fields: ClassVar = [
            "id",
            "case",
            "party",
            "stands",
            "confirmed_on",
            "address",
            "telephone",
            "recipient",
            "electronic_consent",
            "electronic_address",
            "file_name",
            "media_type",
            "size",
            "sha256",
            "recorded_by",
            "recorded_at",
        ]
        read_only_fields: ClassVar = fields

    @extend_schema_field(bool)
    def get_stands(self, row: AddressConfirmation) -> bool:
        return row.pk == getattr(row, "latest", row.pk)


class ConfirmedSerializer(serializers.Serializer[Any]):
    """What the form of a party says."""

    case = serializers.CharField(max_length=40, help_text="Key of the case.")
    party = serializers.IntegerField(min_value=1)
    confirmed_on = serializers.DateField()
    address = serializers.CharField(max_length=300)
    telephone = _text(40)
    recipient = _text(100)
    electronic_consent = serializers.BooleanField(required=False, default=False)
    electronic_address = _text(200)
    file = serializers.FileField()
