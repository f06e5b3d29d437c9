"""What programs read and send of transitions and events."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.api.serializers.common import AttachmentSerializer, PersonSerializer, UnmetSerializer
from cases.forms.base import FactsForm
from cases.machine import Declaration, LegalDay, Proposer
from cases.models import Event
from cases.registries import EventKind
from cases.selectors.events import corrected
from cases.selectors.next_steps import NextStep
from cases.services.facts import proposal_form_class
from cases.workplace import title_of


def source_field() -> Any:
    """Return the field that names what an event is recorded from; its files are proofs of the event."""
    return serializers.CharField(
        max_length=40,
        required=False,
        allow_blank=True,
        help_text="What it is recorded from, for example paper:12; its files need not be sent again.",
    )


class FieldSerializer(serializers.Serializer[Any]):
    """One fact a transition or an event asks for."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    help_text = serializers.CharField()  # type: ignore[assignment]
    type = serializers.CharField(help_text="text, integer, boolean, day, file, choice, reference…")
    required = serializers.BooleanField()  # type: ignore[assignment]
    several = serializers.BooleanField(help_text="Whether a list is sent.")
    choices = serializers.ListField(child=serializers.CharField(), help_text="Allowed values.")
    refers_to = serializers.CharField(help_text="What the id names, for references.")


_TYPES: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.ModelChoiceField, "reference"),
    (forms.FileField, "file"),
    (forms.ChoiceField, "choice"),
    (forms.MultipleChoiceField, "choice"),
    (forms.BooleanField, "boolean"),
    (forms.IntegerField, "integer"),
    (forms.DateField, "day"),
)


def fields_of(form: forms.Form) -> list[dict[str, Any]]:
    """Return what `form` asks for; the choices of references are found through their own lists."""
    return [_field(name, field) for name, field in form.fields.items()]


def proposal_form(declaration: Declaration, *, matter: Any, actor: Any) -> forms.Form:
    """Return the empty form of what a proposer or recorder states."""
    form_class = proposal_form_class(declaration)
    if issubclass(form_class, FactsForm):
        return form_class(matter=matter, actor=actor)
    return cast(forms.Form, form_class())


def _field(name: str, field: forms.Field) -> dict[str, Any]:
    kind = next((word for klass, word in _TYPES if isinstance(field, klass)), "text")
    closed = kind == "choice"
    choices = [str(value) for value, _label in getattr(field, "choices", ())] if closed else []
    queryset = getattr(field, "queryset", None)
    return {
        "name": name,
        "label": str(field.label or name),
        "help_text": str(field.help_text),
        "type": kind,
        "required": field.required,
        "several": isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField),
        "choices": [value for value in choices if value],
        "refers_to": queryset.model._meta.model_name if queryset is not None else "",
    }


class GuardSerializer(serializers.Serializer[Any]):
    """One guard of a transition with what it says now."""

    code = serializers.CharField()
    title = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    article = serializers.CharField()
    met = serializers.BooleanField(source="verdict.met")
    warning = serializers.BooleanField(source="verdict.warning")
    message = serializers.CharField(source="verdict.why")
    link = serializers.CharField(source="verdict.link")
    cure = serializers.CharField()
    asked = serializers.BooleanField(help_text="It reads only facts that are still to be stated.")
    by_statement = serializers.BooleanField(help_text="It reads a signed statement, not a record.")


class DeclarationSerializer(serializers.Serializer[Any]):
    """What is fixed about a transition, as the law declares it."""

    code = serializers.CharField()
    title = serializers.CharField(help_text="In the language of the request.")
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    article = serializers.CharField()
    sources = serializers.ListField(child=serializers.CharField())
    target = serializers.CharField()
    event_kind = serializers.CharField()
    proposer = serializers.ChoiceField(Proposer.choices)
    route = serializers.ListField(
        child=serializers.CharField(), help_text="Roles that agree, in order; empty: none."
    )
    legal_day = serializers.ChoiceField(LegalDay.choices)
    requirements = serializers.ListField(child=serializers.CharField())
    act_requirements = serializers.ListField(child=serializers.CharField())
    needs_documents = serializers.ListField(child=serializers.CharField())
    makes_documents = serializers.ListField(child=serializers.CharField())
    needs_proposal = serializers.BooleanField()


class TransitionSerializer(DeclarationSerializer):
    """A transition that leaves the present state, with the verdict of every guard."""

    may_propose = serializers.BooleanField(
        source="may", help_text="Whether the caller may propose or record it."
    )
    possible = serializers.SerializerMethodField(
        help_text="The caller may, nothing is unmet and no proposal is open."
    )
    open_proposal = serializers.SerializerMethodField(
        help_text="Id of the open proposal of the matter; there is one at a time."
    )
    checklist = GuardSerializer(source="lines", many=True)
    unmet = serializers.SerializerMethodField()
    asked = serializers.SerializerMethodField(help_text="Guards that wait for the facts.")
    facts = serializers.SerializerMethodField()

    def get_fields(self) -> dict[str, Any]:
        """Read what is fixed from the declaration of the step; the route is the one of the office."""
        fields = super().get_fields()
        for name in DeclarationSerializer().get_fields().keys() - {"route"}:
            fields[name].source = f"declaration.{name}"
        return fields

    def get_possible(self, step: NextStep) -> bool:
        return step.may and not step.unmet and not (step.proposal or step.blocked_by)

    def get_open_proposal(self, step: NextStep) -> int | None:
        proposal = step.proposal or step.blocked_by
        return proposal.pk if proposal else None

    @extend_schema_field(UnmetSerializer(many=True))
    def get_unmet(self, step: NextStep) -> Any:
        return UnmetSerializer([line.unmet() for line in step.unmet], many=True).data

    def get_asked(self, step: NextStep) -> list[str]:
        return [line.code for line in step.to_state]

    @extend_schema_field(FieldSerializer(many=True))
    def get_facts(self, step: NextStep) -> list[dict[str, Any]]:
        matter, actor = self.context["matter"], self.context["request"].user
        return fields_of(proposal_form(step.declaration, matter=matter, actor=actor))


class TransitionRequestSerializer(serializers.Serializer[Any]):
    """An act to be recorded, or to be proposed where the law wants a decision."""

    transition = serializers.CharField(max_length=8)
    facts = serializers.DictField(required=False, help_text="As the transition's `facts` say.")
    reasons = serializers.CharField(
        max_length=10000, required=False, default="", help_text="Of a proposal."
    )
    submit = serializers.BooleanField(
        required=False, default=True, help_text="False keeps a proposal as a draft."
    )
    source = source_field()


class TransitionUploadSerializer(serializers.Serializer[Any]):
    """The same with proofs; each file stands under the name of its field."""

    transition = serializers.CharField(max_length=8)
    facts = serializers.CharField(required=False, help_text="The JSON text of the object.")
    proof = serializers.ListField(child=serializers.FileField(), required=False)
    source = source_field()


class CorrectionSerializer(serializers.ModelSerializer[Event]):
    """A later event that corrects or annuls another."""

    class Meta:
        model = Event
        fields: ClassVar = ["id", "legal_day", "recorded_at", "recorded_by", "facts", "reason"]
        read_only_fields: ClassVar = fields


class EventSerializer(serializers.ModelSerializer[Event]):
    """An entry of the one truth; `standing` is what holds after its corrections."""

    title = serializers.SerializerMethodField(help_text="In the language of the request.")
    recorded_by = PersonSerializer(read_only=True, allow_null=True)
    on_behalf_of = PersonSerializer(read_only=True, allow_null=True)
    standing = serializers.SerializerMethodField()
    corrections = CorrectionSerializer(many=True, read_only=True)
    annulled_by = serializers.SerializerMethodField(help_text="Id of the annulment.")
    proofs = AttachmentSerializer(many=True, read_only=True)

    class Meta:
        model = Event
        fields: ClassVar = [
            "id",
            "kind",
            "title",
            "legal_day",
            "legal_instant",
            "recorded_at",
            "recorded_by",
            "on_behalf_of",
            "machine",
            "transition",
            "from_state",
            "to_state",
            "facts",
            "reason",
            "proposal",
            "corrects",
            "annuls",
            "standing",
            "corrections",
            "annulled_by",
            "proofs",
        ]
        read_only_fields: ClassVar = fields

    def get_title(self, event: Event) -> str:
        return title_of(event)

    def get_standing(self, event: Event) -> dict[str, Any]:
        day, facts = corrected(event)
        return {"legal_day": day.isoformat(), "facts": facts}

    def get_annulled_by(self, event: Event) -> int | None:
        annulment = getattr(event, "annulled_by", None)
        return annulment.pk if annulment else None


class EventRequestSerializer(serializers.Serializer[Any]):
    """Something that happened without a change of state, such as an investigative act."""

    kind = serializers.CharField(max_length=60, help_text="An event kind with `manual` true.")
    facts = serializers.DictField(required=False)
    source = source_field()


class EventUploadSerializer(serializers.Serializer[Any]):
    """The same with proofs; each file stands under the name of its field."""

    kind = serializers.CharField(max_length=60)
    facts = serializers.CharField(required=False, help_text="The JSON text of the object.")
    source = source_field()


class CorrectSerializer(serializers.Serializer[Any]):
    """All facts of the event as they are right, and why the record is changed."""

    facts = serializers.DictField()
    reason = serializers.CharField(max_length=2000)


class CorrectUploadSerializer(serializers.Serializer[Any]):
    """The same with further proofs."""

    facts = serializers.CharField(help_text="The JSON text of the object.")
    reason = serializers.CharField(max_length=2000)


class EventKindSerializer(serializers.Serializer[Any]):
    """A kind of event, declared once."""

    code = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    article = serializers.CharField()
    manual = serializers.BooleanField(help_text="Recorded directly, outside a transition.")
    statistics = serializers.ListField(child=serializers.CharField())
    facts = serializers.SerializerMethodField()

    @extend_schema_field(FieldSerializer(many=True))
    def get_facts(self, kind: EventKind) -> list[dict[str, Any]]:
        return fields_of(kind.form()) if kind.form else []


class RequirementSerializer(serializers.Serializer[Any]):
    """A condition of law that a matter must meet before an act."""

    code = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    article = serializers.CharField()
    reads = serializers.CharField(help_text="The records it reads.")
    cure = serializers.CharField(help_text="Who can cure it.")
    by_statement = serializers.BooleanField()


class CatalogueSerializer(DeclarationSerializer):
    """A declared transition of any machine."""

    machine = serializers.SerializerMethodField()

    def get_machine(self, declaration: Declaration) -> str:
        return str(self.context["machine"])


class DoneSerializer(serializers.Serializer[Any]):
    """What an act made: an event, or a proposal that waits for its decision."""

    url = serializers.URLField()
    event = serializers.IntegerField(allow_null=True)
    proposal = serializers.IntegerField(allow_null=True)
    digest = serializers.CharField(help_text="Of the proposal, empty without one.")
    state = serializers.CharField(help_text="The state of the matter now.")
