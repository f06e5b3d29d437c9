"""What programs read of a matter's readiness for a state."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.api.serializers.acts import DeclarationSerializer, GuardSerializer
from cases.selectors.readiness import Standing, Step


class StandingGuardSerializer(GuardSerializer):
    """A guard of a step with where it stands."""

    standing = serializers.ChoiceField(
        Standing.choices,
        help_text="`later`: it rests on a step that comes before; `asked`: on facts to be stated.",
    )
    link = serializers.CharField(help_text="Where it is cured or seen; may be empty.")

    def get_fields(self) -> dict[str, Any]:
        """Read what the guard says from its line of the checklist."""
        fields = super().get_fields()
        for name in GuardSerializer().get_fields().keys() - {"link"}:
            fields[name].source = f"checked.{fields[name].source or name}"
        return fields


class PaperDocumentSerializer(serializers.Serializer[Any]):
    """A document there is."""

    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    final = serializers.BooleanField()
    link = serializers.CharField()


class DocumentNeededSerializer(serializers.Serializer[Any]):
    """A kind of document a step needs or makes."""

    code = serializers.CharField()
    title = serializers.CharField(help_text="In the language of the request.")
    state = serializers.ChoiceField(["none", "draft", "final"])
    documents = PaperDocumentSerializer(many=True)


class BearingSerializer(serializers.Serializer[Any]):
    """What the event of a step does to a period of law."""

    code = serializers.CharField()
    title = serializers.CharField(help_text="In the language of the request.")
    article = serializers.CharField()
    does = serializers.ChoiceField(["starts", "meets", "cancels", "extends", "pauses", "resumes"])
    only = serializers.CharField(
        help_text="What the facts of the event must say for it, in the language of the request; may be empty."
    )


class ReadyStepSerializer(DeclarationSerializer):
    """A transition on a way; its route is the one of the office."""

    lines = StandingGuardSerializer(many=True)
    needs = DocumentNeededSerializer(many=True)
    makes = DocumentNeededSerializer(many=True)
    periods = BearingSerializer(many=True)
    open_proposal = serializers.SerializerMethodField(help_text="Id of its open proposal.")
    page = serializers.CharField(help_text="Where the caller proposes or records it; may be empty.")

    def get_fields(self) -> dict[str, Any]:
        """Read what is fixed from the declaration of the step."""
        fields = super().get_fields()
        for name in DeclarationSerializer().get_fields().keys() - {"route"}:
            fields[name].source = f"declaration.{name}"
        return fields

    def get_open_proposal(self, step: Step) -> int | None:
        return step.proposal.pk if step.proposal else None


class StretchSerializer(serializers.Serializer[Any]):
    """One change of state, with every transition that makes it."""

    source = serializers.CharField()  # type: ignore[assignment]
    source_title = serializers.CharField()
    target = serializers.CharField()
    target_title = serializers.CharField()
    steps = ReadyStepSerializer(many=True)


class WaySerializer(serializers.Serializer[Any]):
    """One way to the state."""

    usual = serializers.BooleanField(help_text="Whether matters usually go this way.")
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many guards stand where."
    )
    stretches = StretchSerializer(many=True)


class StateChoiceSerializer(serializers.Serializer[Any]):
    """A state one may ask for."""

    state = serializers.CharField()
    title = serializers.CharField(help_text="In the language of the request.")
    law_code = serializers.CharField(help_text="In law 3.1.")
    reachable = serializers.BooleanField()


class ReadinessSerializer(serializers.Serializer[Any]):
    """The ways from the present state to the one asked for; none when it cannot be reached."""

    state = serializers.CharField()
    state_title = serializers.CharField(help_text="In the language of the request.")
    target = serializers.CharField(help_text="Empty when nothing can follow.")
    target_title = serializers.CharField(help_text="In the language of the request.")
    reachable = serializers.BooleanField()
    ways = WaySerializer(many=True, help_text="Direct ones first, then the usual one.")
    choices = StateChoiceSerializer(many=True)
