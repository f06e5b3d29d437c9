"""What programs read of the case card."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.registries import CardSection
from cases.selectors.card import CardMark


@extend_schema_field(OpenApiTypes.ANY)
class PlainField(serializers.Field[Any, Any, Any, Any]):
    """A text, a whole number, a truth value, or a list of texts."""

    def to_representation(self, value: Any) -> Any:
        return value


class CardSourceSerializer(serializers.Serializer[Any]):
    """The row a value comes from."""

    kind = serializers.CharField(help_text="For example `event`, `party`, `document`, `exhibit`.")
    id = serializers.IntegerField()
    title = serializers.CharField()
    link = serializers.CharField(help_text="Its page.")


class CardValueSerializer(serializers.Serializer[Any]):
    """One value of an item."""

    value = PlainField(help_text="Days in ISO form, choices by their codes, amounts as texts.")
    text = serializers.CharField(help_text="In the language of the request.")
    note = serializers.CharField(help_text="What is said beside it; may be empty.")
    source = CardSourceSerializer()  # type: ignore[assignment]  # the field is called so


class CardPersonSerializer(serializers.Serializer[Any]):
    """Who checked a value."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class CardCheckSerializer(serializers.Serializer[Any]):
    """One person's word that a value agrees with its source."""

    item = serializers.CharField()
    digest = serializers.CharField()
    checked_by = CardPersonSerializer()
    checked_at = serializers.DateTimeField()


class CardVersionSerializer(serializers.Serializer[Any]):
    """What an item said once."""

    value = PlainField()
    event = serializers.IntegerField(help_text="The event that told it.")
    correction = serializers.IntegerField(
        allow_null=True, help_text="The correction that brought the value."
    )
    reason = serializers.CharField(help_text="Of the correction; may be empty.")
    annulled = serializers.BooleanField()
    standing = serializers.BooleanField()


class CardItemSerializer(serializers.Serializer[Any]):
    """One item with its values."""

    code = serializers.CharField()
    section = serializers.ChoiceField(CardSection.choices)
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    article = serializers.CharField()
    main = serializers.BooleanField(help_text="Shown on the page of the matter already.")
    mark = serializers.ChoiceField(CardMark.choices)
    demanded = serializers.BooleanField(help_text="The state of the matter asks for it.")
    digest = serializers.CharField(help_text="To be sent back when the item is marked as checked.")
    values = CardValueSerializer(many=True)
    check = CardCheckSerializer(allow_null=True)
    history = CardVersionSerializer(many=True)


class CardSerializer(serializers.Serializer[Any]):
    """The whole card."""

    key = serializers.CharField()
    machine = serializers.CharField()
    state = serializers.CharField()
    demanded = serializers.IntegerField(help_text="How many items the state asks for.")
    filled = serializers.IntegerField(help_text="How many of them say something.")
    items = CardItemSerializer(many=True)
